import Foundation

/// A law together with a count of compute, which makes optimal sparsity a question with an
/// answer.
public struct ComputeModel: Sendable {
  public var law: ScalingLaw
  public var accounting: Accounting
  /// k: FLOPs per parameter and unit of data; 6 for tokens.
  public var flopsPerParameter: Double
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

  /// C = k N D m(S), in FLOPs.
  public func flops(nonZeroParameters: Double, sparsity: Double, data: Double) -> Double {
    flopsPerParameter * nonZeroParameters * data * accounting.costFactor(sparsity)
  }

  /// The data that `flops` pays for.
  public func data(nonZeroParameters: Double, sparsity: Double, flops: Double) -> Double {
    flops / (flopsPerParameter * nonZeroParameters * accounting.costFactor(sparsity))
  }

  /// The loss that `flops` buys at size N and sparsity S.
  public func loss(nonZeroParameters: Double, sparsity: Double, flops: Double) -> Double {
    law.loss(
      nonZeroParameters: nonZeroParameters, sparsity: sparsity,
      data: data(nonZeroParameters: nonZeroParameters, sparsity: sparsity, flops: flops))
  }

  /// The data for which a dense model of N parameters is the compute-optimal ("Chinchilla") one.
  public func chinchillaData(nonZeroParameters: Double) -> Double {
    law.chinchillaData(nonZeroParameters: nonZeroParameters)
  }

  /// The compute for which a dense model of N parameters is optimal, in FLOPs.
  public func chinchillaFlops(nonZeroParameters: Double) -> Double {
    flopsPerParameter * nonZeroParameters
      * chinchillaData(nonZeroParameters: nonZeroParameters)
  }

  /// The slope 1 + b_N / b_D of every line of equal optimal sparsity, and of the Chinchilla
  /// line, in the (log N, log C) plane; nil where contours are not parallel lines.
  public var contourSlope: Double? {
    law.commonSizeExponent.map { 1 + $0 / law.dataExponent }
  }
}
