import Foundation

/// How much denser or sparser the optimum becomes when only non-zero FLOPs are counted.
public struct DensityRatio: Sendable, Equatable {
  /// The multiple of Chinchilla compute, the same in both accountings.
  public var chinchillaMultiple: Double
  /// The optimal sparsity when every weight is counted.
  public var denseAccounting: Double
  /// The optimal sparsity when only non-zero weights are counted.
  public var sparseAccounting: Double
  /// The optimal density under sparse over that under dense accounting.
  public var ratio: Double { (1 - sparseAccounting) / (1 - denseAccounting) }

  public init(
    law: ScalingLaw, schedule: PruningSchedule, chinchillaMultiple: Double,
    nonZeroParameters: Double
  ) {
    func optimum(_ accounting: Accounting) -> Double {
      ComputeModel(
        law: law, accounting: accounting, flopsPerParameter: 1,
        referenceParameters: nonZeroParameters
      ).optimalSparsity(chinchillaMultiple: chinchillaMultiple)
    }
    self.chinchillaMultiple = chinchillaMultiple
    denseAccounting = optimum(.dense)
    sparseAccounting = optimum(.sparse(schedule))
  }

  /// The ratio for S → 1, (1 − q)^(b_D / (b_S + b_D)) with q the schedule's mean share; nil
  /// for laws without closed forms.
  public static func limit(law: ScalingLaw, schedule: PruningSchedule) -> Double? {
    law.closed.map { pow(1 - schedule.meanShareOfTarget, $0.bD / ($0.bS + $0.bD)) }
  }
}
