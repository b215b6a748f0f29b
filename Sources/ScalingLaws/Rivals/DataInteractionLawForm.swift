import Fitting

/// The law of Frantar et al. 2024 with a data term that sparsity may change:
/// (a_D / D)^b_D (1 − S)^b_SD.
///
/// b_SD = 0 is the paper's claim that sparsity does not interact with data; b_SD < 0 means that
/// sparse models need more data.
public struct DataInteractionLawForm: InteractionLawForm {
  public init() {}

  public let key = "data-interaction"
  public let formula =
    "L(S, N, D) = (a_S (1 − S)^b_S + c_S) · (1/N)^b_N + (a_D / D)^b_D (1 − S)^b_SD + c"
  public let exponents =
    SparsityLawForm().exponents + [Exponent("b_SD", bounds: -3...3, startRange: -0.5...0.5)]
  public let claim = InteractionClaim.Kind.noDataInteraction

  public func terms(for settings: [Setting], units: Normalisation) -> [ExponentialSum.Term] {
    var terms = SparsityLawForm().terms(for: settings, units: units)
    terms[2].features.append((3, settings.map(units.densityFeature)))
    return terms
  }

  public func coefficients(of parameters: [Double], units: Normalisation) -> [Coefficient] {
    SparsityLawForm().coefficients(of: Array(parameters.dropLast()), units: units)
      + [Coefficient("b_SD", parameters[7])]
  }
}
