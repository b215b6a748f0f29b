/// Where the runs of a sweep are.
package enum RunSource: Hashable {
  /// A folder of one run, as a path below the sweep's folder.
  case runFolder(String)
  /// A file of one run per row, as a path below the sweep's folder.
  case table(String)
}

/// Turns the entries of `runs`, or convention, into sources.
package struct SourceFinder {
  private let folder: SweepFolder
  package private(set) var sources: [RunSource] = []
  private var known: Set<RunSource> = []
  package private(set) var missing: [MissingFile] = []
  package private(set) var warnings: [String] = []
  package private(set) var errors: [SweepError] = []

  package init(_ folder: SweepFolder, entries: [RunsEntry]) {
    self.folder = folder
    for entry in entries { add(entry) }
  }

  /// By convention: run folders in the sweep's folder and in its `runs`, and tables in it.
  package init(conventional folder: SweepFolder) {
    self.folder = folder
    for pattern in ["*", "runs/*"] {
      for path in Glob.expand(pattern, in: folder.path) {
        if FileTree.kind(folder.absolute(path)) == .absent, path.contains("/") {
          append(.runFolder(path))
        }
        guard isInside(path) else { continue }
        switch FileTree.kind(folder.absolute(path)) {
        case .folder where RunFolder.holdsLog(folder.absolute(path)): append(.runFolder(path))
        case .file where LogFormats.recognise(fileNamed: path.lastComponent)?.role == .table:
          append(.table(path))
        case .file where LogFormats.recognise(fileNamed: path)?.role == .history:
          append(.runFolder("."))
        default: break
        }
      }
    }
  }

  /// Whether a folder holds logs where convention looks for them.
  package static func hasLogs(_ path: String) -> Bool {
    ["*", "runs/*"].contains { pattern in
      Glob.expand(pattern, in: path).contains { name in
        let full = path + "/" + name
        return switch FileTree.kind(full) {
        case .folder: RunFolder.holdsLog(full)
        case .file: LogFormats.recognise(fileNamed: name.lastComponent)?.role == .table
        default: false
        }
      }
    }
  }

  private mutating func add(_ entry: RunsEntry) {
    let paths = Glob.expand(entry.pattern, in: folder.path)
    guard !paths.isEmpty else {
      if entry.isOptional {
        missing.append(MissingFile(path: folder.shown(entry.pattern), get: entry.get))
      } else {
        let what =
          Glob.isLiteral(entry.pattern) ? "there is no file or folder" : "nothing matches"
        errors.append(
          SweepError(
            location: entry.location, "\(what) \(entry.pattern.quoted) in \(folder.shown)",
            fix: entry.get ?? "check the path, or write {path: ..., optional: true}"))
      }
      return
    }
    let isLiteral = Glob.isLiteral(entry.pattern)
    let before = sources.count
    var unread: [String] = []
    for path in paths where path != SweepLoader.settingsFile || isLiteral {
      if !isLiteral, Sidecars.isOne(path.lastComponent) { continue }
      guard FileTree.kind(folder.absolute(path)) != .absent else {
        append(.runFolder(path))
        continue
      }
      guard isInside(path) else {
        errors.append(
          SweepError(
            location: entry.location,
            "\(path.quoted) is a symbolic link that leads out of the data root",
            fix: "copy the logs there"))
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
        SweepError(
          location: entry.location,
          "\(entry.pattern.quoted) matches no run folder and no table, only \(unread[0].quoted)"
            + (unread.count > 1 ? " and \(unread.count - 1) more" : ""),
          fix: "name run folders, or files in CSV, TSV, JSON Lines or JSON"))
    } else if !isLiteral {
      warnings += unread.map { "\(folder.shown($0).visible) is not a log and was not read" }
    }
  }

  /// What a path is; nil for what a pattern may pass over.
  private mutating func source(
    _ path: String, isLiteral: Bool, _ entry: RunsEntry
  ) -> RunSource? {
    let full = folder.absolute(path)
    switch FileTree.kind(full) {
    case .folder:
      if isLiteral, (try? RunFolder(full)) == nil, !RunFolder.holdsLog(full) {
        errors.append(
          SweepError(
            location: entry.location, "\(path.quoted) is a directory without a run's log",
            fix: "name a table, or a folder with a metrics.jsonl or metrics.csv"))
      }
      return .runFolder(path)
    case .file:
      switch LogFormats.recognise(fileNamed: path.lastComponent)?.role {
      case .table?: return .table(path)
      case .history?: return .runFolder(path.parentFolder)
      case nil: break
      }
      if !isLiteral { return nil }
      errors.append(
        SweepError(
          location: entry.location, "the format of \(path.quoted) is not known by its name",
          fix: "tables are .csv, .tsv, .jsonl or .json"))
      return .table(path)
    case .other, .absent:
      errors.append(
        SweepError(
          location: entry.location, "\(path.quoted) is not a regular file or folder",
          fix: "name files and folders alone"))
      return .table(path)
    }
  }

  private func isInside(_ path: String) -> Bool {
    FileTree.isInside(folder.absolute(path), folder.root)
  }

  private mutating func append(_ source: RunSource) {
    if known.insert(source).inserted { sources.append(source) }
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
