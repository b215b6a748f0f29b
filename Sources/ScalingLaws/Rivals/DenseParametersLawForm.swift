import Fitting
import Foundation

/// The dense law on the number of dense parameters, N / (1 − S): pruning costs nothing.
public struct DenseParametersLawForm: LawForm {
  public init() {}

  public let key = "dense-parameters"
  public let formula = "L(S, N, D) = c_S · (1/N_dense)^b_N + (a_D / D)^b_D + c"
  public let exponents = [Exponent("b_N"), Exponent("b_D")]

  public func terms(for settings: [Setting], units: Normalisation) -> [ExponentialSum.Term] {
    DenseLawForm.terms(sizes: settings.map(\.denseParameters), settings, units: units)
  }

  public func coefficients(of parameters: [Double], units: Normalisation) -> [Coefficient] {
    DenseLawForm().coefficients(of: parameters, units: units)
  }
}

extension DenseLawForm {
  /// The dense law's terms with another count of parameters, one a setting, in the place of N.
  static func terms(
    sizes: [Double], _ settings: [Setting], units: Normalisation
  ) -> [ExponentialSum.Term] {
    [
      .init(features: [(0, sizes.map { -log($0 / units.nonZeroParameters) })]),
      .init(features: [(1, settings.map(units.dataFeature))]),
      .init(),
    ]
  }
}
