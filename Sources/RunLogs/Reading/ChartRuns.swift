/// The runs of a sweep's chart exports, and what tables of runs say of them.
struct ChartRuns {
  /// The charts, below the sweep's folder.
  private(set) var files: Set<String> = []
  /// The runs in the order in which the charts have them.
  private(set) var runs: [ChartRun] = []
  private var positions: [String: Int] = [:]
  /// How many values the runs have together, and the most of them; they are held in memory.
  private var values = 0
  var mostValues = StepRows.mostValues
  /// Whether a table gave something of any run.
  private var hasTable = false

  /// Takes in a chart; throws a `Fault` where it cannot be read. Returns a note where its
  /// values are means of several.
  mutating func add(
    _ chart: Chart, _ format: LogFormat, in door: Door, _ path: String
  ) throws -> String? {
    files.insert(path)
    let file = door.shown(path)
    let targets = chart.series.map { run(named: $0.run, chart, path, file) }
    var means = 0
    var repeated: [Int] = []
    try format.read(door, [path]) { record, _ in
      switch record {
      case .note: break
      case .fault(let fault): throw fault
      case .row(let row):
        if repeated.isEmpty, !row.columns.repeated.isEmpty {
          repeated = chart.series.indices.filter {
            row.columns.repeated.contains(row.columns.names[chart.series[$0].position])
          }
          for index in repeated {
            fail(
              targets[index], file,
              Fault(
                line: 1, "several runs are called \(chart.series[index].run.quoted)",
                fix: "give each its own name and export the chart again"))
          }
        }
        for (series, target) in zip(chart.series, targets) {
          let value = row[series.position]
          if case .missing = value.number { continue }
          let ends = [series.least, series.greatest].compactMap { $0 }
          means += ends.contains { row[$0] != value } ? 1 : 0
          try add(row, chart, series, value, to: target, file)
        }
      }
    }
    return means == 0
      ? nil
      : "\(means) values have another __MIN or __MAX: they are means, of a group of runs or of "
        + "neighbouring steps; export without grouping"
  }

  private mutating func add(
    _ row: Row, _ chart: Chart, _ series: Chart.Series, _ value: Value, to target: Int,
    _ file: String
  ) throws {
    guard let step = row.finite(chart.axisPosition) else {
      let written = row[chart.axisPosition].text?.quoted ?? "missing"
      return fail(
        target, file, Fault(line: row.line, "\(chart.axis.visible) is \(written)"))
    }
    guard let number = value.double else {
      guard case .fault(let what) = value.number else { return }
      return fail(target, file, Fault(line: row.line, "\(series.metric.visible) is \(what)"))
    }
    values += 1
    guard values <= mostValues else {
      throw Fault(
        "the charts hold more than \(grouped(Double(mostValues))) values",
        fix: "export fewer points or runs, or part them into several sweeps")
    }
    let metric = runs[target].rows.number(ofMetric: series.metric)
    try runs[target].rows.add(
      step: step, order: 0, metric: metric, value: number, line: row.line ?? 0,
      file: runs[target].files.count - 1)
  }

  /// The place of a run, which is added if it is not there.
  private mutating func run(
    named name: String, _ chart: Chart, _ path: String, _ file: String
  ) -> Int {
    guard let known = positions[name] else {
      positions[name] = runs.count
      runs.append(
        ChartRun(
          formatName: chart.name, name: name, axis: chart.axis, files: [path],
          rows: StepRows(axis: chart.axis, metrics: [])))
      return runs.count - 1
    }
    if runs[known].axis != chart.axis {
      fail(
        known, file,
        Fault(
          line: 1,
          "the x axis is \(chart.axis.quoted), and \(runs[known].axis.quoted) in "
            + (runs[known].files[0]).visible,
          fix: "export all charts with one x axis"))
    } else if runs[known].files.last != path {
      runs[known].files.append(path)
    }
    return known
  }

  /// Notes what is wrong with a run; the first fault counts.
  private mutating func fail(_ target: Int, _ file: String, _ fault: Fault) {
    if runs[target].fault == nil { runs[target].fault = fault.at(file: file) }
  }

  /// Takes what a table says of the runs, and leaves the rows of other runs.
  mutating func complete(
    _ rows: inout PackedRows, in door: Door, of path: String, columns: [String]
  ) {
    guard !runs.isEmpty else { return }
    let names = ConventionalNames.tiers(of: .run).flatMap { $0 }
    let candidates = columns.filter { names.contains(ConventionalNames.normalised($0)) }
    var counts = [Int](repeating: 0, count: candidates.count)
    rows.read { row, _ in
      for (index, column) in candidates.enumerated()
      where row[column].text.map({ positions[$0] != nil }) ?? false { counts[index] += 1 }
    }
    // The column that names most of the runs: a table may hold names and identifiers.
    guard let best = counts.max(), best > 0, let place = counts.firstIndex(of: best) else { return }
    let column = candidates[place]
    hasTable = true
    rows.keep { row in
      guard let name = row[column].text, let position = positions[name] else { return true }
      if !runs[position].constants.isEmpty {
        fail(
          position, door.shown(path),
          Fault(
            line: row.line, "several rows are called \(name.quoted)",
            fix: "give each run its own name and export the table again"))
      }
      runs[position].constants = row.columns.names.compactMap { column in
        let value = row[column]
        return value == .missing
          ? nil : Constant(name: column, value: value, line: row.line, file: path)
      }
      return false
    }
  }

  /// The runs, each with advice for the case that its constants are missing.
  func finished() -> [ChartRun] {
    runs.map { run in
      var run = run
      run.advice =
        (run.constants.isEmpty && hasTable
          ? "no row of the table of runs has this run's name: " : "")
        + (run.constants.isEmpty
          ? "a chart does not hold them: export the table of runs, too, with Name and the columns "
            + "of the configuration, and put it beside the chart"
          : "add the columns to the table of runs and export it again, or name them in sweep.yml")
      return run
    }
  }
}

extension SweepReader {
  /// Reads the chart exports among the tables.
  mutating func readCharts(_ sources: [RunSource]) {
    for source in sources where source.kind == .table {
      let path = source.path
      guard let format = source.format, let header = try? format.header(door.stream(path)),
        let chart = Chart(header, file: path.lastComponent)
      else { continue }
      do {
        let note = try charts.add(chart, format, in: door, path)
        guard hasRoom(for: charts.runs.count, door.shown(path)) else { return }
        if let note { review.warnings.append("\(door.shown(path).visible): \(note)") }
      } catch {
        fail(Fault(error).at(file: door.shown(path)))
      }
    }
  }
}
