/// Values of a run's metrics, which come one by one, put together as rows by step.
///
/// The values are held in memory, 48 bytes each, so their number is bounded.
package struct StepRows {
  package static let mostValues = 2_000_000
  /// The most names of the columns that are kept for rows of the same ones.
  private static let mostKnownNames = 200_000

  /// A value of one metric; 48 bytes.
  private struct Sample {
    var step: Double
    var order: Double
    var value: Double
    var metric: Int
    var line: Int
    var file: Int
  }

  private let axis: String
  private var metrics: [String]
  private var numbers: [String: Int] = [:]
  private var samples: [Sample] = []

  /// - Parameters:
  ///   - axis: the name of the column of steps.
  ///   - metrics: the names of the others.
  init(axis: String, metrics: [String]) {
    self.axis = axis
    self.metrics = metrics
  }

  /// The number of a metric, which is added if it is not there.
  mutating func number(ofMetric name: String) -> Int {
    if let number = numbers[name] { return number }
    numbers[name] = metrics.count
    metrics.append(name)
    return metrics.count - 1
  }

  /// Adds a value. Of those of one metric and step the one with the greatest `order` counts, among
  /// equals the last. `line` is 0 and `file` any number where there is no place to tell.
  mutating func add(
    step: Double, order: Double, metric: Int, value: Double, line: Int = 0, file: Int = 0
  ) throws {
    guard samples.count < Self.mostValues else {
      throw Fault(
        "the metrics hold more than \(grouped(Double(Self.mostValues))) values",
        fix: "export the run as CSV, one row for each step")
    }
    samples.append(
      Sample(step: step, order: order, value: value, metric: metric, line: line, file: file))
  }

  /// Gives the rows by step, each with the file of its first metric; returns how many values others
  /// of the same metric and step replaced.
  func read(_ row: (Row, Int) throws -> Void) rethrows -> Int {
    let order = samples.indices.sorted {
      (samples[$0].step, samples[$0].metric, samples[$0].order, $0)
        < (samples[$1].step, samples[$1].metric, samples[$1].order, $1)
    }
    var known: [[Int]: ColumnNames] = [:]
    var knownNames = 0
    var found: [Int] = []
    var values: [Value] = []
    var first: Sample?
    var repeated = 0
    func finish() throws {
      guard let first else { return }
      let columns = known[found] ?? ColumnNames([axis] + found.map { metrics[$0] })
      if known.count < 256, knownNames <= Self.mostKnownNames, known[found] == nil {
        known[found] = columns
        knownNames += found.count
      }
      let line = first.line > 0 ? first.line : nil
      try row(
        Row(columns: columns, values: [.number(first.step)] + values, line: line), first.file)
      found = []
      values = []
    }
    for sample in order.lazy.map({ samples[$0] }) {
      if let begun = first, sample.step != begun.step {
        try finish()
        first = nil
      }
      first = first ?? sample
      if found.last == sample.metric {
        values[values.count - 1] = .number(sample.value)
        repeated += 1
      } else {
        found.append(sample.metric)
        values.append(.number(sample.value))
      }
    }
    try finish()
    return repeated
  }
}
