import Foundation

/// The weighted mean loss of an exponential sum against measured values.
public struct ExponentialSumObjective: Sendable {
  /// How a prediction is compared with its measurement.
  public enum Residual: String, Sendable {
    /// log predicted − log measured.
    case log
    /// predicted − measured.
    case linear

    /// The residual of one prediction.
    public func callAsFunction(predicted: Double, measured: Double) -> Double {
      switch self {
      case .log: Foundation.log(predicted) - Foundation.log(measured)
      case .linear: predicted - measured
      }
    }
  }

  public let sum: ExponentialSum
  public let measured: [Double]
  public let residual: Residual
  public let loss: Loss
  /// Non-negative weights, one a row: in a bootstrap replicate, how often each run was drawn.
  public let weights: [Double]
  let totalWeight: Double
  /// What predictions, or their logarithms, are compared with.
  private let targets: [Double]
  /// The rows of positive weight: what they predict, what a prediction (or its logarithm) is
  /// compared with, and their weights.
  let counted: ExponentialSum
  let countedTargets: [Double]
  let countedWeights: [Double]

  /// - Parameters:
  ///   - measured: one value a row of `sum`; positive where `residual` is `.log`.
  ///   - weights: one a row; nil for equal weights.
  public init(
    sum: ExponentialSum, measured: [Double], residual: Residual, loss: Loss,
    weights: [Double]? = nil
  ) {
    self.init(
      sum: sum, measured: measured,
      targets: residual == .log ? measured.map { Foundation.log($0) } : measured,
      residual: residual, loss: loss,
      weights: weights ?? Array(repeating: 1, count: measured.count))
  }

  private init(
    sum: ExponentialSum, measured: [Double], targets: [Double], residual: Residual, loss: Loss,
    weights: [Double]
  ) {
    self.sum = sum
    self.measured = measured
    self.targets = targets
    self.residual = residual
    self.loss = loss
    self.weights = weights
    totalWeight = weights.reduce(0, +)
    if weights.allSatisfy({ $0 > 0 }) {
      (counted, countedTargets, countedWeights) = (sum, targets, weights)
    } else {
      let rows = weights.indices.filter { weights[$0] > 0 }
      counted = sum.restricted(to: rows)
      countedTargets = rows.map { targets[$0] }
      countedWeights = rows.map { weights[$0] }
    }
  }

  /// The same objective with other weights, or other measurements.
  public func reweighted(_ weights: [Double], measured: [Double]? = nil) -> Self {
    if let measured {
      return Self(
        sum: sum, measured: measured, residual: residual, loss: loss, weights: weights)
    }
    return Self(
      sum: sum, measured: self.measured, targets: targets, residual: residual, loss: loss,
      weights: weights)
  }

  /// The weighted mean loss at `parameters`; infinite outside the domain.
  public func value(at parameters: [Double]) -> Double {
    var total = 0.0
    for (row, predicted) in counted.predictions(at: parameters).enumerated() {
      guard predicted > 0 || residual == .linear else { return .infinity }
      let r = (residual == .log ? log(predicted) : predicted) - countedTargets[row]
      total += countedWeights[row] * loss.value(r)
    }
    return total / totalWeight
  }

  /// The linear coefficients that fit best at given exponents in weighted least squares, with
  /// log residuals taken to first order (predicted / measured − 1).
  func bestLinearCoefficients(at exponents: [Double]) -> [Double] {
    let count = sum.termCount
    let basis = counted.basis(at: exponents[...])
    var gram = [Double](repeating: 0, count: count * count)
    var moments = [Double](repeating: 0, count: count)
    for row in 0..<counted.rowCount {
      // Relative to the measurement, exp(target), the moment of a log residual is 1.
      let target = countedTargets[row]
      let scale = residual == .log ? exp(-target) : 1
      let measured = residual == .log ? 1 : target
      for term in 0..<count {
        let value = countedWeights[row] * scale * basis[term][row]
        moments[term] += value * measured
        for other in 0..<count { gram[term * count + other] += value * scale * basis[other][row] }
      }
    }
    return NonNegativeLeastSquares.solve(gram: gram, moments: moments)
  }
}
