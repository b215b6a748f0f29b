/// A place where runs of a sweep are.
struct RunSource {
  enum Kind {
    /// A folder of one run.
    case runFolder
    /// A file of one run a row, or what the shape says its rows are.
    case table
    /// A file of one run that is read as the shape says.
    case file
  }

  /// The path below the sweep's folder.
  var path: String
  var kind: Kind
  /// What the entry of `runs` says of the rows of a file.
  var shape: TableShape?

  /// How a file is read: as the shape says, or as its name tells.
  var format: LogFormat? {
    shape?.content?.format ?? LogFormats.recognise(fileNamed: path.lastComponent)?.format
  }
}

/// Turns the entries of `runs`, or convention, into sources.
struct SourceFinder {
  private let door: Door
  private(set) var sources: [RunSource] = []
  private(set) var missing: [MissingFile] = []
  private(set) var warnings: [String] = []
  private(set) var errors: [Fault] = []
  /// Where in `sources` each path is; a folder may be called as a file is.
  private var places: [PathKey: Int] = [:]

  /// - Parameters:
  ///   - door: stands in the sweep's folder.
  ///   - entries: nil for convention: run folders in the sweep's folder and in its `runs`, and tables
  ///     in it.
  init(_ door: Door, entries: [RunsEntry]?) {
    self.door = door
    for entry in entries ?? [] { add(entry) }
    for pattern in entries == nil ? Self.conventions : [] {
      do throws(Fault) {
        for path in try Glob.expand(pattern, in: door) { try addByConvention(path) }
      } catch {
        errors.append(error.at(file: door.shown()))
      }
    }
  }

  private static let conventions = ["*", "runs/*"]

  /// Adds what a path is that no entry names: a run folder, a table, or nothing.
  private mutating func addByConvention(_ path: String) throws(Fault) {
    let role = LogFormats.recognise(fileNamed: path.lastComponent)?.role
    switch door.kind(path) {
    case .folder: if try RunLog.isIn(path, in: door) { append(path, .runFolder) }
    case .file:
      switch role {
      case .table?: append(path, .table)
      case .history? where !path.contains("/"): append(".", .runFolder)
      case nil:
        if let advice = ForeignFormats.advice(forFileNamed: path.lastComponent) {
          warnings.append("\(door.shown(path).visible) was not read: \(advice)")
        }
      default: break
      }
    case .link where role == nil && !path.contains("/"):
      warnings.append("\(door.shown(path).visible) is a symbolic link and was not followed")
    case .link where role != nil:
      throw Fault("\(path.quoted) is a symbolic link", fix: Self.copy)
    // A run that cannot be read is excluded by its name.
    case .link, .absent, .unreadable: if path.contains("/") { append(path, .runFolder) }
    case .other: break
    }
  }

  private static let copy = "links are not followed: copy the logs there"

  /// Whether a folder holds logs where convention looks for them; throws where it cannot be read.
  static func hasLogs(_ door: Door) throws(Fault) -> Bool {
    for pattern in conventions {
      for path in try Glob.expand(pattern, in: door) {
        switch door.kind(path) {
        case .folder: if try RunLog.isIn(path, in: door) { return true }
        case .file:
          if LogFormats.recognise(fileNamed: path.lastComponent)?.role == .table { return true }
        default: break
        }
      }
    }
    return false
  }

  /// Adds what an entry of `runs` matches; that it matches nothing is a fault unless it is optional.
  private mutating func add(_ entry: RunsEntry) {
    let paths: [String]
    do throws(Fault) {
      paths = try Glob.expand(entry.pattern, in: door)
    } catch {
      errors.append(error.at(entry.location))
      return
    }
    let isLiteral = Glob.isLiteral(entry.pattern)
    guard !paths.isEmpty else {
      if entry.isOptional {
        missing.append(MissingFile(path: door.shown(entry.pattern), get: entry.get))
      } else {
        let what = isLiteral ? "there is no file or folder" : "nothing matches"
        fail(
          entry, "\(what) \(entry.pattern.quoted) in \(door.shown())",
          fix: entry.get ?? "check the path, or write {path: ..., optional: true}")
      }
      return
    }
    let before = (sources.count, errors.count)
    var unread: [String] = []
    let wantsConstants =
      isLiteral
      || entry.shape?.content != nil && Hyperparameters.isFile(entry.pattern.lastComponent)
    for path in paths
    where isLiteral
      || path != SweepLoader.settingsFile
        && (wantsConstants || !Hyperparameters.isFile(path.lastComponent))
    {
      if !add(path, isLiteral: isLiteral, entry) { unread.append(path) }
    }
    guard !isLiteral else { return }
    if !unread.isEmpty, before == (sources.count, errors.count) {
      fail(
        entry,
        "\(entry.pattern.quoted) matches no run folder and no table, only \(unread[0].quoted)"
          + (unread.count > 1 ? " and \(unread.count - 1) more" : ""),
        fix: ForeignFormats.advice(forFileNamed: unread[0].lastComponent)
          ?? "name run folders, or files in CSV, TSV, JSON Lines or JSON")
    } else {
      warnings += unread.map {
        "\(door.shown($0).visible) is not a log and was not read"
          + (ForeignFormats.advice(forFileNamed: $0.lastComponent).map { ": " + $0 } ?? "")
      }.first(Self.mostNamed) { "\($0) more files are no logs and were not read" }
    }
  }

