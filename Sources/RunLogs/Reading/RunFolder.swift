/// The files of one run, as its logger lays them out in a folder.
package struct RunFolder {
  package var log: RunLog
  /// Files of constants, below the folder, first the one that wins.
  package var configurations: [String]

  /// A run that is in no folder of its own.
  init(_ log: RunLog) {
    self.log = log
    configurations = []
  }

  /// The log's first file, or what stands for it.
  package var logPath: String { log.files.first ?? "." }

  /// Whether a folder holds a run's log itself, or in the places where loggers put it: `files` and
  /// the last checkpoint.
  package static func holdsLog(_ path: String, in door: Door) throws(Fault) -> Bool {
    let folder = try door.folder(path)
    return place(of: try folder.names(), in: folder) != nil
  }

  /// Looks into a folder and those below it; throws a `Fault` where it is not clear what to
  /// read.
  package init(_ folder: Door) throws(Fault) {
    switch folder.kind() {
    case .link: throw .link
    case .absent: throw Fault("has a name that is not UTF-8", fix: "rename it")
    case .unreadable: throw Fault("the folder cannot be read", kind: .unreadable)
    default: break
    }
    let names = try folder.names()
    if let place = Self.place(of: names, in: folder) {
      try self.init(folder, log: place, above: [])
      return
    }
    let nested = try Self.nestedLogs(in: folder)
    guard let only = nested.first else {
      throw Fault(
        "the run folder holds no log",
        fix: "it needs a metrics.jsonl, a metrics.csv or another log that is known")
    }
    guard nested.count == 1 else {
      throw Fault(
        "the run folder holds logs in \(nested.prefix(3).map(\.quoted).joined(separator: " and "))"
          + (nested.count > 3 ? " and elsewhere" : ""),
        fix: "name the folders of the runs under `runs`")
    }
    let inside = try folder.folder(only)
    let place = Self.place(of: try inside.names(), in: inside)
    var folders: [String] = []
    for part in only.split(separator: "/") {
      folders.append(folders.last.map { $0 + "/" + part } ?? String(part))
    }
    let inner = place.map { $0 == "." ? only : only + "/" + $0 } ?? only
    try self.init(folder, log: inner, above: [""] + folders.dropLast())
  }

  /// Reads the files of the folder `place` below the run's, and the constants of those above it.
  private init(
    _ folder: Door, log place: String, above folders: [String]
  ) throws(Fault) {
    let prefix = place == "." ? "" : place + "/"
    let inside = try folder.folder(place)
    let names = try inside.names()
    log = try LogFormats.log(names, prefix)
    configurations = try Sidecars.among(names).map { prefix + $0 }
    // Constants nearer to the log win.
    var outer = folders
    if prefix != "", !outer.contains("") { outer.insert("", at: 0) }
    for above in outer.reversed() where above + "/" != prefix {
      let here = try Sidecars.among(try folder.names(in: above))
      configurations += here.map { above.isEmpty ? $0 : above + "/" + $0 }
    }
  }

  /// Where below a folder its own log is: `.` or where loggers put it; nil if nowhere.
  private static func place(of names: [String], in folder: Door) -> String? {
    if LogFormats.isLog(names) { return "." }
    return LogFormats.places(names).first { place in
      (try? folder.names(in: place)).map(LogFormats.isLog) ?? false
    }
  }

  /// The folders below a folder, at most four deep and 10,000 in number, that hold logs.
  private static func nestedLogs(in folder: Door) throws(Fault) -> [String] {
    var found: [String] = []
    var visited = 0
    func visit(_ prefix: String, _ depth: Int) throws(Fault) {
      for name in try folder.names(in: prefix) {
        let inner = prefix.isEmpty ? name : prefix + "/" + name
        guard visited < 10_000, found.count < 8, folder.kind(inner) == .folder else { continue }
        visited += 1
        if try holdsLog(inner, in: folder) {
          found.append(inner)
        } else if depth < 4 {
          try visit(inner, depth + 1)
        }
      }
    }
    try visit("", 1)
    return found
  }

  /// Reads all records of the log, each with the path, below the folder, of the file that it is in.
  package func read(in folder: Door, record: LogFormat.Receiver) throws {
    try log.read(folder, record)
  }

  /// Reads the constants, those that win first.
  package func readConstants(in folder: Door) throws -> Configuration {
    var configuration = Configuration()
    for path in configurations {
      try folder.within(path) {
        let isYAML = !LogFormats.withoutCompression(path).hasSuffix(".json")
        let bytes = try folder.stream(path).all(
          atMost: isYAML ? YAMLDocument.largest : Configuration.largest)
        configuration.add(try Configuration(bytes, isYAML: isYAML).constants, file: path)
      }
    }
    configuration.add(try log.constants(folder))
    return configuration
  }
}
