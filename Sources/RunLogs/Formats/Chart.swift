import Foundation

/// A chart that was exported as a table: an x axis and columns of values, each of one run and metric.
///
/// Weights & Biases writes the x axis, then for each run and metric the value, as a rule with the
/// least and greatest one of its point:
///
///     "Step","run - eval/loss","run - eval/loss__MIN","run - eval/loss__MAX"
///
/// TensorBoard writes a file for each, `run-NAME-tag-TAG.csv`:
///
///     Wall time,Step,Value
struct Chart {
  /// The columns of one run's metric.
  struct Series {
    var run: String
    var metric: String
    var position: Int
    /// The least and greatest value of each point, where the chart has them.
    var least: Int?
    var greatest: Int?
  }

  /// The kind of chart for people.
  let name: String
  /// The name of the x axis, and its column.
  let axis: String
  var axisPosition = 0
  let series: [Series]

  /// Recognises a chart by the columns of a table and its file's name; nil if it is none.
  init?(_ columns: [String], file: String) {
    if columns == ["Wall time", "Step", "Value"] {
      name = "TensorBoard download"
      axis = "Step"
      axisPosition = 1
      let (run, tag) = Self.runAndTag(ofFileNamed: file)
      series = [Series(run: run, metric: tag, position: 2)]
      return
    }
    guard columns.count >= 2, let axis = columns.first, !axis.isEmpty,
      Self.lastMark(in: axis) == nil
    else { return nil }
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
      guard let mark = Self.lastMark(in: name) else { return nil }
      series.append(
        Series(
          run: mark.before, metric: mark.after, position: index,
          least: positions[name + Self.least], greatest: positions[name + Self.greatest]))
    }
    // Without the least and greatest values a name with the mark in it may be any column's.
    guard series.contains(where: { $0.least != nil }) || Self.isAxis(axis) else { return nil }
    self.name = "Weights & Biases chart export"
    self.axis = axis
    self.series = series
  }

  /// The run and tag that TensorBoard names a download after; the file and `Value` where it was
  /// renamed.
  private static func runAndTag(ofFileNamed file: String) -> (run: String, tag: String) {
    let stem = LogFormats.withoutCompression(file).split(separator: ".").dropLast()
      .joined(separator: ".")
    guard stem.hasPrefix("run-"), let mark = stem.range(of: "-tag-") else { return (stem, "Value") }
    return (
      String(stem[stem.index(stem.startIndex, offsetBy: 4)..<mark.lowerBound]),
      String(stem[mark.upperBound...])
    )
  }

  /// Whether a name is that of an x axis: a step, an amount of data or a time.
  private static func isAxis(_ name: String) -> Bool {
    let name = ConventionalNames.normalised(name)
    return ConventionalNames.order(among: [name]) != nil || name.hasPrefix("relative_time")
      || name == "wall_time" || !ConventionalNames.candidates(for: .data, among: [name]).isEmpty
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
  let formatName: String
  let name: String
  let axis: String
  /// The charts, below the sweep's folder, in the order in which they were read.
  var files: [String]
  var rows: StepRows
  /// What a table of runs says of the run.
  var constants: [Constant] = []
  /// What is wrong with the run's columns or rows.
  var fault: Fault?
  var advice = ""

  /// The run as a log.
  var log: RunLog {
    var log = RunLog(
      LogFormat(name: formatName) { _, _, record in
        if let fault { throw fault }
        _ = try rows.read { row, file in try record(.row(row), files[file]) }
      }, files)
    log.given = constants
    log.adviceOnConstants = advice
    return log
  }
}
