import Fitting
import Foundation
import RunLogs

/// The runs that a fit misses by more than its noise explains.
///
/// Each residual is divided by s √(1 − h), with h the leverage of the run and s a robust scale:
/// 1.4826 times the median absolute value of r / √(1 − h) but for the p smallest, since a fit of p
/// coefficients that is near least absolute values passes through p of its runs (Street, Carroll
/// and Ruppert 1988). A run is an outlier beyond the quantile 1 − α / 2n of Student's distribution:
/// of sweeps of n runs whose noise is normal, about α have one by chance (Bonferroni). The
/// degrees of freedom are 0.37 (n − p), since the median absolute deviation knows the scale as well
/// as the standard deviation of 37 % of the runs does (Rousseeuw and Croux 1993).
///
/// Measured on 400 sweeps of 48 or 40 runs with normal noise: a run is flagged in 3 to 4 % of them
/// at δ far below the noise and in none at δ above it; one that is 10 standard deviations off is
/// always found, one that is 6 off in 89 and 52 %. With the heavier tails of Laplace's distribution
/// about half of the sweeps have a run flagged.
public struct OutlierCheck: Sendable {
  public struct Outlier: Sendable {
    public var run: TrainingRun
    /// Predicted over measured minus 1.
    public var relativeError: Double
    /// The residual over its standard deviation, in absolute value.
    public var deviations: Double
    /// The Huber weight δ / |r|, at most 1: what the run counts in the fit beside one that fits.
    public var weight: Double
  }

  /// α: the share of clean sweeps of any number of runs in which a run may be flagged.
  public static let falseAlarmRate = 0.05
  /// The fewest runs beyond the number of coefficients for which a scale is known at all.
  public static let fewestDegreesOfFreedom = 5

  /// The runs that were looked at.
  public var runs: Int
  /// s, in the unit of the residual.
  public var scale: Double
  /// The number of standard deviations beyond which a run is an outlier.
  public var threshold: Double
  /// The largest first.
  public var outliers: [Outlier]

  /// - Parameters:
  ///   - fitter: the one that made the fit.
  ///   - runs: those of the fit, in its order.
  ///
  /// Nil with too few runs, or where the fit passes through about half of them or more.
  public init?(_ fitter: LawFitter, fit: FittedLaw, runs: [TrainingRun]) {
    let objective = fitter.objective
    let freedom = runs.count - fit.parameters.count
    guard freedom >= Self.fewestDegreesOfFreedom, runs.count == objective.measured.count else {
      return nil
    }
    let residuals = zip(objective.model.predictions(at: fit.parameters), objective.measured)
      .map { objective.residual(predicted: $0, measured: $1) }
    let scaled = fitter.scaledResiduals(at: fit.parameters)
    let largest = scaled.map(abs).sorted().dropFirst(fit.parameters.count)
    let scatter = robustDeviation(ofSortedSizes: Array(largest))
    // Less than rounding is no noise.
    guard scatter > 1e-12, scatter.isFinite else { return nil }
    scale = max(scatter, Identifiability.leastNoise)
    self.runs = runs.count
    threshold = Self.threshold(runs: runs.count, degreesOfFreedom: freedom)
    outliers = []
    for (index, run) in runs.enumerated() {
      let deviations = abs(scaled[index]) / scale
      guard deviations > threshold else { continue }
      outliers.append(
        Outlier(
          run: run, relativeError: fit.relativeErrors[index], deviations: deviations,
          weight: objective.loss.weight(residuals[index])))
    }
    // Sorting is not stable: ties keep the order of the runs.
    outliers = outliers.enumerated().sorted {
      ($1.element.deviations, $0.offset) < ($0.element.deviations, $1.offset)
    }.map(\.element)
  }

  /// The quantile 1 − α / 2n of Student's distribution with 0.37 times these degrees of freedom,
  /// by the normal approximation of Wallace (1959), which is good to 1 % from 2 degrees on.
  static func threshold(runs: Int, degreesOfFreedom: Int) -> Double {
    let tail = falseAlarmRate / Double(2 * max(runs, 1))
    let freedom = 0.37 * Double(degreesOfFreedom)
    let z = -NormalDistribution.quantile(tail) * (8 * freedom + 3) / (8 * freedom + 1)
    return (freedom * expm1(z * z / freedom)).squareRoot()
  }
}
