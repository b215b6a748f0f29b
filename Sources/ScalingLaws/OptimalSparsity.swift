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
  public var contourSlope: Double
  public var accountings: [AccountingResult]
  /// Optimal densities under sparse and dense accounting, at the dense thresholds above 0.
  public var densityRatios: [DensityRatio]
  /// The ratio of densities for S → 1.
  public var densityRatioLimit: Double
  /// The largest sparsity among the fitted runs; nil without runs.
  public var largestFittedSparsity: Double?

  /// The sparsities that every table lists.
  public static let standardSparsities = [0, 0.25, 0.5, 0.75, 0.875, 0.9375]

  /// The standard sparsities and each distinct fitted one, ascending.
  public static func listedSparsities(fitted: [Double]) -> [Double] {
    let others = fitted.filter { level in
      !standardSparsities.contains {
        abs((1 - $0) / (1 - level) - 1) <= Observations.levelTolerance
      }
    }
    return (standardSparsities + others).sorted()
  }

  /// Nil where the law does not respond to sparsity.
  public init?(
    law: ScalingLaw, compute: ComputeSettings, sparsities: [Double],
    referenceParameters: Double, largestFittedSparsity: Double?
  ) {
    guard law.respondsToSparsity else { return nil }
    let schedule = PruningSchedule(compute)
    self.referenceParameters = referenceParameters
    self.largestFittedSparsity = largestFittedSparsity
    let accountings: [Accounting] = [
      .dense, .sparse(schedule), .hardware(efficiency: 0.5, schedule),
    ]
    self.accountings = accountings.map { accounting in
      let model = ComputeModel(
        law: law, accounting: accounting, flopsPerParameter: compute.flopsPerParameter)
      return AccountingResult(
        model: model,
        thresholds: sparsities.map { sparsity in
          Threshold(
            sparsity: sparsity, chinchillaMultiple: model.chinchillaMultiple(sparsity: sparsity),
            unconstrainedDense: model.unconstrainedDense(
              sparsity: sparsity, nonZeroParameters: referenceParameters))
        })
    }
    contourSlope = self.accountings[0].model.contourSlope
    densityRatios = self.accountings[0].thresholds.filter { $0.sparsity > 0 }.map {
      DensityRatio(law: law, schedule: schedule, chinchillaMultiple: $0.chinchillaMultiple)
    }
    densityRatioLimit = DensityRatio.limit(law: law, schedule: schedule)
  }
}
