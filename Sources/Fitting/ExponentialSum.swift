import Foundation

/// A sum of terms that are linear in one coefficient each and log-linear in shared exponents:
///
///     f(row) = Σⱼ λⱼ · amplitudeⱼ(row) · exp(Σₖ ηₖ · featureⱼₖ(row))
///
/// With logarithms as features this is a sum of products of power laws, so every scaling law
/// that is a sum of such terms shares one gradient, one Hessian and one solver. The parameters
/// are θ = (λ₁ ... λ_T, η₁ ... η_K), in that order.
public struct ExponentialSum: Sendable {
  public struct Term: Sendable {
    /// A known factor for each row; nil for 1.
    public var amplitudes: [Double]?
    /// The exponents that act on this term and what multiplies each, row by row.
    public var features: [(exponent: Int, values: [Double])]

    public init(
      amplitudes: [Double]? = nil, features: [(exponent: Int, values: [Double])] = []
    ) {
      self.amplitudes = amplitudes
      self.features = features
    }
  }

  public let rowCount: Int
  public let termCount: Int
  public let exponentCount: Int
  public var parameterCount: Int { termCount + exponentCount }

  /// Exponent of feature f, for all terms one after the other.
  let featureExponents: [Int]
  /// Term j owns the features `firstFeature[j] ..< firstFeature[j + 1]`.
  let firstFeature: [Int]
  /// Feature values, row by row.
  let values: [Double]
  /// Amplitudes, row by row.
  let amplitudes: [Double]

  public init(rowCount: Int, exponentCount: Int, terms: [Term]) {
    self.rowCount = rowCount
    self.exponentCount = exponentCount
    termCount = terms.count
    featureExponents = terms.flatMap { $0.features.map(\.exponent) }
    firstFeature = terms.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.features.count) }
    let columns = terms.flatMap { $0.features.map(\.values) }
    var values: [Double] = []
    var amplitudes: [Double] = []
    values.reserveCapacity(rowCount * columns.count)
    amplitudes.reserveCapacity(rowCount * terms.count)
    for row in 0..<rowCount {
      for column in columns { values.append(column[row]) }
      for term in terms { amplitudes.append(term.amplitudes?[row] ?? 1) }
    }
    self.values = values
    self.amplitudes = amplitudes
  }

  /// The value of every term without its linear coefficient, row by row, at `exponents`.
  func basis(at exponents: ArraySlice<Double>) -> [Double] {
    let exponents = Array(exponents)
    let featureCount = featureExponents.count
    var result: [Double] = []
    result.reserveCapacity(rowCount * termCount)
    for row in 0..<rowCount {
      for term in 0..<termCount {
        result.append(
          amplitudes[row * termCount + term]
            * factor(row: row, term: term, exponents: exponents, featureCount: featureCount))
      }
    }
    return result
  }

  private func factor(
    row: Int, term: Int, exponents: [Double], featureCount: Int
  ) -> Double {
    let range = firstFeature[term]..<firstFeature[term + 1]
    guard !range.isEmpty else { return 1 }
    var exponent = 0.0
    for feature in range {
      exponent += exponents[featureExponents[feature]] * values[row * featureCount + feature]
    }
    return exp(exponent)
  }

  /// f for every row.
  public func predictions(at parameters: [Double]) -> [Double] {
    let basis = basis(at: parameters[termCount...])
    return (0..<rowCount).map { row in
      var sum = 0.0
      for term in 0..<termCount { sum += parameters[term] * basis[row * termCount + term] }
      return sum
    }
  }

  /// ∂f/∂θ, one column a parameter.
  public func gradientColumns(at parameters: [Double]) -> [[Double]] {
    let basis = basis(at: parameters[termCount...])
    let featureCount = featureExponents.count
    var columns = Array(
      repeating: [Double](repeating: 0, count: rowCount), count: parameterCount)
    for row in 0..<rowCount {
      for term in 0..<termCount {
        let value = basis[row * termCount + term]
        columns[term][row] = value
        for feature in firstFeature[term]..<firstFeature[term + 1] {
          columns[termCount + featureExponents[feature]][row] +=
            parameters[term] * value * values[row * featureCount + feature]
        }
      }
    }
    return columns
  }
}
