import Fitting
import Foundation

/// The dense law on N times an effective-parameter multiplier that is free at each sparsity:
/// no shape is assumed in S, so nothing is said of sparsities that were not measured.
///
/// Source: Frantar et al. 2025, "Compression Scaling Laws" (arXiv 2502.16440).
public struct FreeMultiplierLawForm: LawForm {
  /// The distinct sparsities, ascending; a setting belongs to the one of nearest log density.
  public let levels: [Double]

  /// - Parameter levels: the distinct sparsities of the runs to fit.
  public init(levels: [Double]) {
    self.levels = levels.sorted()
  }

  public let key = "free-multipliers"
  public let formula = "L(S, N, D) = c_S · (1/(N · m_S))^b_N + (a_D / D)^b_D + c"
  public let exponents = [Exponent("b_N"), Exponent("b_D")]

  public func terms(for settings: [Setting], units: Normalisation) -> [ExponentialSum.Term] {
    let size = settings.map(units.sizeFeature)
    let members = settings.map { level(of: $0.sparsity) }
    return levels.indices.map { index in
      .init(amplitudes: members.map { $0 == index ? 1 : 0 }, features: [(0, size)])
    } + [.init(features: [(1, settings.map(units.dataFeature))]), .init()]
  }

  /// c_S is the size term of the lowest sparsity; m_S is relative to it.
  public func coefficients(of parameters: [Double], units: Normalisation) -> [Coefficient] {
    let count = levels.count
    let bN = parameters[count + 2]
    let bD = parameters[count + 3]
    let multipliers = levels.indices.dropFirst().map { index in
      Coefficient(
        "m_\((levels[index] * 1e4).rounded() / 1e4)",
        pow(parameters[index] / parameters[0], -1 / bN))
    }
    return [Coefficient("c_S", parameters[0] * pow(units.nonZeroParameters, bN))] + multipliers
      + [
        Coefficient("a_D", units.data * pow(parameters[count], 1 / bD)),
        Coefficient("c", parameters[count + 1]), Coefficient("b_N", bN), Coefficient("b_D", bD),
      ]
  }

  private func level(of sparsity: Double) -> Int {
    func distance(_ index: Int) -> Double { abs(log((1 - levels[index]) / (1 - sparsity))) }
    return levels.indices.min { distance($0) < distance($1) } ?? 0
  }
}
