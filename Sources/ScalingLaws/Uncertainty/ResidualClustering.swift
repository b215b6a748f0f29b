import Fitting
import Foundation

/// How much of the residuals' variance the runs of one size and sparsity share.
///
/// Where the law or the training recipe is off for a whole (N, S), its runs are not independent.
/// Intervals allow for that whether it shows or not (`Perturbation`).
public struct ResidualClustering: Sendable, Equatable {
  /// Groups of equal N and S with at least two runs.
  public var groups: Int
  /// Runs in these groups.
  public var runs: Int
  /// The intraclass correlation, from a one-way analysis of variance (Fisher 1925); 0 for
  /// independent residuals, 1 where groups share all of it. May be a little below 0.
  public var correlation: Double
  /// At 95 %, from the F distribution of the two mean squares (Searle 1971); approximate where
  /// groups are of different sizes.
  public var interval: ClosedRange<Double>
  /// Whether the runs have several sparsities.
  private var hasSparsities: Bool

  /// The correlation that a reader is told of.
  ///
  /// On designs like that of byte-lm 1 to 4 % of sweeps with independent noise reach it by chance,
  /// and 9 of 10 sweeps whose groups share half of the variance do.
  public static let notableCorrelation = 0.2

  public var isNotable: Bool { correlation >= Self.notableCorrelation }

  /// - Parameter relativeErrors: predicted over measured minus 1, one a run.
  ///
  /// Nil where fewer than two groups have two runs, or the residuals vary by less than a
  /// loss is known to.
  public init?(_ observations: Observations, relativeErrors: [Double]) {
    let residuals = relativeErrors.map { log1p($0) }
    guard residuals.count == observations.count, residuals.allSatisfy(\.isFinite) else {
      return nil
    }
    let clusters = DesignLevels(observations).clusters.filter { $0.count > 1 }
    let members = clusters.flatMap { $0 }
    guard clusters.count > 1 else { return nil }
    let count = Double(members.count)
    let mean = members.reduce(0) { $0 + residuals[$1] } / count
    var between = 0.0
    var within = 0.0
    var squaredSizes = 0.0
    for cluster in clusters {
      let size = Double(cluster.count)
      let own = cluster.reduce(0) { $0 + residuals[$1] } / size
      between += size * (own - mean) * (own - mean)
      within += cluster.reduce(0) { $0 + (residuals[$1] - own) * (residuals[$1] - own) }
      squaredSizes += size * size
    }
    let freedom = Double(clusters.count - 1)
    between /= freedom
    within /= count - Double(clusters.count)
    let typicalSize = (count - squaredSizes / count) / freedom
    let total = between + (typicalSize - 1) * within
    guard total > Identifiability.leastNoise * Identifiability.leastNoise, total.isFinite else {
      return nil
    }
    hasSparsities = observations.sparsities.count > 1
    groups = clusters.count
    runs = members.count
    correlation = (between - within) / total
    func end(at share: Double) -> Double {
      let quantile = FDistribution.quantile(share, freedom, count - Double(clusters.count))
      // Where nothing varies within groups they share all of it.
      guard within > 0 else { return 1 }
      let ratio = between / within / quantile
      return (ratio - 1) / (ratio + typicalSize - 1)
    }
    interval = end(at: 0.975)...end(at: 0.025)
  }

  /// What a reader of the intervals must know; nil where residuals look independent.
  public var warning: String? {
    guard isNotable else { return nil }
    func percent(_ share: Double) -> Int { Int((min(max(share, 0), 1) * 100).rounded()) }
    let level = hasSparsities ? "size and sparsity" : "size"
    return
      "runs of one \(level) share \(percent(correlation)) % (95 % interval "
      + "\(percent(interval.lowerBound)) to \(percent(interval.upperBound)) %) of the variance of "
      + "their residuals: the law "
      + "or the training is off for them as a group; intervals allow for it"
  }
}
