import Foundation

/// What a folder holds that can be read: run folders, tables, and the names in them.
package struct LogSurvey {
  package struct Table {
    package var path: String
    package var columns: [String]
    /// How many runs it shows, if it is a chart and no table of runs.
    package var chartRuns: Int?
  }

  /// Run folders, below the folder, in the order of their bytes.
  package private(set) var runFolders: [String] = []
  package private(set) var tables: [Table] = []
  /// Tables that are no charts, until all are known.
  private var others: [Table] = []
  /// Tables that do not hold runs, and files that cannot be read.
  package private(set) var passedOver: [String] = []
  /// What the operating system would not let be read.
  package private(set) var unreadable: [String] = []
  /// How many run folders there are of each format, by the format's name.
  package private(set) var formats: [String: Int] = [:]
  /// Columns of the logs that were looked into, in the order in which they were met.
  package private(set) var columns: [String] = []
  /// Constants of their configurations.
  package private(set) var constants: [String] = []

  private static let deepest = 6
  private static let mostFolders = 20_000
  private static let mostSamples = 12
  private static let mostRows = 50_000
  private struct Enough: Error {}

  /// Looks through a folder and those below it, without following links.
  ///
  /// Throws a `LogFault` where there are more folders than a sweep has.
  package init(_ root: Door) throws(LogFault) {
    var visited = 0
    var files: [String] = []
    func visit(_ path: String, _ depth: Int) throws(LogFault) {
      visited += 1
      guard visited <= Self.mostFolders else {
        throw LogFault(
          "there are more than \(grouped(Double(Self.mostFolders))) folders",
          fix: "give the folder of one sweep")
      }
      guard let names = try? root.names(in: path) else {
        unreadable.append(path.isEmpty ? "." : path)
        return
      }
      if (try? RunFolder.holdsLog(path, in: root)) == true {
        runFolders.append(path.isEmpty ? "." : path)
        return
      }
      for name in names {
        let inner = path.isEmpty ? name : path + "/" + name
        switch root.kind(inner) {
        case .folder where depth < Self.deepest: try visit(inner, depth + 1)
        case .file where LogFormats.recognise(fileNamed: name)?.role == .table:
          files.append(inner)
        default: break
        }
      }
    }
    try visit("", 0)
    for file in files { survey(table: file, in: root) }
    completeCharts()
    // Runs at the start, in the middle and at the end: a sweep's logs may differ along it.
    let stride = max(1, runFolders.count / Self.mostSamples)
    for index in Swift.stride(from: 0, to: runFolders.count, by: stride) {
      survey(run: runFolders[index], in: root)
    }
    for path in runFolders {
      if let run = try? RunFolder(root.folder(path)) {
        formats[run.log.formatName, default: 0] += 1
      }
    }
  }

  private mutating func survey(run path: String, in root: Door) {
    guard let base = try? root.folder(path), let run = try? RunFolder(base) else { return }
    if let found = try? run.readConstants(in: base) {
      add(found.constants.map(\.name), to: \.constants)
    }
    var rows = 0
    var last: ColumnNames?
    var names: [String] = []
    try? run.read(in: base) { record, _ in
      rows += 1
      guard rows < Self.mostRows else { throw Enough() }
      guard case .row(let row) = record, row.columns !== last else { return }
      last = row.columns
      names += row.columns.names
    }
    add(names, to: \.columns)
  }

  private mutating func survey(table path: String, in root: Door) {
    guard let format = LogFormats.recognise(fileNamed: path.lastComponent)?.format else { return }
    var rows = 0
    var names: [String] = []
    var last: ColumnNames?
    do {
      try format.read(LogFiles([path], in: root)) { record, _ in
        rows += 1
        guard rows < Self.mostRows else { throw Enough() }
        guard case .row(let row) = record, row.columns !== last else { return }
        last = row.columns
        names += row.columns.names
      }
    } catch is Enough {
    } catch let located as LocatedFault where located.fault.isUnreadable {
      unreadable.append(path)
      return
    } catch {
      passedOver.append(path)
      return
    }
    var seen: Set<String> = []
    names = names.filter { seen.insert($0).inserted }
    if let chart = Chart(names, file: path.lastComponent) {
      let shown = [chart.axis] + chart.series.map(\.metric)
      tables.append(
        Table(path: path, columns: shown, chartRuns: Set(chart.series.map(\.run)).count))
      add(shown, to: \.columns)
      return
    }
    others.append(Table(path: path, columns: names))
  }

  /// Takes the tables that hold runs, or, where there are charts, what these do not say of them.
  private mutating func completeCharts() {
    let hasCharts = !tables.isEmpty
    for table in others {
      let isNamed = ConventionalNames.tiers(of: .run).joined().contains { name in
        table.columns.contains { ConventionalNames.normalised($0) == name }
      }
      let hasLoss = !ConventionalNames.candidates(for: .loss, among: table.columns).isEmpty
      if hasLoss || (hasCharts && isNamed) {
        tables.append(table)
        add(table.columns, to: hasCharts && isNamed ? \.constants : \.columns)
      } else {
        passedOver.append(table.path)
      }
    }
  }

  private mutating func add(_ names: [String], to list: WritableKeyPath<LogSurvey, [String]>) {
    var known = Set(self[keyPath: list])
    self[keyPath: list] += names.filter { known.insert($0).inserted }
  }
}
