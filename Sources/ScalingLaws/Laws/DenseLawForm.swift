import Fitting
import Foundation

/// The dense law L = c_S (1/N)^b_N + (a_D / D)^b_D + c: all that runs of one sparsity can
/// determine. N counts the non-zero parameters.
public struct DenseLawForm: ScalingLawForm {
  public init() {}

  public let key = "dense"
  public let formula = "L(N, D) = c_S · (1/N)^b_N + (a_D / D)^b_D + c"
  public let exponents = [Exponent("b_N"), Exponent("b_D")]

  public func terms(for settings: [Setting], units: Normalisation) -> [ExponentialSum.Term] {
    [
      .init(features: [(0, settings.map(units.sizeFeature))]),
      .init(features: [(1, settings.map(units.dataFeature))]),
      .init(),
    ]
  }

  public func law(of parameters: [Double], units: Normalisation) -> ScalingLaw {
    ScalingLaw(
      aS: 0, bS: 0, cS: parameters[0] * pow(units.nonZeroParameters, parameters[3]),
      bN: parameters[3], aD: units.data * pow(parameters[1], 1 / parameters[4]),
      bD: parameters[4], c: parameters[2])
  }

  public func coefficients(of parameters: [Double], units: Normalisation) -> [Coefficient] {
    law(of: parameters, units: units).coefficients.filter { !["a_S", "b_S"].contains($0.name) }
  }
}
