import Fitting
import Foundation
import RunLogs

/// The shape of a law, as data:
///
///     L(S, N, D) = c + (Σ terms)^k
///
/// A term is a coefficient times powers of N, D, the density 1 − S, the sparsity S or the mean
/// density over training; every law of this program is such a sum, and k is 1 unless the form
/// names a power. Fitting, predicting and every conclusion follow from this description alone, so
/// that a further law is one more value in `Laws`.
public struct LawForm: Sendable {
  /// What a power is taken of.
  public enum Base: Sendable, Equatable { case size, data, density, sparsity, meanDensity }

  /// One power of a term.
  public struct Factor: Sendable, Equatable {
    public var base: Base
    /// The name of the exponent.
    public var exponent: String
    /// 1 for base^η, −1 for base^−η.
    public var sign: Double
  }

  /// How a coefficient is written.
  public enum Writing: Sendable, Equatable {
    /// The coefficient stands before the powers.
    case factor
    /// The coefficient stands inside the first power: (a / base)^η.
    case scale
    /// The term is that of the first, with N multiplied by the coefficient.
    case multiplierOfFirst
    /// The coefficient is the term's over the first term's.
    case ratioToFirst
  }

  public struct Term: Sendable {
    /// The name of the coefficient.
    public var name: String
    public var writing = Writing.factor
    public var factors: [Factor]
    /// The only sparsity level that has this term, by its position in `levels`.
    public var level: Int?
    /// Whether the term may be negative.
    public var isSigned = false
  }

  /// An exponent and where it is searched.
  public struct Exponent: Sendable {
    public var name: String
    /// A fit that ends at either end is reported as being at a bound.
    public var bounds: ClosedRange<Double>
    /// Where starting points are drawn.
    public var startRange: ClosedRange<Double>

    public init(
      _ name: String, bounds: ClosedRange<Double> = 0.01...5,
      startRange: ClosedRange<Double> = 0.05...1.5
    ) {
      self.name = name
      self.bounds = bounds
      self.startRange = startRange
    }
  }

  /// A short machine-readable name, as in sweep.yml and results.json.
  public var key: String
  /// The name in a table, in plain words.
  public var title: String
  /// The law as a reader would write it, in Markdown with plain Unicode.
  public var formula: String
  /// Where the law comes from.
  public var citation: String
  /// In the order of the parameters.
  public var exponents: [Exponent]
  /// In the order of the parameters; the constant is one more, after them.
  public var terms: [Term]
  /// The name of the irreducible loss.
  public var constant = "c"
  /// The last exponent, where it is taken of the sum of the terms.
  public var power: String?
  /// The fewest distinct sparsities that the law is offered for.
  public var fewestSparsities: Int
  /// Whether the paper's closed forms hold on the coefficients of the terms.
  public var hasClosedForms = false
  /// The claim of the paper that the last exponent of the form is 0, if it is one.
  public var claim: InteractionClaim.Kind?
  /// The sparsities that have a term of their own. Of others the law says nothing: losses there
  /// are NaN.
  public var levels: [Double] = []
  /// How sparsity grows in training, for the mean density.
  public var schedule = PruningSchedule()

  /// The number of coefficients that are fitted.
  public var coefficientCount: Int { terms.count + 1 + exponents.count }

  /// The terms that may be negative, by position.
  var signedTerms: Set<Int> { Set(terms.indices.filter { terms[$0].isSigned }) }

  /// Names in the order of the parameters: linear coefficients, then exponents.
  public var parameterNames: [String] {
    terms.map(\.name) + [constant] + exponents.map(\.name)
  }

  /// Whether the law says that sparsity changes the loss at equal N, if its coefficients do.
  public var knowsSparsity: Bool {
    let bases: [Base] = [.density, .sparsity, .meanDensity]
    return !levels.isEmpty
      || terms.contains { $0.factors.contains { bases.contains($0.base) } }
  }

  /// The level of a sparsity, by its nominal value; nil where the law says nothing of it.
  func level(of sparsity: Double) -> Int? {
    let nominal = nominalSparsity(sparsity)
    func distance(_ index: Int) -> Double { abs(log((1 - levels[index]) / (1 - nominal))) }
    return levels.indices.min { distance($0) < distance($1) }
      .flatMap { distance($0) <= Level.tolerance ? $0 : nil }
  }

  /// Whether the law says anything of a sparsity.
  public func speaks(of sparsity: Double) -> Bool { levels.isEmpty || level(of: sparsity) != nil }

