import Foundation

/// A sum of terms that are linear in one coefficient each and log-linear in shared exponents:
///
///     f(row) = Σⱼ λⱼ · amplitudeⱼ(row) · exp(Σₖ ηₖ · featureⱼₖ(row))
///
/// With logarithms as features this is a sum of products of power laws, so every scaling law
/// that is a sum of such terms shares one gradient, one Hessian and one solver. The parameters
/// are θ = (λ₁ ... λ_T, η₁ ... η_K), in that order.
///
/// The first terms can be coupled: their sum, raised to the power of the last exponent, is one more
/// term of the rest,
///
///     f(row) = (Σ coupled terms)^κ + Σ other terms,   θ = (λ₁ ... λ_T, η₁ ... η_K, κ)
///
/// Such a law differs from a plain sum in `coupledTerms` alone: derivatives, starting points and
/// the search are the same. Besides, such a law has one constant or nothing.
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

  /// How many terms, counted from the first, are summed and raised to the power of the last
  /// exponent; 0 for a plain sum.
  public private(set) var coupledTerms: Int

  let powers: [Power]
  /// The powers whose product is each term.
  let powersOfTerm: [[Int]]
  /// The known factors of each term, padded like features; empty for 1.
  let amplitudes: [[Double]]

  /// Columns are padded to whole vectors of this many rows.
  static let lanes = 8

  /// - Parameters:
  ///   - exponentCount: with κ, where terms are coupled.
  ///   - coupledTerms: how many of the first terms are; at most one follows them then, a constant.
  public init(rowCount: Int, exponentCount: Int, terms: [Term], coupledTerms: Int = 0) {
    let others = terms.dropFirst(coupledTerms)
    precondition(
      coupledTerms == 0
        || others.count <= 1
          && others.allSatisfy { $0.features.isEmpty && $0.amplitudes == nil }
    )
    self.rowCount = rowCount
    self.exponentCount = exponentCount
    self.coupledTerms = coupledTerms
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

  /// The terms that an exponent acts on: all coupled ones, in the case of κ.
  public func terms(with exponent: Int) -> [Int] {
    if coupledTerms > 0, exponent == exponentCount - 1 { return Array(0..<coupledTerms) }
    return (0..<termCount).filter { term in
      powersOfTerm[term].contains { powers[$0].exponent == exponent }
    }
  }

  /// The same sum over some of the rows.
  public func restricted(to rows: [Int]) -> Self {
    func pick(_ column: [Double]) -> [Double] { rows.map { column[$0] } }
    let terms = (0..<termCount).map { term in
      Term(
        amplitudes: amplitudes[term].isEmpty ? nil : pick(amplitudes[term]),
        features: powersOfTerm[term].map { (powers[$0].exponent, pick(powers[$0].values)) })
    }
    return Self(
      rowCount: rows.count, exponentCount: exponentCount, terms: terms, coupledTerms: coupledTerms)
  }
  /// The value of every term without its linear coefficient at `exponents`: one column a term.
  func basis(at exponents: [Double]) -> [[Double]] {
    var plain = self
    plain.coupledTerms = 0
    let linear = [Double](repeating: 0, count: termCount)
    return Array(plain.evaluate(at: linear + exponents).slopes.prefix(termCount))
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
