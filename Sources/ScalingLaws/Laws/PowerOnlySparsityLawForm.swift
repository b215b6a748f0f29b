import Fitting
import Foundation

/// The law without saturation (c_S = 0): all that two distinct sparsities can determine.
public struct PowerOnlySparsityLawForm: ScalingLawForm {
  public init() {}

  public let key = "sparsity-without-saturation"
  public let formula = "L(S, N, D) = a_S (1 − S)^b_S · (1/N)^b_N + (a_D / D)^b_D + c"
  public let exponents = [
    Exponent("b_S", bounds: 0.0001...20, startRange: 0.05...1), Exponent("b_N"), Exponent("b_D"),
  ]

  public func terms(for settings: [Setting], units: Normalisation) -> [ExponentialSum.Term] {
    [
      .init(features: [
        (0, settings.map(units.densityFeature)), (1, settings.map(units.sizeFeature)),
      ]),
      .init(features: [(2, settings.map(units.dataFeature))]),
      .init(),
    ]
  }

  public func law(of parameters: [Double], units: Normalisation) -> ScalingLaw {
    ScalingLaw(
      aS: parameters[0] * pow(units.nonZeroParameters, parameters[4]), bS: parameters[3], cS: 0,
      bN: parameters[4], aD: units.data * pow(parameters[1], 1 / parameters[5]),
      bD: parameters[5], c: parameters[2])
  }

  public func coefficients(of parameters: [Double], units: Normalisation) -> [Coefficient] {
    law(of: parameters, units: units).coefficients.filter { $0.name != "c_S" }
  }
}
