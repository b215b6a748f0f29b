import Fitting
import Foundation

/// The law of Frantar et al. 2024 with a sparsity term that falls at its own rate in N:
/// (a_S (1 − S)^b_S N^−b_SN + c_S) N^−b_N.
///
/// b_SN = 0 is the paper's claim that a sparsity is worth the same multiplier at every size;
/// b_SN > 0 means that the harm of density (the gain from sparsity) fades as models grow.
public struct SizeInteractionLawForm: InteractionLawForm {
  public init() {}

  public let key = "size-interaction"
  public let formula =
    "L(S, N, D) = (a_S (1 − S)^b_S · (1/N)^b_SN + c_S) · (1/N)^b_N + (a_D / D)^b_D + c"
  public let exponents =
    SparsityLawForm().exponents + [Exponent("b_SN", bounds: -2...2, startRange: -0.3...0.3)]
  public let claim = InteractionClaim.Kind.sameMultiplierAtEverySize

  public func terms(for settings: [Setting], units: Normalisation) -> [ExponentialSum.Term] {
    var terms = SparsityLawForm().terms(for: settings, units: units)
    terms[0].features.append((3, settings.map(units.sizeFeature)))
    return terms
  }

  public func coefficients(of parameters: [Double], units: Normalisation) -> [Coefficient] {
    var law = SparsityLawForm().law(of: Array(parameters.dropLast()), units: units)
    law.aS *= pow(units.nonZeroParameters, parameters[7])
    return law.coefficients + [Coefficient("b_SN", parameters[7])]
  }
}
