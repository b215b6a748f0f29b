/// DVCLive's folder: plots/metrics/ holds a table of `step` and a value for each metric, whose name is
/// the path; metrics.json beside it has the last values alone.
enum DVCLiveFormat {
  static let format = LogFormat(
    name: "DVCLive", rank: 5,
    find: { $0.contains("plots") && $0.contains("metrics.json") ? ["plots/metrics"] : [] },
    places: { $0.contains("dvclive") ? ["dvclive"] : [] }, read: read)

  @Sendable private static func read(
    _ folder: Door, _ found: [String], record: LogFormat.Receiver
  ) throws {
    guard let metrics = found.first else { return }
    let paths = try folder.files(below: metrics).filter { $0.hasSuffix(".tsv") }
    let names = paths.map { String($0.dropFirst(metrics.count + 1).dropLast(4)) }
    var rows = StepRows(axis: "step", metrics: names)
    for (index, path) in paths.enumerated() {
      try folder.within(path) {
        try DelimitedFormat.read(folder.stream(path)) { found in
          guard case .row(let row) = found else {
            if case .fault(let fault) = found { throw fault }
            return
          }
          // The value's column is named after the last part of the metric.
          guard let step = row.columns.position(of: "step").flatMap(row.finite),
            let place = row.columns.names.lastIndex(where: { $0 != "step" && $0 != "timestamp" })
          else { throw Fault(line: row.line, "is not a metric: `step` and a value") }
          let value: Double
          switch row[place].number {
          case .number(let number): value = number
          case .missing: return
          case .fault: value = .nan
          }
          try rows.add(
            step: step, order: 0, metric: index, value: value, line: row.line ?? 0, file: index)
        }
      }
    }
    _ = try rows.read { row, file in try record(.row(row), paths[file]) }
  }
}
