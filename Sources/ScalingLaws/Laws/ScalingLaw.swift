import Foundation
import RunLogs

/// A law with numbers for its coefficients.
///
/// At one size and sparsity every law of `Laws` is c + (u + v D^−b)^k, with u the size terms, v the
/// amplitude of the data term and b its exponent. Predictions, their inverses and all conclusions
/// about compute are made from these parts; laws with closed forms take them (`closed`).
public struct ScalingLaw: Sendable, Equatable {
  public let form: LawForm
  /// In fitting units: linear coefficients, then exponents.
  let parameters: [Double]
  let units: Normalisation
  /// The paper's law on the inner coefficients, where this law is it or a power of it.
  public let closed: FrantarLaw?
  /// k.
  let power: Double
  /// The irreducible loss.
  public let c: Double
  /// b: how fast the data term falls.
  let dataExponent: Double
  /// The powers of each term, ±η by base.
  private let powers: [[(base: LawForm.Base, exponent: Double)]]

  public init(form: LawForm, parameters: [Double], units: Normalisation) {
    self.form = form
    self.parameters = parameters
    self.units = units
    c = parameters[form.terms.count]
    power = form.power == nil ? 1 : parameters.last ?? 1
    let first = form.terms.count + 1
    let name = form.terms.lazy.flatMap(\.factors).first { $0.base == .data }?.exponent
    let place = form.exponents.firstIndex { $0.name == name }
    dataExponent = place.map { parameters[first + $0] } ?? 1
    powers = form.terms.map { term in
      term.factors.map { factor in
        let place = form.exponents.firstIndex { $0.name == factor.exponent }
        return (factor.base, factor.sign * (place.map { parameters[first + $0] } ?? 0))
      }
    }
    closed =
      form.hasClosedForms
      ? FrantarLaw(coefficients: form.coefficients(of: parameters, units: units)) : nil
  }

  /// The paper's law.
  public init(_ law: FrantarLaw) {
    powers = []
    form = Laws.sparsity
    units = Normalisation([])
    parameters = [law.aS, law.cS, pow(law.aD, law.bD), law.c, law.bS, law.bN, law.bD]
    closed = law
    power = 1
    c = law.c
    dataExponent = law.bD
  }

  /// A law of named coefficients in absolute units; nil where one is missing.
  public init?(form: LawForm, coefficients: [String: Double]) {
    guard let parameters = form.parameters(of: coefficients) else { return nil }
    self.init(form: form, parameters: parameters, units: Normalisation([]))
  }

  public static func == (a: ScalingLaw, b: ScalingLaw) -> Bool {
    a.form.key == b.form.key && a.coefficients == b.coefficients
  }

  /// In absolute units of N and D, in the order in which papers give them.
  public var coefficients: [Coefficient] {
    if let closed, form.key == Laws.sparsity.key { return closed.coefficients }
    return form.coefficients(of: parameters, units: units)
  }

  /// Whether sparsity changes the loss at equal non-zero size, so that an optimal sparsity is
  /// worth asking for.
  public var respondsToSparsity: Bool { closed?.respondsToSparsity ?? form.knowsSparsity }

  /// Whether the law speaks of every sparsity rather than of the measured ones alone.
  public var isContinuous: Bool { form.levels.isEmpty }

  /// Whether the law says anything of a sparsity.
  public func speaks(of sparsity: Double) -> Bool { form.speaks(of: sparsity) }

  /// u and v of c + (u + v D^−b)^k; NaN at a sparsity of which the law says nothing.
  func parts(nonZeroParameters: Double, sparsity: Double) -> (size: Double, data: Double) {
    if let closed {
      return (
        closed.sizeTerm(nonZeroParameters: nonZeroParameters, sparsity: sparsity),
        pow(closed.aD, closed.bD)
      )
    }
    let setting = Setting(nonZeroParameters: nonZeroParameters, sparsity: sparsity, data: 1)
    guard speaks(of: sparsity) else { return (.nan, .nan) }
    let level = form.levels.isEmpty ? nil : form.level(of: sparsity)
    var (size, data) = (0.0, 0.0)
    for (index, term) in form.terms.enumerated() where term.level == level || term.level == nil {
      let value = parameters[index] * value(of: index, at: setting)
      if term.isData { data += value } else { size += value }
    }
    return (size, data)
  }

  /// The powers of a term, without its coefficient.
  private func value(of term: Int, at setting: Setting) -> Double {
    var exponent = 0.0
    for power in powers[term] {
      guard let logarithm = form.logarithm(power.base, setting, units) else { return 0 }
      exponent += power.exponent * logarithm
    }
    return exp(exponent)
  }

  /// The predicted loss.
  public func loss(nonZeroParameters: Double, sparsity: Double, data: Double) -> Double {
    if let closed, power == 1 {
      return closed.loss(nonZeroParameters: nonZeroParameters, sparsity: sparsity, data: data)
    }
    let parts = parts(nonZeroParameters: nonZeroParameters, sparsity: sparsity)
    return loss(inner: parts.size + parts.data * pow(data, -dataExponent))
  }

  public func loss(_ setting: Setting) -> Double {
    loss(
      nonZeroParameters: setting.nonZeroParameters, sparsity: setting.sparsity,
      data: setting.data)
  }

  /// c + inner^k.
  func loss(inner: Double) -> Double { c + (power == 1 ? inner : pow(inner, power)) }

