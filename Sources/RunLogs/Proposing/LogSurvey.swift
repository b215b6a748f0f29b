import Foundation

/// What a folder holds that can be read: run folders, tables, and the names in them.
package struct LogSurvey {
  /// A file of rows that may be named under `runs`, and what its rows seem to be.
  package struct Table {
    package var path: String
    package var columns: [String]
    /// How many runs it shows, if it is a chart and no table of runs.
    package var chartRuns: Int?
    /// How its rows are told apart, if there are several for each run.
    package var long: Long?
    /// The pattern of files that are one run each, this one among them, and of their names.
    package var group: (files: String, names: String?)?
    /// The path of the list of rows in a JSON document.
    package var rows: String?
    /// The pattern of the lines of a text.
    package var lines: String?
    /// Whether its rows are the steps of one run.
    var isOneRun = false
    /// Whether it has one row, as a document for each run has.
    var isOneRow = false
  }

  /// Run folders, below the folder, in the order of their bytes.
  package private(set) var runFolders: [String] = []
  package private(set) var tables: [Table] = []
  /// Tables that are no charts, until all are known.
  private var others: [Table] = []
  /// Files that are not read, and why.
  package private(set) var passedOver: [(path: String, why: String)] = []
  /// What the operating system would not let be read.
  package private(set) var unreadable: [String] = []
  /// How many run folders there are of each format, by the format's name.
  package private(set) var formats: [String: Int] = [:]
  /// Columns of the logs that were looked into, in the order in which they were met.
  package private(set) var columns: [String] = []
  /// Words in the columns of tables that have few: sizes, families, what a search is over.
  package private(set) var words: [(column: String, values: [String])] = []
  /// Constants of their configurations.
  package private(set) var constants: [String] = []

  private static let deepest = 6
  package static let mostFolders = 20_000
  private static let mostSamples = 12
  private static let mostRows = 50_000
  private struct Enough: Error {}

  /// Looks through a folder and those below it, without following links.
  ///
  /// Throws a `Fault` where there are more folders than a sweep has.
  package init(_ root: Door, mostFolders: Int = Self.mostFolders) throws(Fault) {
    var visited = 0
    var files: [String] = []
    var texts: [String] = []
    func visit(_ path: String, _ depth: Int) throws(Fault) {
      visited += 1
      guard visited <= mostFolders else {
        throw Fault(
          "there are more than \(grouped(Double(mostFolders))) folders",
          fix: "give the folder of one sweep")
      }
      guard let names = try? root.names(in: path) else {
        unreadable.append(path.isEmpty ? "." : path)
        return
      }
      if (try? RunLog.isIn(path, in: root)) == true {
        runFolders.append(path.isEmpty ? "." : path)
        return
      }
      for name in names {
        let inner = path.inner(name)
        switch root.kind(inner) {
        case .folder where depth < Self.deepest: try visit(inner, depth + 1)
        case .file where LogFormats.recognise(fileNamed: name)?.role == .table:
          files.append(inner)
        case .file:
          if let advice = ForeignFormats.advice(forFileNamed: name) {
            passedOver.append((inner, advice))
          } else if [".log", ".txt", ".out"].contains(where: {
            LogFormats.withoutCompression(name.lowercased()).hasSuffix($0)
          }) {
            texts.append(inner)
          }
        default: break
        }
      }
    }
    try visit("", 0)
    for file in files { survey(table: file, in: root) }
    completeCharts()
    if tables.isEmpty, runFolders.isEmpty { for text in texts { survey(text: text, in: root) } }
    groupFiles()
    // Runs at the start, in the middle and at the end: a sweep's logs may differ along it.
    let stride = max(1, runFolders.count / Self.mostSamples)
    for index in Swift.stride(from: 0, to: runFolders.count, by: stride) {
      survey(run: runFolders[index], in: root)
    }
    for path in runFolders {
      if let run = try? RunLog(in: root.folder(path)) {
        formats[run.format.name, default: 0] += 1
      }
    }
  }

  private mutating func survey(run path: String, in root: Door) {
    guard let base = try? root.folder(path), let run = try? RunLog(in: base) else { return }
    if let found = try? run.readConstants(in: base) {
      add(found.constants.map(\.name), to: \.constants)
    }
    var rows = 0
    var columns = MetColumns()
    try? run.format.read(base, run.files) { record, _ in
      rows += 1
      guard rows < Self.mostRows else { throw Enough() }
      if case .row(let row) = record { try columns.meet(row.columns) }
    }
    add(columns.names, to: \.columns)
  }

  private mutating func survey(table path: String, in root: Door) {
    guard let format = LogFormats.recognise(fileNamed: path.lastComponent)?.format,
      !survey(document: path, in: root)
    else { return }
    var rows = 0
    var columns = MetColumns()
    var distinct = Distinct()
    do {
      try format.read(root, [path]) { record, _ in
        rows += 1
        guard rows < Self.mostRows else { throw Enough() }
        guard case .row(let row) = record else { return }
        distinct.add(row)
        try columns.meet(row.columns)
      }
    } catch is Enough {
    } catch {
      let fault = Fault(error)
      if fault.isUnreadable {
        unreadable.append(path)
      } else {
        passedOver.append((path, fault.message + (fault.fix.map { "; \($0)" } ?? "")))
      }
      return
    }
    let names = columns.names
    if let chart = Chart(names, file: path.lastComponent) {
      let shown = [chart.axis] + chart.series.map(\.metric)
      tables.append(
        Table(path: path, columns: shown, chartRuns: Set(chart.series.map(\.run)).count))
      add(shown, to: \.columns)
      return
    }
    words += distinct.words(names).filter { word in
      !words.contains { $0.column == word.column }
    }
    var table = Table(path: path, columns: names)
    table.isOneRun = Self.isOneRun(distinct, names)
    table.isOneRow = rows == 1
    if !table.isOneRun { table.long = Self.long(distinct, names, format, root, path) }
    others.append(table)
  }

  /// Takes a JSON document with a list of rows that holds a loss; false for other files.
  private mutating func survey(document path: String, in root: Door) -> Bool {
    guard LogFormats.withoutCompression(path.lowercased()).hasSuffix(".json"),
      let stream = try? root.stream(path), let lists = try? JSONRows.lists(stream)
    else { return false }
    for list in lists {
      let format = JSONRowsFormat.format(at: list)
      let file = [path]
      var names: [String] = []
      try? format.read(root, file) { record, _ in
        if case .row(let row) = record, names.isEmpty { names = row.columns.names }
      }
      guard names.contains(where: ConventionalNames.mayBeLoss) else { continue }
      tables.append(Table(path: path, columns: names, rows: list.joined(separator: ".")))
      add(names, to: \.columns)
      add(((try? format.constants(root, file)) ?? []).map(\.name), to: \.constants)
      return true
    }
    return false
  }

  /// Takes a text in which a loss is printed.
  private mutating func survey(text path: String, in root: Door) {
    guard let stream = try? root.stream(path), let pattern = Self.linePattern(stream),
      let names = NamePattern(pattern)?.names
    else {
      passedOver.append((path, "none of its lines has a number behind a word such as loss"))
      return
    }
    tables.append(Table(path: path, columns: names, lines: pattern))
    add(names, to: \.columns)
  }

  /// Puts files together that are one run each: of one folder and kind, with the same columns.
  private mutating func groupFiles() {
    let groups = tables.groups { table in
      let isRun =
        table.rows != nil || table.lines != nil || table.isOneRun
        || (table.isOneRow && table.chartRuns == nil)
      let depth = table.path.pathParts.count
      return isRun
        ? [table.path.parentFolder.pathParts.first ?? ".", "\(depth)", table.path.ending]
          + [table.rows ?? "", table.lines == nil ? "" : "lines"]
          + (table.lines == nil ? table.columns : [])
        : ["table", table.path]
    }
    tables = groups.flatMap { _, group -> [Table] in
      guard group.count > 1, var first = group.first else { return group }
      let stems = group.map(\.path.lastComponent.stem)
      let names = Self.namePattern(
        Set(stems).count == stems.count || first.isOneRun
          ? stems : group.map(\.path.parentFolder.lastComponent))
      let files = Self.pattern(group.map(\.path), ending: first.path.ending)
      first.group = (files, first.isOneRow ? nil : names)
      if let names = first.group?.names {
        add(NamePattern(names)?.names ?? [], to: \.constants)
      }
      return [first]
    }
  }

  /// Whether a table is of one run: another step or amount of data in each of its rows, one size or
  /// none, and one name or none.
  private static func isOneRun(_ distinct: Distinct, _ columns: [String]) -> Bool {
    let named = [Quantity.run, .denseParameters].flatMap {
      ConventionalNames.candidates(for: $0, among: columns)
    }
    let order =
      ConventionalNames.order(among: columns)
      ?? ConventionalNames.candidates(for: .data, among: columns).first
    guard distinct.rows >= 2, let order, named.allSatisfy({ distinct.count($0) <= 1 })
    else { return false }
    return distinct.count(order) == min(distinct.rows, Distinct.mostValues)
  }

  /// Takes the tables that hold runs, or, where there are charts, what these do not say of them.
  private mutating func completeCharts() {
    let hasCharts = tables.contains { $0.chartRuns != nil }
    func hasLoss(_ table: Table) -> Bool {
      !ConventionalNames.candidates(for: .loss, among: table.columns).isEmpty
    }
    // Where no table has a loss by its name, its column is asked for.
    let areAsked = !others.contains(where: hasLoss) && tables.isEmpty && runFolders.isEmpty
    for table in others {
      let isNamed = ConventionalNames.tiers(of: .run).joined().contains { name in
        table.columns.contains { ConventionalNames.normalised($0) == name }
      }
      let isAsked =
        table.columns.contains(where: ConventionalNames.mayBeLoss)
        || (areAsked && table.columns.count >= 2)
      if hasLoss(table) || isAsked || (hasCharts && isNamed) {
        tables.append(table)
        add(table.columns, to: hasCharts && isNamed ? \.constants : \.columns)
      } else {
        passedOver.append(
          (
            table.path,
            "no column of it looks like a loss: "
              + table.columns.prefix(8).map(\.visible).joined(separator: ", ")
              + (table.columns.count > 8 ? ", ..." : "")
          ))
      }
    }
  }

  private mutating func add(_ names: [String], to list: WritableKeyPath<LogSurvey, [String]>) {
    var known = Set(self[keyPath: list])
    self[keyPath: list] += names.filter { known.insert($0).inserted }
  }
}
