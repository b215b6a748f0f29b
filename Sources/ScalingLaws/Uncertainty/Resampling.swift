import Fitting
import Foundation

/// How the weights of runs in a replicate are drawn.
public enum Resampling: String, Sendable, CaseIterable {
  /// `trajectories` where observations are checkpoints, `clusters` where the runs of one size and
  /// sparsity share at least 20 % of the variance of their residuals, else `shrunkenCases`.
  case automatic
  /// How often each run is drawn with replacement within its size, pulled towards 1 by the factor
  /// √(1 − p / n), for p coefficients and n runs; neighbouring sizes of fewer than 8 runs are taken
  /// together.
  ///
  /// Plain resampling makes intervals too wide when there are few runs a coefficient; the factor
  /// mends that, as measured in Benchmarks/Calibration.md. Sources: Efron 1979; for weights of
  /// other than multinomial variance Chatterjee and Bose, "Generalized bootstrap for estimating
  /// equations", 2005.
  case shrunkenCases
  /// One random weight, exponential with mean 1, for all runs of a size and sparsity: for sweeps
  /// whose runs of one (N, S) share their errors, see `ResidualClustering`.
  ///
  /// Source: Field and Welsh, "Bootstrapping clustered data", 2007; Xu et al., "Applications of
  /// the Fractional-Random-Weight Bootstrap", 2020.
  case clusters
  /// One random weight, exponential with mean 1, for all checkpoints of a run: they share its seed,
  /// its data and its schedule, and count as one.
  ///
  /// Source: as of `clusters`.
  case trajectories
}

/// Draws the weights of runs behind every interval of a sweep: those of coefficients and of what
/// follows from them, of the claims about its law, and of errors on sizes left out.
public struct Resampler: Sendable {
  /// Never `automatic`.
  public let method: Resampling
  /// Whether resamples differ and there are runs enough to say how much chance moves a fit; without
  /// it there are no weights, and so no intervals.
  public private(set) var canResample = false
  private let count: Int
  private let seed: UInt64
  private let levels: DesignLevels
  private let groups: [[Int]]
  private let shrinkage: Double

  /// The fewest runs beyond the coefficients from which noise, and so an interval, can be judged: a
  /// standard deviation from four degrees of freedom is known to a factor of about 2.
  public static let leastFreedom = 4

  /// How many degrees of freedom a fit leaves, where they are too few; nil where they are enough.
  static func tooLittleFreedom(runs: Int, coefficients: Int) -> String? {
    let freedom = runs - coefficients
    guard freedom < leastFreedom else { return nil }
    return "\(runs) runs less \(coefficients) coefficients leave \(freedom) "
      + "degree\(freedom == 1 ? "" : "s") of freedom"
  }

  /// - Parameters:
  ///   - relativeErrors: of the fit that is resampled, one a run.
  ///   - coefficients: those of that fit.
  ///   - seed: resample i depends on the seed and on i alone.
  public init(
    _ observations: Observations, relativeErrors: [Double], coefficients: Int,
    method: Resampling = .automatic, seed: UInt64
  ) {
    var method = method
    if method == .automatic {
      let clustering = ResidualClustering(observations, relativeErrors: relativeErrors)
      method =
        !observations.trajectories.isEmpty
        ? .trajectories : clustering?.isNotable == true ? .clusters : .shrunkenCases
    }
    self.method = method
    self.seed = seed
    count = observations.count
    levels = DesignLevels(observations, coefficients: coefficients)
    switch method {
    case .clusters: groups = levels.clusters
    case .trajectories: groups = Self.trajectories(observations)
    case .automatic, .shrunkenCases: groups = levels.strata
    }
    shrinkage = (1 - min(Double(coefficients) / Double(max(count, 1)), 0.5)).squareRoot()
    guard count - coefficients >= Self.leastFreedom else { return }
    // A few runs off a grid may have no other resample than themselves.
    canResample = (0..<20).contains { draw($0)?.contains { $0 != 1 } ?? false }
  }

  /// The weights of resample number `index`, one a run, all positive; nil where hardly any draw
  /// leaves what a fit needs.
  public func weights(_ index: Int) -> [Double]? { canResample ? draw(index) : nil }

  /// The checkpoints of each run, in the order of their firsts; each observation is its own group
  /// where none is a checkpoint.
  private static func trajectories(_ observations: Observations) -> [[Int]] {
    guard !observations.trajectories.isEmpty else { return (0..<observations.count).map { [$0] } }
    return observations.trajectories.indices.groups { observations.trajectories[$0] }.map(\.members)
  }

  private func draw(_ index: Int) -> [Double]? {
    var generator = SplitMix64(seed: seed, stream: UInt64(truncatingIfNeeded: index))
    if method == .clusters || method == .trajectories {
      var weights = [Double](repeating: 1, count: count)
      for cluster in groups {
        let weight = -log(1 - generator.unitInterval())
        for run in cluster { weights[run] = weight }
      }
      return weights
    }
    for _ in 0..<100 {
      var drawn = [Double](repeating: 0, count: count)
      for stratum in groups {
        for _ in stratum { drawn[stratum[generator.index(below: stratum.count)]] += 1 }
      }
      if levels.isIdentifiable(drawn) { return drawn.map { 1 + shrinkage * ($0 - 1) } }
    }
    return nil
  }
}

/// The percentile interval of the values of replicates, in any order: between two quantiles
/// (`Fitting.quantile`), so that an end may be infinite.
///
/// Nil for fewer than two values, or where more of them are undefined (NaN) than the interval leaves
/// out on either side.
func percentileInterval(_ values: [Double], level: Double) -> ClosedRange<Double>? {
  let sorted = values.filter { !$0.isNaN }.sorted()
  let tail = (1 - level) / 2
  guard sorted.count > 1, Double(values.count - sorted.count) <= tail * Double(values.count) else {
    return nil
  }
  let lower = quantile(ofSorted: sorted, tail)
  let upper = quantile(ofSorted: sorted, 1 - tail)
  return lower <= upper ? lower...upper : nil
}