  /// The sum inside the power at `loss`; negative or NaN where no sum has this loss.
  private func inner(_ loss: Double) -> Double {
    power == 1 ? loss - c : pow(loss - c, 1 / power)
  }

  /// The size terms u that a measured loss implies, given the rest of the law without sparsity.
  public func sizeTerm(impliedBy loss: Double, data: Double) -> Double {
    inner(loss) - parts(nonZeroParameters: 1, sparsity: 0).data * pow(data, -dataExponent)
  }

  /// The data at which a model reaches `loss`; nil where no amount of data does.
  public func data(forLoss loss: Double, nonZeroParameters: Double, sparsity: Double) -> Double? {
    let parts = parts(nonZeroParameters: nonZeroParameters, sparsity: sparsity)
    let rest = inner(loss) - parts.size
    return rest > 0 ? pow(parts.data / rest, 1 / dataExponent) : nil
  }

  /// The parameters of the dense model that reaches `loss` on `data`; nil where none of up to 10³⁰
  /// parameters does, the largest size that is ever read.
  public func denseParameters(forLoss loss: Double, data: Double) -> Double? {
    let dense = parts(nonZeroParameters: 1, sparsity: 0)
    return denseParameters(forSizeTerm: inner(loss) - dense.data * pow(data, -dataExponent))
  }

  /// N with u(N, S = 0) = `term`; nil where there is none up to 10³⁰.
  private func denseParameters(forSizeTerm term: Double) -> Double? {
    guard term > 0 else { return nil }
    if let exponent = commonSizeExponent {
      let size = pow(
        term / parts(nonZeroParameters: 1, sparsity: 0).size, -1 / exponent)
      return size <= 1e30 ? size : nil
    }
    func excess(_ logSize: Double) -> Double {
      parts(nonZeroParameters: exp(logSize), sparsity: 0).size - term
    }
    var (low, high) = (log(1e-30), log(1e30))
    if excess(high) > 0 {
      // Terms of which one rises with size have one minimum, and dense models do better up to it.
      var start = low
      for _ in 0..<100 {
        let third = (high - start) / 3
        if excess(start + third) < excess(high - third) { high -= third } else { start += third }
      }
    }
    guard excess(low) > 0, excess(high) <= 0 else { return nil }
    for _ in 0..<200 where high - low > 1e-13 * abs(high) {
      let middle = (low + high) / 2
      if excess(middle) > 0 { low = middle } else { high = middle }
    }
    return exp((low + high) / 2)
  }

  /// η of N^−η in a term.
  private func sizeExponent(_ term: Int) -> Double {
    -powers[term].filter { $0.base == .size }.reduce(0) { $0 + $1.exponent }
  }

  /// The data for which a dense model of N parameters is the compute-optimal ("Chinchilla") one:
  /// ∂L/∂log N = ∂L/∂log D at S = 0, so that −∂u/∂log N = b v D^−b.
  public func chinchillaData(nonZeroParameters: Double) -> Double {
    if let closed {
      let balance =
        closed.bN * closed.sizeTerm(nonZeroParameters: nonZeroParameters, sparsity: 0)
      return closed.aD * pow(closed.bD / balance, 1 / closed.bD)
    }
    guard speaks(of: 0) else { return .nan }
    let setting = Setting(nonZeroParameters: nonZeroParameters, sparsity: 0, data: 1)
    let level = form.levels.isEmpty ? nil : form.level(of: 0)
    var fall = 0.0
    for (index, term) in form.terms.enumerated()
    where !term.isData && (term.level == level || term.level == nil) {
      fall += sizeExponent(index) * parameters[index] * value(of: index, at: setting)
    }
    let data = parts(nonZeroParameters: nonZeroParameters, sparsity: 0).data
    return pow(dataExponent * data / fall, 1 / dataExponent)
  }

  /// How many times the parameters a dense model needs to match a model of sparsity S and N
  /// non-zero parameters on the same data.
  ///
  /// The same for every N and D where `hasConstantMultipliers`, else at those given.
  public func effectiveParameterMultiplier(
    sparsity: Double, nonZeroParameters: Double = 1, data: Double = 1
  ) -> Double {
    if let closed { return closed.effectiveParameterMultiplier(sparsity: sparsity) }
    let sparse = parts(nonZeroParameters: nonZeroParameters, sparsity: sparsity)
    let dense = parts(nonZeroParameters: nonZeroParameters, sparsity: 0)
    let term = sparse.size + (sparse.data - dense.data) * pow(data, -dataExponent)
    // No dense model does as well: it would have to be infinite.
    return (denseParameters(forSizeTerm: term) ?? .infinity) / nonZeroParameters
  }

  /// The limit of the multiplier for S → 1; nil where it is infinite or the law has none.
  public var effectiveParameterLimit: Double? { closed?.effectiveParameterLimit }

  /// η of N^−η, where all size terms share it: multiples of Chinchilla compute are then the same at
  /// every size, and contours are lines.
  var commonSizeExponent: Double? {
    if let closed { return closed.bN }
    let exponents = Set(form.terms.indices.filter { !form.terms[$0].isData }.map(sizeExponent))
    return exponents.count == 1 ? exponents.first : nil
  }

  /// Whether multipliers are the same for every N and D.
  public var hasConstantMultipliers: Bool {
    commonSizeExponent != nil && !form.terms.contains { $0.isData && $0.factors.count > 1 }
  }
}

extension LawForm.Term {
  /// Whether the term falls with data.
  var isData: Bool { factors.contains { $0.base == .data } }
}
