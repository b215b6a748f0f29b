import Foundation

/// A law together with a count of compute, which makes optimal sparsity a question with an
/// answer.
public struct ComputeModel: Sendable {
  public var law: ScalingLaw
  public var accounting: Accounting
  /// k: FLOPs per parameter and unit of data; 6 for tokens.
  public var flopsPerParameter: Double
  /// e: further FLOPs per unit of data, whatever the accounting; nil to leave them out.
  ///
  /// With them C = (k N m(S) + e) D, so that thresholds and overtakes depend on size.
  public var extra: ExtraCompute?
  /// N at which a law is asked whose contours differ between sizes.
  public var referenceParameters: Double

  public init(
    law: ScalingLaw, accounting: Accounting, flopsPerParameter: Double,
    referenceParameters: Double = 1e9
  ) {
    self.law = law
    self.accounting = accounting
    self.flopsPerParameter = flopsPerParameter
    self.referenceParameters = referenceParameters
  }

  public init(
    law: FrantarLaw, accounting: Accounting, flopsPerParameter: Double
  ) {
    self.init(
      law: ScalingLaw(law), accounting: accounting, flopsPerParameter: flopsPerParameter)
  }

  /// M(N, S) = m(S) + e(N / (1 − S)) / (k N): what a unit of data costs, over k N.
  func costFactor(nonZeroParameters: Double, sparsity: Double) -> Double {
    let cost = accounting.costFactor(sparsity)
    guard let extra else { return cost }
    return cost
      + extra.flops(denseParameters: nonZeroParameters / (1 - sparsity))
      / (flopsPerParameter * nonZeroParameters)
  }

  /// The paper's law where its closed forms hold: they have no further FLOPs.
  var closed: FrantarLaw? { extra == nil ? law.closed : nil }

  /// The multiple of Chinchilla compute that pays for the data `unit` of a model whose unit of data
  /// costs k N.
  func chinchillaMultiple(ofUnitData unit: Double, nonZeroParameters: Double) -> Double {
    unit
      / (chinchillaData(nonZeroParameters: nonZeroParameters)
        * costFactor(nonZeroParameters: nonZeroParameters, sparsity: 0))
  }

  /// C = k N D M(N, S), in FLOPs; M is m(S) without further FLOPs.
  public func flops(nonZeroParameters: Double, sparsity: Double, data: Double) -> Double {
    flopsPerParameter * nonZeroParameters * data
      * costFactor(nonZeroParameters: nonZeroParameters, sparsity: sparsity)
  }

  /// The data that `flops` pays for.
  public func data(nonZeroParameters: Double, sparsity: Double, flops: Double) -> Double {
    flops
      / (flopsPerParameter * nonZeroParameters
        * costFactor(nonZeroParameters: nonZeroParameters, sparsity: sparsity))
  }

  /// The loss that `flops` buys at size N and sparsity S.
  public func loss(nonZeroParameters: Double, sparsity: Double, flops: Double) -> Double {
    law.loss(
      nonZeroParameters: nonZeroParameters, sparsity: sparsity,
      data: data(nonZeroParameters: nonZeroParameters, sparsity: sparsity, flops: flops))
  }

  /// The data for which a dense model of N parameters is the compute-optimal ("Chinchilla") one.
  ///
  /// Of K(N) = k N + e(N) FLOPs per unit of data the least L(N, C / K(N)) has −∂u/∂log N = ρ b v
  /// D^−b, with ρ = d log K / d log N = (k N + p e) / (k N + e) at S = 0: 1 without further FLOPs,
  /// so that the law's own D is to be multiplied by ρ^(1/b).
  public func chinchillaData(nonZeroParameters: Double) -> Double {
    let data = law.chinchillaData(nonZeroParameters: nonZeroParameters)
    guard let extra else { return data }
    let own = flopsPerParameter * nonZeroParameters
    let further = extra.flops(denseParameters: nonZeroParameters)
    return data * pow((own + extra.exponent * further) / (own + further), 1 / law.dataExponent)
  }

  /// The compute for which a dense model of N parameters is optimal, in FLOPs.
  public func chinchillaFlops(nonZeroParameters: Double) -> Double {
    flops(
      nonZeroParameters: nonZeroParameters, sparsity: 0,
      data: chinchillaData(nonZeroParameters: nonZeroParameters))
  }

  /// The slope 1 + b_N / b_D of every line of equal optimal sparsity, and of the Chinchilla
  /// line, in the (log N, log C) plane; nil where contours are not parallel lines.
  public var contourSlope: Double? {
    extra != nil ? nil : law.commonSizeExponent.map { 1 + $0 / law.dataExponent }
  }
}
