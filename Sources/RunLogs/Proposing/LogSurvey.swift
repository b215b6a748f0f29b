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
  /// How many run folders there are of each format, by the format's name.
  package private(set) var formats: [String: Int] = [:]
  /// Columns of the logs that were looked into, in the order in which they were met.
  package private(set) var columns: [String] = []
  /// Constants of their configurations.
  package private(set) var constants: [String] = []

  private static let deepest = 6
  private static let mostFolders = 50_000
  private static let mostSamples = 12
  private static let mostRows = 50_000
  private struct Enough: Error {}

  /// Looks through a folder and those below it, without following links.
  package init(_ root: String) {
    var visited = 0
    var files: [String] = []
    func visit(_ path: String, _ depth: Int) {
      visited += 1
      let full = path.isEmpty ? root : root + "/" + path
      if RunFolder.holdsLog(full) {
        runFolders.append(path.isEmpty ? "." : path)
        return
      }
      for name in (try? FileTree.names(in: full)) ?? [] {
        let inner = path.isEmpty ? name : path + "/" + name
        guard visited < Self.mostFolders, !FileTree.isLink(root + "/" + inner) else { continue }
        switch FileTree.kind(root + "/" + inner) {
        case .folder where depth < Self.deepest: visit(inner, depth + 1)
        case .file where LogFormats.recognise(fileNamed: name)?.role == .table:
          files.append(inner)
        default: break
        }
      }
    }
    visit("", 0)
    for file in files { survey(table: file, in: root) }
    completeCharts()
    // Runs at the start, in the middle and at the end: a sweep's logs may differ along it.
    let stride = max(1, runFolders.count / Self.mostSamples)
    for index in Swift.stride(from: 0, to: runFolders.count, by: stride) {
      survey(run: runFolders[index], in: root)
    }
    for path in runFolders {
      if let run = try? RunFolder(root + "/" + path) { formats[run.formatName, default: 0] += 1 }
    }
  }

  private mutating func survey(run path: String, in root: String) {
    guard let run = try? RunFolder(root + "/" + path) else { return }
    let base = root + "/" + path
    if let found = try? run.readConstants(in: base, opened: { _ in }) {
      add(found.constants.map(\.name), to: \.constants)
    }
    var rows = 0
    var last: ColumnNames?
    var names: [String] = []
    try? run.read(in: base, opened: { _ in }) { record, _ in
      rows += 1
      guard rows < Self.mostRows else { throw Enough() }
      guard case .row(let row) = record, row.columns !== last else { return }
      last = row.columns
      names += row.columns.names
    }
    add(names, to: \.columns)
  }

  private mutating func survey(table path: String, in root: String) {
    guard let format = LogFormats.recognise(fileNamed: path.lastComponent)?.format else { return }
    var rows = 0
    var names: [String] = []
    var last: ColumnNames?
    do {
      try format.read(ByteStream(path: root + "/" + path)) { record in
        rows += 1
        guard rows < Self.mostRows else { throw Enough() }
        guard case .row(let row) = record, row.columns !== last else { return }
        last = row.columns
        names += row.columns.names
      }
    } catch is Enough {
    } catch {
      passedOver.append(path)
      return
    }
    var seen: Set<String> = []
    names = names.filter { seen.insert($0).inserted }
    if let chart = WandbChart(names) {
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
