/// Gradual magnitude pruning on a cubic schedule (Zhu and Gupta 2017): sparsity is 0 until
/// `start`, then S (1 − (1 − t)³) with t from 0 to 1 until `end`, then S.
public struct PruningSchedule: Sendable, Equatable {
  /// The fraction of training at which pruning begins.
  public var start: Double
  /// The fraction of training at which the target is reached.
  public var end: Double

  public init(start: Double = 0.25, end: Double = 0.75) {
    self.start = start
    self.end = end
  }

  /// The scheduled sparsity after the fraction `progress` of training.
  public func sparsity(at progress: Double, target: Double) -> Double {
    if progress >= end { return target }
    if progress <= start { return 0 }
    let remaining = 1 - (progress - start) / (end - start)
    return target * (1 - remaining * remaining * remaining)
  }

  /// The share q of the target sparsity that is present on average over training: the mean
  /// density is 1 − q S.
  ///
  /// The cubic reaches 3/4 of the target on average between start and end:
  /// q = 3/4 (end − start) + (1 − end), which is 0.625 for 25 % to 75 %.
  public var meanShareOfTarget: Double {
    0.75 * (end - start) + (1 - end)
  }

  /// The mean density over training for a target sparsity.
  public func meanDensity(target: Double) -> Double {
    1 - meanShareOfTarget * target
  }
}
