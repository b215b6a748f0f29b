import Foundation
import RunLogs

/// What a law says about optimal sparsity, for the report.
public struct OptimalSparsity: Sendable {
  public struct Threshold: Sendable {
    public var sparsity: Double
    /// The multiple of Chinchilla compute from which this sparsity is optimal.
    public var chinchillaMultiple: Double
    /// Its interval, where one was computed.
    public var interval: ClosedRange<Double>?
    /// What the same compute buys without a limit on size.
    public var unconstrainedDense: ComputeModel.UnconstrainedDense?
  }

  public struct AccountingResult: Sendable {
    public var model: ComputeModel
    public var thresholds: [Threshold]
  }

  /// The size at which loss gaps are given: the largest fitted.
  public var referenceParameters: Double
  /// Of lines of equal optimal sparsity; nil where they are not parallel lines.
  public var contourSlope: Double?
  public var accountings: [AccountingResult]
  /// Optimal densities under sparse and dense accounting, at the dense thresholds above 0.
  public var densityRatios: [DensityRatio]
  /// The ratio of densities for S → 1; nil for laws without closed forms.
  public var densityRatioLimit: Double?
  /// The largest sparsity among the fitted runs; nil without runs.
  public var largestFittedSparsity: Double?

  /// The sparsities that every table lists.
  public static let standardSparsities = [0, 0.25, 0.5, 0.75, 0.875, 0.9375]

  /// The standard sparsities and each distinct fitted one, ascending.
  public static func listedSparsities(fitted: [Double]) -> [Double] {
    let others = fitted.filter { level in
      !standardSparsities.contains {
        abs((1 - $0) / (1 - level) - 1) <= Level.tolerance
      }
    }
    return (standardSparsities + others).sorted()
  }

  /// What the law of a study says, for the runs that it rests on.
  init?(_ study: Study) {
    self.init(
      law: study.law, compute: study.sweep.compute, sparsities: study.listedSparsities,
      referenceParameters: study.referenceParameters,
      largestFittedSparsity: study.largestFittedSparsity,
      replicates: study.finalFit?.uncertainty?.distribution)
  }

  /// Nil where the law does not respond to sparsity, or only speaks of those measured.
  package init?(
    law: ScalingLaw, compute: ComputeSettings, sparsities: [Double],
    referenceParameters: Double, largestFittedSparsity: Double?,
    replicates: BootstrapDistribution? = nil
  ) {
    guard law.respondsToSparsity, law.isContinuous else { return nil }
    let schedule = PruningSchedule(compute)
    self.referenceParameters = referenceParameters
    self.largestFittedSparsity = largestFittedSparsity
    accountings = Accounting.reported(schedule).map { accounting in
      let model = ComputeModel(
        law: law, accounting: accounting, flopsPerParameter: compute.flopsPerParameter,
        referenceParameters: referenceParameters)
      let multiples = model.chinchillaMultiples(sparsities: sparsities)
      let intervals = replicates?.thresholdIntervals(model, sparsities: sparsities)
      return AccountingResult(
        model: model,
        thresholds: sparsities.enumerated().map { index, sparsity in
          Threshold(
            sparsity: sparsity, chinchillaMultiple: multiples[index],
            interval: intervals?[index],
            unconstrainedDense: model.unconstrainedDense(
              sparsity: sparsity, nonZeroParameters: referenceParameters))
        })
    }
    contourSlope = accountings[0].model.contourSlope
    densityRatios = accountings[0].thresholds.filter { $0.sparsity > 0 }.map {
      DensityRatio(
        law: law, schedule: schedule, chinchillaMultiple: $0.chinchillaMultiple,
        nonZeroParameters: referenceParameters)
    }
    densityRatioLimit = DensityRatio.limit(law: law, schedule: schedule)
  }
}

extension Study {
  /// The sparsities that every table lists: the standard ones and each distinct fitted one,
  /// ascending.
  var listedSparsities: [Double] {
    OptimalSparsity.listedSparsities(fitted: Observations(concludingRuns).sparsities)
  }
}
