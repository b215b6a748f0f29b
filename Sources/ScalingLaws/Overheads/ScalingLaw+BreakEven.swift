import Foundation

extension ScalingLaw {
  /// The hardware efficiency from which `sparsity` is the optimal one at a multiple of Chinchilla
  /// compute, where every sparsity is to be had.
  ///
  /// The threshold multiple of S falls as q = e q_s grows, as (1 − q S)^(b_D − 1) (1 − q) does for
  /// every b_D > 0; its logarithm is concave in q, so that Newton's method from the right comes
  /// down on the only solution.
  ///
  /// - Parameters:
  ///   - sparsity: in [0, 1); at 0, where sparsity begins to pay.
  ///   - chinchillaMultiple: positive.
  public func breakEvenForOptimum(
    sparsity: Double, chinchillaMultiple: Double, schedule: PruningSchedule
  ) -> BreakEven {
    func threshold(_ efficiency: Double) -> Double {
      let accounting = Accounting.hardware(efficiency: efficiency, schedule)
      return ComputeModel(law: self, accounting: accounting, flopsPerParameter: 1)
        .chinchillaMultiple(sparsity: sparsity)
    }
    guard respondsToSparsity, threshold(1) <= chinchillaMultiple else { return .never }
    guard threshold(0) > chinchillaMultiple else { return .withoutSavings }
    let largest = schedule.meanShareOfTarget
    let goal = bD * log(chinchillaMultiple / threshold(0))
    var q = largest
    for _ in 0..<50 {
      let excess = (bD - 1) * log1p(-q * sparsity) + log1p(-q) - goal
      let slope = (1 - bD) * sparsity / (1 - q * sparsity) - 1 / (1 - q)
      let next = min(max(q - excess / slope, 0), largest)
      let isDone = abs(next - q) <= 1e-15 * largest
      q = next
      if isDone { break }
    }
    return .efficiency(q / largest)
  }

  /// The hardware efficiency from which a model of `sparsity` has a lower loss than a dense one
  /// of as many non-zero parameters and equal compute, where these two are the choice.
  ///
  /// With the multiplier μ of the sparsity and the multiple M of Chinchilla compute, losses are
  /// equal at the cost factor m* and the efficiency e:
  ///
  ///     m* = (1 + M^b_D (b_D / b_N) (1 − μ^−b_N))^(1 / b_D),   e = (1 − m* (1 − S)) / (q_s S),
  ///
  /// the same for every size.
  ///
  /// - Parameters:
  ///   - sparsity: in (0, 1).
  ///   - multiplier: the effective-parameter multiplier that the sparse model earns; nil for the
  ///     law's own.
  ///   - chinchillaMultiple: positive.
  public func breakEvenAgainstDense(
    sparsity: Double, multiplier: Double? = nil, chinchillaMultiple: Double,
    schedule: PruningSchedule
  ) -> BreakEven {
    guard sparsity > 0, schedule.meanShareOfTarget > 0 else { return .never }
    let multiplier = multiplier ?? effectiveParameterMultiplier(sparsity: sparsity)
    let gain =
      pow(chinchillaMultiple, bD) * (bD / bN) * (1 - pow(multiplier, -bN))
    // A gain of −1 or below: the sparse model is worse on any amount of data.
    guard gain > -1 else { return .never }
    let costFactor = pow(1 + gain, 1 / bD)
    return BreakEven(
      (1 - costFactor * (1 - sparsity)) / (sparsity * schedule.meanShareOfTarget))
  }
}
