import Foundation
import ScalingLaws

/// How far a question lies outside the runs that a law was fitted to.
public struct Reach: Sendable {
  /// Decades of N below the smallest or above the largest fitted size; 0 inside.
  public var decadesOfN: Double
  /// Decades of D outside the fitted amounts; 0 inside.
  public var decadesOfD: Double
  /// The sparsity beyond the largest fitted one; 0 up to it.
  public var sparsityBeyond: Double
  /// A sentence for each way in which the question is an extrapolation.
  var warnings: [String]

  /// Nil where no run was fitted, so that nothing is known of the law's range.
  init?(_ analysis: SweepAnalysis, _ setting: Setting) {
    guard analysis.finalFit != nil else { return nil }
    let settings = analysis.study.concludingRuns.map(Setting.init)
    let size = Distance(setting.nonZeroParameters, settings.map(\.nonZeroParameters))
    let amount = Distance(setting.data, settings.map(\.data))
    decadesOfN = size.decades
    decadesOfD = amount.decades
    warnings = [size.sentence("N", "size"), amount.sentence("D", "amount of data")].compactMap {
      $0
    }
    let largest = settings.map(\.sparsity).max() ?? 0
    let beyond = setting.sparsity - largest
    // A counted sparsity misses its target by a rounding of weights.
    sparsityBeyond = beyond < 1e-3 ? 0 : JSON.rounded(beyond)
    if sparsityBeyond > 0 {
      warnings.append(
        "S is beyond the largest fitted sparsity, \(NumberText.sparsity(largest))")
    }
  }
}

let reachFields: [Field<Reach>] = [
  .number("decades_of_nonzero_params", .significant(2)) { $0.decadesOfN },
  .number("decades_of_data", .significant(2)) { $0.decadesOfD },
  .number("sparsity_beyond_largest", .sparsity) { $0.sparsityBeyond },
]

/// How far a quantity lies outside the fitted ones.
private struct Distance {
  var decades = 0.0
  /// The quantity over the nearest fitted one.
  var ratio = 1.0

  init(_ value: Double, _ fitted: [Double]) {
    guard let low = fitted.min(), let high = fitted.max() else { return }
    let ratio = value > high ? value / high : value < low ? value / low : 1
    let decades = abs(log10(ratio))
    // A rounding error is no extrapolation.
    guard decades >= 1e-3 else { return }
    self.ratio = ratio
    self.decades = JSON.rounded(decades)
  }

  func sentence(_ symbol: String, _ noun: String) -> String? {
    guard decades > 0 else { return nil }
    let end = ratio > 1 ? "largest" : "smallest"
    return "\(symbol) is \(NumberText.significant(ratio, 3)) times the \(end) fitted \(noun), "
      + "\(NumberText.significant(decades, 2)) decades outside"
  }
}
