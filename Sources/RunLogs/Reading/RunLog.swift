/// The log of one run: which files it is in, how they are read, and which hold the run's constants.
package struct RunLog: Sendable {
  package var format: LogFormat
  /// The files, from the run's folder; the first stands for the log.
  package var files: [String]
  /// Files of constants, from the run's folder, first the one that wins.
  var configurations: [String] = []
  /// Constants that are known beforehand, as from the file's name; those of `configurations` win.
  var given: [Constant] = []
  /// What to do where the run's constants are missing; nil for the usual advice.
  var adviceOnConstants: String?

  init(_ format: LogFormat, _ files: [String]) {
    self.format = format
    self.files = files
  }

  /// Whether a folder holds a run's log itself, or in the places where loggers put it: `files` and
  /// the last checkpoint.
  static func isIn(_ path: String, in door: Door) throws(Fault) -> Bool {
    let folder = try door.folder(path)
    return place(of: try folder.names(), in: folder) != nil
  }

  /// Looks into a folder and those below it; throws where it is not clear what to read.
  package init(in folder: Door) throws(Fault) {
    switch folder.kind() {
    case .link: throw .link
    case .absent: throw Fault("has a name that is not UTF-8", fix: "rename it")
    case .unreadable: throw Fault("the folder cannot be read", kind: .unreadable)
    default: break
    }
    let only: String
    if Self.place(of: try folder.names(), in: folder) != nil {
      only = ""
    } else {
      let nested = try Self.nestedLogs(in: folder)
      guard let first = nested.first else { throw LogFormats.noLog }
      guard nested.count == 1 else {
        throw Fault(
          "the run folder holds logs in "
            + nested.prefix(3).map(\.quoted).joined(separator: " and ")
            + (nested.count > 3 ? " and elsewhere" : ""),
          fix: "name the folders of the runs under `runs`")
      }
      only = first
    }
    let inside = try folder.folder(only)
    let own = Self.place(of: try inside.names(), in: inside) ?? "."
    let parts = only.pathParts + (own == "." ? [] : own.pathParts)
    let prefix = parts.map { $0 + "/" }.joined()
    self = try LogFormats.log(folder.folder(prefix).names(), prefix)
    // Constants nearer to the log win; a logger's own folder below the run's is one step with it.
    let steps = Array(only.pathParts.indices) + (own == "." ? [] : [only.pathParts.count])
    for above in [prefix] + steps.reversed().map({ parts[..<$0].map { $0 + "/" }.joined() }) {
      configurations += try Hyperparameters.files(among: folder.names(in: above)).map { above + $0 }
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
        let inner = prefix.inner(name)
        guard visited < 10_000, found.count < 8, folder.kind(inner) == .folder else { continue }
        visited += 1
        if try isIn(inner, in: folder) {
          found.append(inner)
        } else if depth < 4 {
          try visit(inner, depth + 1)
        }
      }
    }
    try visit("", 1)
    return found
  }

  /// Reads the constants, those that win first.
  func readConstants(in folder: Door) throws -> Hyperparameters {
    var all = Hyperparameters()
    for path in configurations {
      try folder.within(path) {
        let isYAML = !LogFormats.withoutCompression(path).hasSuffix(".json")
        let bytes = try folder.stream(path).all(
          atMost: isYAML ? YAMLDocument.largest : Hyperparameters.largest)
        all.add(try Hyperparameters(bytes, isYAML: isYAML).constants, file: path)
      }
    }
    all.add(given)
    all.add(try format.constants(folder, files))
    return all
  }
}
