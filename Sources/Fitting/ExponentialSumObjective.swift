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
  /// What a prediction, or its logarithm, is compared with.
  let targets: [Double]
  let totalWeight: Double

  /// - Parameters:
  ///   - measured: one value a row of `sum`; positive where `residual` is `.log`.
  ///   - weights: one a row; nil for equal weights.
  public init(
    sum: ExponentialSum, measured: [Double], residual: Residual, loss: Loss,
    weights: [Double]? = nil
  ) {
    self.sum = sum
    self.measured = measured
    self.residual = residual
    self.loss = loss
    self.weights = weights ?? Array(repeating: 1, count: measured.count)
    totalWeight = self.weights.reduce(0, +)
    targets = residual == .log ? measured.map { log($0) } : measured
  }

  /// The same objective with other weights, or other measurements.
  public func reweighted(_ weights: [Double], measured: [Double]? = nil) -> Self {
    Self(
      sum: sum, measured: measured ?? self.measured, residual: residual, loss: loss,
      weights: weights)
  }

  /// The weighted mean loss at `parameters`; infinite outside the domain.
  public func value(at parameters: [Double]) -> Double {
    var total = 0.0
    for (row, predicted) in sum.predictions(at: parameters).enumerated() where weights[row] > 0 {
      guard predicted > 0 || residual == .linear else { return .infinity }
      let r = (residual == .log ? log(predicted) : predicted) - targets[row]
      total += weights[row] * loss.value(r)
    }
    return total / totalWeight
  }

  /// The linear coefficients that fit best at given exponents in weighted least squares, with
  /// log residuals taken to first order (predicted / measured − 1).
  func bestLinearCoefficients(at exponents: [Double]) -> [Double] {
    let count = sum.termCount
    let basis = sum.basis(at: exponents[...])
    var gram = [Double](repeating: 0, count: count * count)
    var moments = [Double](repeating: 0, count: count)
    for row in 0..<sum.rowCount where weights[row] > 0 {
      let scale = residual == .log ? 1 / measured[row] : 1
      let weight = weights[row] * scale * scale
      for term in 0..<count {
        let value = basis[row * count + term]
        moments[term] += weight * value * measured[row]
        for other in 0..<count {
          gram[term * count + other] += weight * value * basis[row * count + other]
        }
      }
    }
    return NonNegativeLeastSquares.solve(gram: gram, moments: moments)
  }
}
