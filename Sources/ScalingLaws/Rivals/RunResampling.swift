import Fitting
import Foundation

/// Resamples of runs with replacement, within each sparsity, as weights.
///
/// Sparsities keep their number of runs, since a resample that lacks one cannot determine the
/// law; a resample that lacks sizes or data amounts is drawn again from the same stream.
struct RunResampling: Sendable {
  private let observations: Observations
  private let strata: [[Int]]
  private let leastSizes: Int
  private let leastAmounts: Int
  private let seed: UInt64

  /// - Parameter leastSizes: the distinct sizes that every resample keeps, where there are so many.
  init(_ observations: Observations, leastSizes: Int, seed: UInt64) {
    self.observations = observations
    self.seed = seed
    self.leastSizes = min(leastSizes, observations.sizes.count)
    leastAmounts = min(3, observations.dataAmounts.count)
    strata = DesignLevels(observations, coefficients: 0).densities
  }

  /// How often each run is drawn in resample number `index`; the whole set once, should a
  /// hundred draws all lack what a fit needs.
  func weights(_ index: Int) -> [Double] {
    var generator = SplitMix64(seed: seed, stream: UInt64(truncatingIfNeeded: index))
    for _ in 0..<100 {
      var weights = [Double](repeating: 0, count: observations.count)
      for stratum in strata {
        for _ in stratum { weights[stratum[generator.index(below: stratum.count)]] += 1 }
      }
      let drawn = observations.weighted(by: weights)
      if drawn.sizes.count >= leastSizes, drawn.dataAmounts.count >= leastAmounts {
        return weights
      }
    }
    return Array(repeating: 1, count: observations.count)
  }
}

/// The percentile interval of unsorted values; nil for fewer than two, or where one is NaN.
///
/// Infinite values count as such, so that an end may be infinite.
func percentileInterval(_ values: [Double], level: Double) -> ClosedRange<Double>? {
  guard values.count > 1, !values.contains(where: \.isNaN) else { return nil }
  let sorted = values.sorted()
  func end(_ probability: Double) -> Double {
    let position = probability * Double(sorted.count - 1)
    let below = Int(position)
    let above = min(below + 1, sorted.count - 1)
    // Interpolation between a finite and an infinite value would be NaN or hide the infinity.
    guard sorted[below].isFinite, sorted[above].isFinite else {
      return probability < 0.5 ? sorted[below] : sorted[above]
    }
    return quantile(ofSorted: sorted, probability)
  }
  let tail = (1 - level) / 2
  let lower = end(tail)
  let upper = end(1 - tail)
  return lower <= upper ? lower...upper : nil
}
