/// Where the runs of a sweep are.
package enum RunSource {
  /// A folder of one run, as a path below the sweep's folder.
  case runFolder(String)
  /// A file of one run per row, as a path below the sweep's folder.
  case table(String)
  /// A file of one run that is read as an entry of `runs` says, as a path below the sweep's folder.
  case file(String, TableShape, TableShape.Content)
}

/// Turns the entries of `runs`, or convention, into sources.
package struct SourceFinder {
  private let folder: SweepFolder
  private let door: Door
  package private(set) var sources: [RunSource] = []
  private var known: Set<PathKey> = []
  package private(set) var missing: [MissingFile] = []
  package private(set) var warnings: [String] = []
  package private(set) var errors: [Fault] = []

  package init(_ folder: SweepFolder, _ door: Door, entries: [RunsEntry]) {
    self.folder = folder
    self.door = door
    for entry in entries { add(entry) }
  }

  /// By convention: run folders in the sweep's folder and in its `runs`, and tables in it.
  package init(conventional folder: SweepFolder, _ door: Door) {
    self.folder = folder
    self.door = door
    for pattern in Self.conventions {
      do throws(Fault) {
        for path in try Glob.expand(pattern, in: door) { try addByConvention(path) }
      } catch {
        errors.append(error.at(file: folder.shown))
      }
    }
  }

  private static let conventions = ["*", "runs/*"]

  private mutating func addByConvention(_ path: String) throws(Fault) {
    let role = LogFormats.recognise(fileNamed: path.lastComponent)?.role
    switch door.kind(path) {
    case .folder: if try RunFolder.holdsLog(path, in: door) { append(.runFolder(path)) }
    case .file:
      switch role {
      case .table?: append(.table(path))
      case .history? where !path.contains("/"): append(.runFolder("."))
      case nil:
        if let advice = ForeignFormats.advice(forFileNamed: path.lastComponent) {
          warnings.append("\(folder.shown(path).visible) was not read: \(advice)")
        }
      default: break
      }
    case .link where role == nil && !path.contains("/"):
      warnings.append("\(folder.shown(path).visible) is a symbolic link and was not followed")
    case .link where role != nil:
      throw Fault("\(path.quoted) is a symbolic link", fix: Self.copy)
    // A run that cannot be read is excluded by its name.
    case .link, .absent, .unreadable: if path.contains("/") { append(.runFolder(path)) }
    case .other: break
    }
  }

  private static let copy = "links are not followed: copy the logs there"

  /// Whether a folder holds logs where convention looks for them; throws where it cannot be read.
  package static func hasLogs(_ door: Door) throws(Fault) -> Bool {
    for pattern in conventions {
      for path in try Glob.expand(pattern, in: door) {
        switch door.kind(path) {
        case .folder: if try RunFolder.holdsLog(path, in: door) { return true }
        case .file:
          if LogFormats.recognise(fileNamed: path.lastComponent)?.role == .table { return true }
        default: break
        }
      }
    }
    return false
  }

  private mutating func add(_ entry: RunsEntry) {
    let paths: [String]
    do throws(Fault) {
      paths = try Glob.expand(entry.pattern, in: door)
    } catch {
      errors.append(error.at(entry.location))
      return
    }
    guard !paths.isEmpty else {
      if entry.isOptional {
        missing.append(MissingFile(path: folder.shown(entry.pattern), get: entry.get))
      } else {
        let what =
          Glob.isLiteral(entry.pattern) ? "there is no file or folder" : "nothing matches"
        errors.append(
          Fault(
            at: entry.location, "\(what) \(entry.pattern.quoted) in \(folder.shown)",
            fix: entry.get ?? "check the path, or write {path: ..., optional: true}"))
      }
      return
    }
    let isLiteral = Glob.isLiteral(entry.pattern)
    let before = sources.count
    var unread: [String] = []
    for path in paths where path != SweepLoader.settingsFile || isLiteral {
      if !isLiteral, Sidecars.isOne(path.lastComponent),
        !(entry.shape?.content != nil && Sidecars.isOne(entry.pattern.lastComponent))
      {
        continue
      }
      if let source = source(path, isLiteral: isLiteral, entry) {
        append(source)
      } else {
        unread.append(path)
      }
    }
    if !isLiteral, !unread.isEmpty, sources.count == before {
      errors.append(
        Fault(
          at: entry.location,
          "\(entry.pattern.quoted) matches no run folder and no table, only \(unread[0].quoted)"
            + (unread.count > 1 ? " and \(unread.count - 1) more" : ""),
          fix: ForeignFormats.advice(forFileNamed: unread[0].lastComponent)
            ?? "name run folders, or files in CSV, TSV, JSON Lines or JSON"))
    } else if !isLiteral {
      warnings += unread.map {
        "\(folder.shown($0).visible) is not a log and was not read"
          + (ForeignFormats.advice(forFileNamed: $0.lastComponent).map { ": " + $0 } ?? "")
      }.first(Self.mostNamed) { "\($0) more files are no logs and were not read" }
    }
  }

  /// How many files are named in warnings of one kind.
  private static let mostNamed = 20

  /// What a path is; nil for what a pattern may pass over.
  private mutating func source(
    _ path: String, isLiteral: Bool, _ entry: RunsEntry
  ) -> RunSource? {
    let role = LogFormats.recognise(fileNamed: path.lastComponent)?.role
    switch door.kind(path) {
    case .folder:
      do throws(Fault) {
        if isLiteral, try !RunFolder.holdsLog(path, in: door),
          (try? RunFolder(door.folder(path))) == nil
        {
          report(
            entry, "\(path.quoted) is a directory without a run's log",
            fix: "name a table, or a folder with a metrics.jsonl or metrics.csv")
        }
      } catch {
        report(entry, "\(path.quoted) cannot be read", fix: nil, kind: .unreadable)
      }
      return .runFolder(path)
    case .file:
      // What sweep.yml says of the rows goes before what the name tells: where they are runs, or of
      // runs that columns tell apart, the file is a table.
      if let shape = entry.shape, shape.content != nil || role != nil {
        if shape.isOfRuns { return .table(path) }
        if let content = shape.content { return .file(path, shape, content) }
      }
      switch role {
      case .table?: return .table(path)
      case .history?: return .runFolder(path.parentFolder)
      case nil: break
      }
      if !isLiteral { return nil }
      report(
        entry, "the format of \(path.quoted) is not known by its name",
        fix: ForeignFormats.advice(forFileNamed: path.lastComponent)
          ?? "tables are .csv, .tsv, .jsonl or .json")
    case .link where isLiteral || role != nil:
      report(entry, "\(path.quoted) is a symbolic link", fix: Self.copy)
    // A run that cannot be read is excluded by its name.
    case .link, .absent: return .runFolder(path)
    case .unreadable: report(entry, "\(path.quoted) cannot be read", fix: nil, kind: .unreadable)
    case .other:
      report(
        entry, "\(path.quoted) is not a regular file or folder", fix: "name files and folders alone"
      )
    }
    return .table(path)
  }

  private mutating func report(
    _ entry: RunsEntry, _ message: String, fix: String?, kind: Fault.Kind = .invalid
  ) {
    errors.append(Fault(at: entry.location, message, fix: fix, kind: kind))
  }

  private mutating func append(_ source: RunSource) {
    let key =
      switch source {
      case .runFolder(let path): "folder " + path
      case .table(let path), .file(let path, _, _): "table " + path
      }
    if known.insert(PathKey(key)).inserted { sources.append(source) }
  }
}

extension String {
  /// The part after the last slash.
  package var lastComponent: String {
    split(separator: "/").last.map(String.init) ?? self
  }

  /// The part before the last slash; `.` if there is none.
  package var parentFolder: String {
    let parts = split(separator: "/").dropLast()
    return parts.isEmpty ? "." : parts.joined(separator: "/")
  }
}
