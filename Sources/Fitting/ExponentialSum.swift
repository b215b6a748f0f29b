import Foundation

/// A sum of terms that are linear in one coefficient each and log-linear in shared exponents:
///
///     f(row) = Σⱼ λⱼ · amplitudeⱼ(row) · exp(Σₖ ηₖ · featureⱼₖ(row))
///
/// With logarithms as features this is a sum of products of power laws, so every scaling law
/// that is a sum of such terms shares one gradient, one Hessian and one solver. The parameters
/// are θ = (λ₁ ... λ_T, η₁ ... η_K), in that order.
///
/// A term is a product of powers exp(ηₖ · feature). Terms share powers of the same feature, and
/// a power is computed once for each distinct value of its feature: sweeps repeat the same few
/// sizes and sparsities, so this spares most exponentials.
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

  /// exp(η · feature) for one exponent and one feature.
  struct Power: Sendable, Equatable {
    /// Which η.
    var exponent: Int
    /// The feature, one value a row, then zeros up to whole vectors.
    var values: [Double]
    /// The distinct values of the feature.
    var levels: [Double]
    /// Which level each row has.
    var levelOfRow: [Int32]
  }

  public let rowCount: Int
  public let termCount: Int
  public let exponentCount: Int
  public var parameterCount: Int { termCount + exponentCount }

  let powers: [Power]
  /// The powers whose product is each term.
  let powersOfTerm: [[Int]]
  /// The known factors of each term, padded like features; empty for 1.
  let amplitudes: [[Double]]

  /// Columns are padded to whole vectors of this many rows.
  static let lanes = 8

  public init(rowCount: Int, exponentCount: Int, terms: [Term]) {
    self.rowCount = rowCount
    self.exponentCount = exponentCount
    termCount = terms.count
    var powers: [Power] = []
    powersOfTerm = terms.map { term in
      term.features.map { feature in
        let power = Power(
          exponent: feature.exponent, values: feature.values, rowCount: rowCount)
        if let known = powers.firstIndex(of: power) { return known }
        powers.append(power)
        return powers.count - 1
      }
    }
    self.powers = powers
    amplitudes = terms.map { term in term.amplitudes.map { padded($0) } ?? [] }
  }

  /// The same sum over some of the rows.
  func restricted(to rows: [Int]) -> Self {
    func pick(_ column: [Double]) -> [Double] { rows.map { column[$0] } }
    let terms = (0..<termCount).map { term in
      Term(
        amplitudes: amplitudes[term].isEmpty ? nil : pick(amplitudes[term]),
        features: powersOfTerm[term].map { (powers[$0].exponent, pick(powers[$0].values)) })
    }
    return Self(rowCount: rows.count, exponentCount: exponentCount, terms: terms)
  }

  /// The value of every term without its linear coefficient at `exponents`: one column a term.
  func basis(at exponents: ArraySlice<Double>) -> [[Double]] {
    let columns = powers.map { power in
      let table = power.levels.map { exp(exponents[exponents.startIndex + power.exponent] * $0) }
      return power.levelOfRow.map { table[Int($0)] }
    }
    return (0..<termCount).map { term in
      var column =
        amplitudes[term].isEmpty
        ? [Double](repeating: 1, count: rowCount) : Array(amplitudes[term][..<rowCount])
      for power in powersOfTerm[term] {
        for row in 0..<rowCount { column[row] *= columns[power][row] }
      }
      return column
    }
  }

  /// f for every row.
  public func predictions(at parameters: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: rowCount)
    for (coefficient, column) in zip(parameters, basis(at: parameters[termCount...])) {
      for row in 0..<rowCount { sums[row] += coefficient * column[row] }
    }
    return sums
  }

  /// ∂f/∂θ, one column a parameter.
  public func gradientColumns(at parameters: [Double]) -> [[Double]] {
    let basis = basis(at: parameters[termCount...])
    let zeros = [Double](repeating: 0, count: rowCount)
    var slopes = Array(repeating: zeros, count: exponentCount)
    for term in 0..<termCount {
      for power in powersOfTerm[term].map({ powers[$0] }) {
        for row in 0..<rowCount {
          slopes[power.exponent][row] += parameters[term] * basis[term][row] * power.values[row]
        }
      }
    }
    return basis + slopes
  }
}

extension ExponentialSum.Power {
  init(exponent: Int, values: [Double], rowCount: Int) {
    self.exponent = exponent
    self.values = padded(values)
    var known: [Double: Int32] = [:]
    var levels: [Double] = []
    levelOfRow = values[..<rowCount].map { value in
      if let level = known[value] { return level }
      known[value] = Int32(levels.count)
      levels.append(value)
      return Int32(levels.count - 1)
    }
    self.levels = levels
  }
}

/// `column` with zeros up to whole vectors.
private func padded(_ column: [Double]) -> [Double] {
  column + [Double](repeating: 0, count: padded(count: column.count) - column.count)
}

/// The number of rows up to whole vectors.
func padded(count: Int) -> Int {
  (count + ExponentialSum.lanes - 1) / ExponentialSum.lanes * ExponentialSum.lanes
}
