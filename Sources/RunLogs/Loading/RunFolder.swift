/// The files of one run, as its logger lays them out in a folder.
package struct RunFolder {
  package enum Log {
    /// One file, or several that follow each other, of one format.
    case files([String], any LogFormat.Type)
    /// Files of MLflow's store, one for each metric.
    case mlflow([String])
    /// A run among those that a chart of Weights & Biases shows.
    case chart(ChartRun)
  }

  /// The log's files, below the folder.
  package var log: Log
  /// Files of constants, below the folder, first the one that wins.
  package var configurations: [String]

  /// The log's first file, or what stands for it.
  package var logPath: String {
    switch log {
    case .files(let paths, _): paths.first ?? "."
    case .mlflow: "metrics"
    case .chart(let chart): chart.files.first ?? "."
    }
  }

  /// The log's format in words.
  package var formatName: String {
    switch log {
    case .files(_, let format): format.name
    case .mlflow: MLflowRun.name
    case .chart: WandbChart.name
    }
  }

  /// What to do where the run's constants are missing; nil for the usual advice.
  var adviceOnConstants: String? {
    guard case .chart(let chart) = log else { return nil }
    return chart.advice
  }

  init(_ chart: ChartRun) {
    log = .chart(chart)
    configurations = []
  }

  /// Whether a folder holds a run's log itself, or in the places where loggers put it: `files` and
  /// the last checkpoint.
  package static func holdsLog(_ path: String, in door: Door) throws(LogFault) -> Bool {
    let folder = try door.folder(path)
    return place(of: try folder.names(), in: folder) != nil
  }

  /// Looks into a folder and those below it; throws a `LogFault` where it is not clear what to
  /// read.
  package init(_ folder: Door) throws(LogFault) {
    switch folder.kind() {
    case .link: throw .link
    case .absent: throw LogFault("has a name that is not UTF-8", fix: "rename it")
    case .unreadable: throw LogFault("the folder cannot be read", isUnreadable: true)
    default: break
    }
    let names = try folder.names()
    if let place = Self.place(of: names, in: folder) {
      try self.init(folder, log: place, above: [])
      return
    }
    let nested = try Self.nestedLogs(in: folder)
    guard let only = nested.first else {
      throw LogFault(
        "the run folder holds no log",
        fix: "it needs a metrics.jsonl, a metrics.csv or another log that is known")
    }
    guard nested.count == 1 else {
      throw LogFault(
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
  ) throws(LogFault) {
    let prefix = place == "." ? "" : place + "/"
    let inside = try folder.folder(place)
    let names = try inside.names()
    if MLflowRun.isOne(names) {
      log = .mlflow(try MLflowRun.files(in: inside, below: "metrics").map { prefix + $0 })
    } else {
      log = try Self.files(names, prefix)
    }
    configurations = try Sidecars.among(names).map { prefix + $0 }
    // Constants nearer to the log win.
    var outer = folders
    if prefix != "", !outer.contains("") { outer.insert("", at: 0) }
    for above in outer.reversed() where above + "/" != prefix {
      let here = try Sidecars.among(try folder.names(in: above))
      configurations += here.map { above.isEmpty ? $0 : above + "/" + $0 }
    }
  }

  /// Chooses among the logs in a folder: rows that a trainer wrote before a summary of them, and
  /// that before event files, which hold the same numbers as floats.
  private static func files(
    _ names: [String], _ prefix: String
  ) throws(LogFault) -> Log {
    let logs = names.compactMap { (name) -> (name: String, format: any LogFormat.Type)? in
      guard let known = LogFormats.recognise(fileNamed: name), known.role == .history else {
        return nil
      }
      return (name, known.format)
    }
    let events = logs.filter { $0.format == TensorBoardFormat.self }
    let summaries = logs.filter { $0.format == WandbSummaryFormat.self }
    let histories = logs.filter { $0.format == WandbRunFormat.self }
    let own: [any LogFormat.Type] = [
      TensorBoardFormat.self, WandbSummaryFormat.self, WandbRunFormat.self,
    ]
    let rows = logs.filter { log in !own.contains { $0 == log.format } }
    guard rows.count <= 1 else {
      throw LogFault(
        "the run folder holds \(rows.map { $0.name.quoted }.joined(separator: " and "))",
        fix: "keep one of them")
    }
    if let chosen = rows.first ?? (histories.count == 1 ? histories.first : nil) ?? summaries.first
    {
      return .files([prefix + chosen.name], chosen.format)
    }
    guard !events.isEmpty else { throw LogFault("the run folder holds no log") }
    // The names start with the time at which each was begun.
    return .files(events.map { prefix + $0.name }, TensorBoardFormat.self)
  }

  /// Where below a folder its own log is: `.`, `files`, or the last checkpoint; nil if nowhere.
  private static func place(of names: [String], in folder: Door) -> String? {
    func hasLog(_ names: [String]) -> Bool {
      MLflowRun.isOne(names)
        || names.contains { LogFormats.recognise(fileNamed: $0)?.role == .history }
    }
    if hasLog(names) { return "." }
    if names.contains("files"),
      let inner = try? folder.names(in: "files"), hasLog(inner)
    {
      return "files"
    }
    let checkpoints = names.compactMap { name -> (step: Int, name: String)? in
      guard name.hasPrefix("checkpoint-"), let step = Int(name.dropFirst("checkpoint-".count)),
        folder.kind("\(name)/\(TrainerStateFormat.fileName)") == .file
      else { return nil }
      return (step, name)
    }
    return checkpoints.max { $0.step < $1.step }?.name
  }

  /// The folders below a folder, at most four deep and 10,000 in number, that hold logs.
  private static func nestedLogs(in folder: Door) throws(LogFault) -> [String] {
    var found: [String] = []
    var visited = 0
    func visit(_ prefix: String, _ depth: Int) throws(LogFault) {
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
}
