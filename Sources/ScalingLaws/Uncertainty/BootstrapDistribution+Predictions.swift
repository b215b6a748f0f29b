import Fitting
import Foundation

extension BootstrapDistribution {
  /// Intervals of the predicted loss at each setting: where the law's own value lies.
  public func lossIntervals(for settings: [Setting]) -> [ClosedRange<Double>?] {
    let sum = form.sum(for: settings, units: units)
    let centre = sum.predictions(at: estimate)
    let values = replicates.map { sum.predictions(at: $0) }
    let leftOut = leaveOneOut.map { sum.predictions(at: $0) }
    return settings.indices.map { index in
      interval(
        of: values.map { $0[index] }, centre: centre[index],
        leaveOneOut: leftOut.map { $0[index] }, kind: options.kind)
    }
  }

  /// Intervals in which a new measurement is expected at each setting: the uncertainty of the law
  /// together with residual noise, drawn from the residuals of the fit.
  ///
  /// Percentiles of several noisy copies of each replicate's prediction.
  public func measurementIntervals(for settings: [Setting]) -> [ClosedRange<Double>?] {
    let copies = 8
    let sum = form.sum(for: settings, units: units)
    let centre = sum.predictions(at: estimate)
    var values = [[Double]](repeating: [], count: settings.count)
    for (index, parameters) in replicates.enumerated() {
      // A stream of its own, so that noise is independent of what was resampled.
      var generator = SplitMix64(seed: ~options.seed, stream: UInt64(index))
      for (row, prediction) in sum.predictions(at: parameters).enumerated() {
        for _ in 0..<copies {
          let r = noise.isEmpty ? 0 : noise[generator.index(below: noise.count)]
          values[row].append(residual == .log ? prediction * exp(-r) : prediction - r)
        }
      }
    }
    return settings.indices.map { row in
      interval(of: values[row], centre: centre[row], leaveOneOut: [], kind: .percentile)
    }
  }
}
