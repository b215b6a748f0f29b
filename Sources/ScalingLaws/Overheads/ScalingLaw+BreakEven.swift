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
  ///
  /// Only of laws with closed forms; `never` of others.
  public func breakEvenForOptimum(
    sparsity: Double, chinchillaMultiple: Double, schedule: PruningSchedule
  ) -> BreakEven {
    guard let bD = closed?.bD, respondsToSparsity else { return .never }
    let unsaved = ComputeModel(law: self, accounting: .dense, flopsPerParameter: 1)
      .chinchillaMultiple(sparsity: sparsity)
    guard unsaved > chinchillaMultiple else { return .withoutSavings }
    let largest = schedule.meanShareOfTarget
    let goal = bD * log(chinchillaMultiple / unsaved)
    func excess(_ q: Double) -> Double {
      (bD - 1) * log1p(-q * sparsity) + log1p(-q) - goal
    }
    guard excess(largest) <= 0 else { return .never }
    var q = largest
    for _ in 0..<50 {
      let slope = (1 - bD) * sparsity / (1 - q * sparsity) - 1 / (1 - q)
      let next = min(max(q - excess(q) / slope, 0), largest)
      let isDone = abs(next - q) <= 1e-15 * largest
      q = next
      if isDone { break }
    }
    return .efficiency(q / largest)
  }

  /// The hardware efficiency from which a model of `sparsity` has a lower loss than a dense one
  /// of as many non-zero parameters and equal compute, where these two are the choice.
  ///
  /// In the parts of the law at size N, losses are equal at the cost factor m*, and with the
  /// multiple M of Chinchilla data D_c at the efficiency e:
  ///
  ///     m* = ((u(0) − u(S)) (M D_c)^b / v(S) + v(0) / v(S))^(1 / b),   e = (1 − m* (1 − S)) / (q_s S).
  ///
  /// - Parameters:
  ///   - sparsity: in (0, 1).
  ///   - multiplier: the effective-parameter multiplier that the sparse model earns; nil for the
  ///     law's own.
  ///   - chinchillaMultiple: positive.
  ///   - nonZeroParameters: matters to laws whose contours differ between sizes.
  public func breakEvenAgainstDense(
    sparsity: Double, multiplier: Double? = nil, chinchillaMultiple: Double,
    schedule: PruningSchedule, nonZeroParameters: Double = 1e9
  ) -> BreakEven {
    guard sparsity > 0, schedule.meanShareOfTarget > 0 else { return .never }
    let dense = parts(nonZeroParameters: nonZeroParameters, sparsity: 0)
    let sparse =
      multiplier.map { parts(nonZeroParameters: nonZeroParameters * $0, sparsity: 0) }
      ?? parts(nonZeroParameters: nonZeroParameters, sparsity: sparsity)
    let data = chinchillaMultiple * chinchillaData(nonZeroParameters: nonZeroParameters)
    let power =
      (dense.size - sparse.size) * pow(data, dataExponent) / sparse.data
      + dense.data / sparse.data
    // The sparse model is worse on any amount of data.
    guard power > 0 else { return .never }
    let costFactor = pow(power, 1 / dataExponent)
    return BreakEven(
      (1 - costFactor * (1 - sparsity)) / (sparsity * schedule.meanShareOfTarget))
  }
}
