import Foundation
import ScalingLaws

/// How far a question lies outside the runs that a law was fitted to.
public struct Reach: Sendable, Encodable {
  /// Decades of N below the smallest or above the largest fitted size; 0 inside.
  public var decadesOfN: Double
  /// Decades of D outside the fitted amounts; 0 inside.
  public var decadesOfD: Double
  /// The sparsity beyond the largest fitted one; 0 up to it.
  public var sparsityBeyond: Double

  enum CodingKeys: String, CodingKey {
    case decadesOfN = "decades_of_nonzero_params"
    case decadesOfD = "decades_of_data"
    case sparsityBeyond = "sparsity_beyond_largest"
  }

  /// Nil where no run was fitted, so that nothing is known of the law's range.
  init?(_ analysis: SweepAnalysis, _ setting: Setting) {
    guard analysis.concludingFit != nil else { return nil }
    var runs = analysis.runs(.fitted)
    if analysis.basis == .refit { runs += analysis.runs(.heldOut) }
    let settings = runs.map(Setting.init)
    decadesOfN = Self.decades(setting.nonZeroParameters, settings.map(\.nonZeroParameters))
    decadesOfD = Self.decades(setting.data, settings.map(\.data))
    let largest = settings.map(\.sparsity).max() ?? 0
    sparsityBeyond = max(0, setting.sparsity - largest)
    if sparsityBeyond < 1e-6 { sparsityBeyond = 0 }
  }

  private static func decades(_ value: Double, _ range: [Double]) -> Double {
    guard let low = range.min(), let high = range.max() else { return 0 }
    // A rounding error is no extrapolation.
    let distance = max(log10(low / value), log10(value / high), 0)
    return distance < 1e-3 ? 0 : distance
  }

  /// A sentence for each way in which the question is an extrapolation.
  var warnings: [String] {
    var warnings: [String] = []
    if decadesOfN > 0 {
      warnings.append("N lies \(NumberText.fixed(decadesOfN, 1)) decades outside the fitted sizes")
    }
    if decadesOfD > 0 {
      warnings.append("D lies \(NumberText.fixed(decadesOfD, 1)) decades outside the fitted data")
    }
    if sparsityBeyond > 0 {
      warnings.append("S is beyond the largest fitted sparsity")
    }
    return warnings
  }
}
