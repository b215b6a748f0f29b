import Fitting
import Foundation

/// The law of Frantar et al. 2024, equation 1, with all seven coefficients free.
public struct SparsityLawForm: ScalingLawForm {
  public init() {}

  public let key = "sparsity"
  public let formula = "L(S, N, D) = (a_S (1 − S)^b_S + c_S) · (1/N)^b_N + (a_D / D)^b_D + c"
  public let exponents = [
    Exponent("b_S", bounds: 0.01...20, startRange: 0.1...3), Exponent("b_N"), Exponent("b_D"),
  ]

  public func terms(for settings: [Setting], units: Normalisation) -> [ExponentialSum.Term] {
    let size = settings.map(units.sizeFeature)
    return [
      .init(features: [(0, settings.map(units.densityFeature)), (1, size)]),
      .init(features: [(1, size)]),
      .init(features: [(2, settings.map(units.dataFeature))]),
      .init(),
    ]
  }

  public func law(of parameters: [Double], units: Normalisation) -> ScalingLaw {
    let sizeUnit = pow(units.nonZeroParameters, parameters[5])
    return ScalingLaw(
      aS: parameters[0] * sizeUnit, bS: parameters[4], cS: parameters[1] * sizeUnit,
      bN: parameters[5], aD: units.data * pow(parameters[2], 1 / parameters[6]),
      bD: parameters[6], c: parameters[3])
  }

  public func coefficients(of parameters: [Double], units: Normalisation) -> [Coefficient] {
    law(of: parameters, units: units).coefficients
  }
}

/// A form whose fits are special cases of the law of Frantar et al. 2024.
public protocol ScalingLawForm: LawForm {
  func law(of parameters: [Double], units: Normalisation) -> ScalingLaw
}

extension ScalingLaw {
  /// All seven coefficients, in the paper's order.
  public var coefficients: [Coefficient] {
    [
      Coefficient("a_S", aS), Coefficient("b_S", bS), Coefficient("c_S", cS),
      Coefficient("b_N", bN), Coefficient("a_D", aD), Coefficient("b_D", bD),
      Coefficient("c", c),
    ]
  }
}
