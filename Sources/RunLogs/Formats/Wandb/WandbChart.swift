/// A chart of Weights & Biases exported as CSV: the x axis, then for each run and metric the value
/// with the least and greatest one of its point.
///
///     "Step","run - eval/loss","run - eval/loss__MIN","run - eval/loss__MAX"
struct WandbChart {
  static let name = "Weights & Biases chart export"

  /// The three columns of one run's metric.
  struct Series {
    var run: String
    var metric: String
    var position: Int
    var least: Int
    var greatest: Int
  }

  /// The name of the x axis.
  let axis: String
  let series: [Series]

  /// Recognises a chart by the columns of a table; nil if it is none.
  init?(_ columns: [String]) {
    guard columns.count >= 4, let axis = columns.first, !axis.isEmpty else { return nil }
    var positions: [String: Int] = [:]
    for (index, name) in columns.enumerated() { positions[name] = index }
    var series: [Series] = []
    for (index, name) in columns.enumerated().dropFirst() {
      if [Self.least, Self.greatest].contains(where: {
        name.hasSuffix($0) && positions[String(name.dropLast($0.count))] != nil
      }) {
        continue
      }
      // A run's name may hold the mark, a metric's seldom does: the last one parts them.
      guard let mark = Self.lastMark(in: name), let least = positions[name + Self.least],
        let greatest = positions[name + Self.greatest]
      else { return nil }
      series.append(
        Series(
          run: mark.before, metric: mark.after, position: index, least: least, greatest: greatest))
    }
    self.axis = axis
    self.series = series
  }

  private static let least = "__MIN"
  private static let greatest = "__MAX"

  private static func lastMark(in name: String) -> (before: String, after: String)? {
    let bytes = Array(name.utf8)
    let mark = Array(" - ".utf8)
    guard bytes.count > mark.count else { return nil }
    for at in (1..<bytes.count - mark.count).reversed()
    where bytes[at..<at + mark.count].elementsEqual(mark) {
      return (
        String(decoding: bytes[..<at], as: UTF8.self),
        String(decoding: bytes[(at + mark.count)...], as: UTF8.self)
      )
    }
    return nil
  }
}

/// One run among those that charts show.
package struct ChartRun: Sendable {
  let name: String
  let axis: String
  /// The charts, below the sweep's folder, in the order in which they were read.
  var files: [String]
  var rows: StepRows
  /// What a table of runs says of the run.
  var constants: [Configuration.Constant] = []
  /// What is wrong with the run's columns or rows.
  var fault: LocatedFault?
  var advice = ""

  /// The run as a log.
  var log: RunLog {
    RunLog(
      formatName: WandbChart.name, files: files, adviceOnConstants: advice,
      read: { _, record in
        if let fault { throw fault }
        _ = try rows.read { row, file in try record(.row(row), files[file]) }
      }, constants: { _ in constants })
  }
}