  /// log of a base at a setting, in fitting units; nil where the base is 0.
  func logarithm(_ base: Base, _ setting: Setting, _ units: Normalisation) -> Double? {
    switch base {
    case .size: log(setting.nonZeroParameters / units.nonZeroParameters)
    case .data: log(setting.data / units.data)
    case .density: log(1 - setting.sparsity)
    case .sparsity: setting.sparsity > 0 ? log(setting.sparsity) : nil
    case .meanDensity: log(schedule.meanDensity(target: setting.sparsity))
    }
  }

  /// The design of a fit or of predictions for `settings`.
  public func sum(for settings: [Setting], units: Normalisation) -> ExponentialSum {
    let members = levels.isEmpty ? [] : settings.map { level(of: $0.sparsity) }
    let columns = terms.map { term -> ExponentialSum.Term in
      var amplitudes: [Double]?
      if let level = term.level {
        amplitudes = members.map { member in member.map { $0 == level ? 1 : 0 } ?? .nan }
      }
      var features: [(exponent: Int, values: [Double])] = []
      for (index, exponent) in exponents.enumerated() {
        let factors = term.factors.filter { $0.exponent == exponent.name }
        guard !factors.isEmpty else { continue }
        let values = settings.indices.map { row in
          factors.reduce(0) { total, factor in
            guard let value = logarithm(factor.base, settings[row], units) else {
              // 0 to any power is 0: the term vanishes for this row.
              amplitudes = amplitudes ?? Array(repeating: 1, count: settings.count)
              amplitudes?[row] = 0
              return 0
            }
            return total + factor.sign * value
          }
        }
        features.append((index, values))
      }
      return .init(amplitudes: amplitudes, features: features)
    }
    return ExponentialSum(
      rowCount: settings.count, exponentCount: exponents.count, terms: columns + [.init()],
      coupledTerms: power == nil ? 0 : terms.count)
  }

  /// The coefficients in absolute units of N and D, in the order in which papers give them.
  public func coefficients(of parameters: [Double], units: Normalisation) -> [Coefficient] {
    func value(_ exponent: String) -> Double {
      exponents.firstIndex { $0.name == exponent }.map { parameters[terms.count + 1 + $0] } ?? 0
    }
    var found = terms.indices.map { index -> Coefficient in
      let term = terms[index]
      let amplitude = parameters[index]
      switch term.writing {
      case .factor:
        let unit = term.factors.reduce(1) { product, factor in
          product * pow(units.unit(of: factor.base), -factor.sign * value(factor.exponent))
        }
        return Coefficient(term.name, amplitude * unit)
      case .scale:
        let inner = pow(amplitude, 1 / value(term.factors[0].exponent))
        return Coefficient(term.name, inner * units.unit(of: term.factors[0].base))
      case .multiplierOfFirst:
        let ratio = amplitude / parameters[0]
        return Coefficient(term.name, pow(ratio, -1 / value(term.factors[0].exponent)))
      case .ratioToFirst:
        return Coefficient(term.name, amplitude / parameters[0])
      }
    }
    found.append(Coefficient(constant, parameters[terms.count]))
    found += exponents.map { Coefficient($0.name, value($0.name)) }
    let places = found.indices.map { Self.order.firstIndex(of: found[$0].name) ?? 100 + $0 }
    return found.indices.sorted { places[$0] < places[$1] }.map { found[$0] }
  }

  /// The parameters, in units of 1, of named coefficients; nil where one is missing.
  func parameters(of coefficients: [String: Double]) -> [Double]? {
    guard parameterNames.allSatisfy({ coefficients[$0] != nil }) else { return nil }
    func value(_ name: String) -> Double { coefficients[name] ?? .nan }
    let first = terms.first.map { value($0.name) } ?? 0
    let linear = terms.map { term -> Double in
      switch term.writing {
      case .factor: value(term.name)
      case .scale: pow(value(term.name), value(term.factors[0].exponent))
      case .multiplierOfFirst: first * pow(value(term.name), -value(term.factors[0].exponent))
      case .ratioToFirst: first * value(term.name)
      }
    }
    return linear + [value(constant)] + exponents.map { value($0.name) }
  }

  /// The names of the coefficients in that order.
  public var coefficientNames: [String] {
    coefficients(of: parameterNames.map { _ in 1 }, units: Normalisation([])).map(\.name)
  }

  /// The order of coefficients in tables; others follow.
  private static let order = ["a_S", "b_S", "c_S", "b_N", "a_D", "b_D", "c"]
}
