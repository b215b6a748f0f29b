import Fitting
import Foundation

/// Draws the errors of a replicate from the residuals of a fit.
///
/// Residuals are first made as large as the errors behind them (`ClusterCorrection`); then all runs
/// that may share their errors keep or change their sign together; last, everything is stretched by
/// one factor, √(ν / χ²ν): from few groups the size of errors is itself known badly, and what is
/// linear in the losses then has the quantiles of Student's t with ν degrees of freedom, not of a
/// normal distribution.
///
/// Sources: Cameron, Gelbach and Miller, "Bootstrap-based improvements for inference with clustered
/// errors", 2008, for signs drawn by group; Feng, He and Hu, "Wild bootstrap for quantile
/// regression", 2011, for signs that leave the size of each residual, where a loss is not quadratic.
public struct Perturbation: Sendable, Equatable {
  /// Which runs may share their errors.
  public enum Sharing: Sendable {
    /// Those of one size and sparsity: where the law or the recipe is off, it is off for them all.
    case sizeAndSparsity
    /// Those of one size, where all runs are dense.
    case size
    /// All checkpoints of a run: they share its seed, its data and its schedule.
    case checkpoints
    /// None: too few groups to tell what the runs of one have in common.
    case none
  }

  public let sharing: Sharing
  /// ν: the least over the coefficients that are not at a bound, by Bell and McCaffrey.
  public let degreesOfFreedom: Double
  private let groups: [[Int]]
  /// Residuals as large as the errors behind them, one a run.
  let errors: [Double]

  /// Fewer degrees of freedom have intervals so wide that they say nothing.
  static let leastFreedom = 2.0

  /// - Parameters:
  ///   - residuals: one a run.
  ///   - gradient: their derivatives by the coefficients that are not at a bound, by column.
  init(_ observations: Observations, residuals: [Double], gradient: [[Double]]) {
    let shared = observations.clusters
    var correction = ClusterCorrection(columns: gradient, clusters: shared)
    func freedom() -> Double { correction.degreesOfFreedom.compactMap(\.self).min() ?? .infinity }
    if !observations.trajectories.isEmpty {
      (groups, sharing) = (shared, .checkpoints)
    } else if freedom() >= Self.leastFreedom {
      (groups, sharing) = (shared, observations.sparsities.count > 1 ? .sizeAndSparsity : .size)
    } else {
      (groups, sharing) = (residuals.indices.map { [$0] }, .none)
      correction = ClusterCorrection(columns: gradient, clusters: groups)
    }
    degreesOfFreedom = max(freedom(), 1)
    errors = correction.corrected(residuals)
  }

  /// The errors of replicate number `index`, which depend on the seed and on the number alone, and
  /// how far they are stretched.
  func draw(_ index: Int, seed: UInt64) -> (errors: [Double], stretch: Double) {
    var generator = SplitMix64(seed: seed, stream: UInt64(truncatingIfNeeded: index))
    let stretch =
      degreesOfFreedom.isFinite
      ? (degreesOfFreedom / generator.chiSquared(degreesOfFreedom: degreesOfFreedom)).squareRoot()
      : 1
    var drawn = errors
    for group in groups {
      let factor = generator.next() & 1 == 0 ? stretch : -stretch
      for run in group { drawn[run] *= factor }
    }
    return (drawn, stretch)
  }

  /// How errors are drawn, in words.
  public var words: String {
    let signs =
      switch sharing {
      case .sizeAndSparsity: "with one random sign for all runs of a size and sparsity"
      case .size: "with one random sign for all runs of a size"
      case .checkpoints: "with one random sign for all checkpoints of a run"
      case .none: "with a random sign for each run, since there are too few groups to share one"
      }
    let moved = "each the law refitted to losses that its own residuals move, \(signs)"
    guard degreesOfFreedom.isFinite else { return moved }
    let freedom = (degreesOfFreedom * 10).rounded() / 10
    return moved + ", and stretched as Student's t with \(freedom) degrees of freedom has it"
  }
}
