import Fitting
import Foundation

/// Draws the weights of runs behind the errors on sizes left out: one random weight, exponential
/// with mean 1, for all runs that may share their errors (`Observations.clusters`).
///
/// Laws are compared on resampled runs rather than on perturbed losses, which would have to be drawn
/// about one of them.
///
/// Source: Field and Welsh, "Bootstrapping clustered data", 2007; Xu et al., "Applications of the
/// Fractional-Random-Weight Bootstrap", 2020.
struct Resampler: Sendable {
  let clusters: [[Int]]
  let count: Int
  let seed: UInt64

  init(_ observations: Observations, seed: UInt64) {
    clusters = observations.clusters
    count = observations.count
    self.seed = seed
  }

  /// The weights of resample number `index`, one a run, all positive; they depend on the seed and
  /// on the number alone.
  func weights(_ index: Int) -> [Double] {
    var generator = SplitMix64(seed: seed, stream: UInt64(truncatingIfNeeded: index))
    var weights = [Double](repeating: 1, count: count)
    for cluster in clusters {
      let weight = -log(1 - generator.unitInterval())
      for run in cluster { weights[run] = weight }
    }
    return weights
  }
}