  /// How many files are named in warnings of one kind.
  private static let mostNamed = 20

  /// Adds what a path is; false for what a pattern may pass over.
  private mutating func add(_ path: String, isLiteral: Bool, _ entry: RunsEntry) -> Bool {
    let role = LogFormats.recognise(fileNamed: path.lastComponent)?.role
    switch door.kind(path) {
    case .folder:
      do throws(Fault) {
        if isLiteral, try !RunLog.isIn(path, in: door),
          (try? RunLog(in: door.folder(path))) == nil
        {
          fail(
            entry, "\(path.quoted) is a directory without a run's log",
            fix: "name a table, or a folder with a metrics.jsonl or metrics.csv")
        }
      } catch {
        fail(entry, "\(path.quoted) cannot be read", kind: .unreadable)
      }
      append(path, .runFolder)
    case .file:
      // What sweep.yml says of the rows goes before what the name tells: where they are runs, or of
      // runs that columns tell apart, the file is a table.
      if let shape = entry.shape, shape.content != nil || (shape.isOfRuns && role != nil) {
        append(path, shape.isOfRuns ? .table : .file, shape)
        return true
      }
      switch role {
      case .table?: append(path, .table, entry.shape)
      case .history?: append(path.parentFolder, .runFolder)
      case nil:
        guard isLiteral else { return false }
        fail(
          entry, "the format of \(path.quoted) is not known by its name",
          fix: ForeignFormats.advice(forFileNamed: path.lastComponent)
            ?? "tables are .csv, .tsv, .jsonl or .json")
      }
    case .link where isLiteral || role != nil:
      fail(entry, "\(path.quoted) is a symbolic link", fix: Self.copy)
    // A run that cannot be read is excluded by its name.
    case .link, .absent: append(path, .runFolder)
    case .unreadable: fail(entry, "\(path.quoted) cannot be read", kind: .unreadable)
    case .other:
      fail(
        entry, "\(path.quoted) is not a regular file or folder", fix: "name files and folders alone"
      )
    }
    return true
  }

  private mutating func fail(
    _ entry: RunsEntry, _ message: String, fix: String? = nil, kind: Fault.Kind = .invalid
  ) {
    errors.append(Fault(at: entry.location, message, fix: fix, kind: kind))
  }

  /// Adds a source; of one that is known the shape counts that was said last.
  private mutating func append(
    _ path: String, _ kind: RunSource.Kind, _ shape: TableShape? = nil
  ) {
    let key = PathKey((kind == .runFolder ? "folder " : "file ") + path)
    guard let known = places[key] else {
      places[key] = sources.count
      return sources.append(RunSource(path: path, kind: kind, shape: shape))
    }
    if let shape, sources[known].kind == .table { sources[known].shape = shape }
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

  /// A name in a folder, which is this path, as a path; an empty one is where it starts.
  func inner(_ name: String) -> String { isEmpty ? name : self + "/" + name }

  /// The endings of a file's name, with the point before them: `.csv.gz`.
  var ending: String { String(lastComponent.dropFirst(lastComponent.stem.count)) }

  /// A file's name without its endings.
  var stem: String {
    let plain = LogFormats.withoutCompression(self)
    guard plain.dropFirst().utf8.contains(UInt8(ascii: ".")) else { return plain }
    return plain.split(separator: ".").dropLast().joined(separator: ".")
  }
}
