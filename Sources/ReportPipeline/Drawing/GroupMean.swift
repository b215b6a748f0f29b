import Plotting

/// The mean of a group of numbers with the standard error of their scatter.
struct GroupMean: Sendable {
  var mean: Double
  /// Nil of a single number.
  var standardError: Double?

  /// - Parameter weights: one a number; nil for equal ones.
  init?(_ values: [Double], weights: [Double]? = nil) {
    guard !values.isEmpty else { return nil }
    let weights = weights ?? values.map { _ in 1 }
    let total = weights.reduce(0, +)
    let mean = zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 } / total
    let squares = zip(weights, values).reduce(0) {
      $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean)
    }
    self.mean = mean
    if values.count > 1 {
      standardError = (squares / total / Double(values.count - 1)).squareRoot()
    }
  }

  /// Two standard errors to either side.
  var interval: ClosedRange<Double>? {
    standardError.map { (mean - 2 * $0)...(mean + 2 * $0) }
  }
}

/// The values that an axis must show of a cloud of points: all but a twentieth at either end.
func central(_ values: [Double]) -> [Double] {
  let sorted = values.sorted()
  guard let last = sorted.indices.last else { return [] }
  return [sorted[sorted.count / 20], sorted[last - sorted.count / 20]]
}
