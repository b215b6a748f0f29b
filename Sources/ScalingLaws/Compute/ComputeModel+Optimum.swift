import Foundation

extension ComputeModel {
  /// The best sparsity for a size and a compute budget.
  public struct Optimum: Sendable, Equatable {
    /// The sparsity that minimises the loss.
    public var sparsity: Double
    /// The loss there.
    public var loss: Double
    /// The data that the budget pays for there.
    public var data: Double

    package init(sparsity: Double, loss: Double, data: Double) {
      self.sparsity = sparsity
      self.loss = loss
      self.data = data
    }
  }

  /// The highest sparsity that is considered.
  public static let highestSparsity = 0.99

  /// The best sparsity: the one whose threshold is the given multiple of Chinchilla compute.
  public func optimum(nonZeroParameters: Double, flops: Double) -> Optimum {
    let multiple = flops / chinchillaFlops(nonZeroParameters: nonZeroParameters)
    return optimum(
      at: optimalSparsity(
        chinchillaMultiple: multiple, nonZeroParameters: nonZeroParameters),
      nonZeroParameters, flops)
  }

  /// The optimal sparsity at a multiple of Chinchilla compute, in [0, 0.99].
  ///
  /// For the paper's law thresholds rise with sparsity for every q < 1, so that it is unique: with
  /// depth t = −log(1 − S), b_D times the log of the threshold over that of S = 0 is
  /// (b_S + b_D) t − (1 − b_D) log(1 − q S), which only bends one way, so that Newton's method
  /// from t = 0 finds it; for dense accounting (q = 0) in one step.
  /// Other laws are searched at `nonZeroParameters`, or at the reference size; NaN where a law
  /// says nothing between measured sparsities.
  public func optimalSparsity(
    chinchillaMultiple multiple: Double, nonZeroParameters: Double? = nil
  ) -> Double {
    guard law.isContinuous else { return .nan }
    guard let law = closed else {
      return SparsityEnvelope(self, nonZeroParameters: nonZeroParameters ?? referenceParameters)
        .optimalSparsity(chinchillaMultiple: multiple)
    }
    guard law.respondsToSparsity, multiple > chinchillaMultiple(sparsity: 0) else { return 0 }
    let goal = law.bD * log(multiple / chinchillaMultiple(sparsity: 0))
    guard goal.isFinite else { return Self.highestSparsity }
    let q = accounting.savedShare
    var depth = 0.0
    for _ in 0..<50 {
      let sparsity = -expm1(-depth)
      let excess =
        (law.bS + law.bD) * depth - (1 - law.bD) * log1p(-q * sparsity) - goal
      let slope =
        law.bS + law.bD + (1 - law.bD) * q * (1 - sparsity) / (1 - q * sparsity)
      let step = excess / slope
      depth -= step
      if abs(step) <= 1e-14 * depth { break }
    }
    return min(-expm1(-depth), Self.highestSparsity)
  }

  private func optimum(
    at sparsity: Double, _ nonZeroParameters: Double, _ flops: Double
  ) -> Optimum {
    Optimum(
      sparsity: sparsity,
      loss: loss(nonZeroParameters: nonZeroParameters, sparsity: sparsity, flops: flops),
      data: data(nonZeroParameters: nonZeroParameters, sparsity: sparsity, flops: flops))
  }

  /// The sparsities around the optimum whose loss is within `tolerance` (relative) of the best:
  /// optima are flat, so this says more than the optimum alone.
  public func nearOptimalSparsities(
    nonZeroParameters: Double, flops: Double, tolerance: Double
  ) -> ClosedRange<Double> {
    let best = optimum(nonZeroParameters: nonZeroParameters, flops: flops)
    let limit = best.loss * (1 + tolerance)
    func edge(from inside: Double, to outside: Double) -> Double {
      func isWithin(_ depth: Double) -> Bool {
        loss(nonZeroParameters: nonZeroParameters, sparsity: 1 - exp(-depth), flops: flops)
          <= limit
      }
      if isWithin(outside) { return outside }
      var inside = inside
      var outside = outside
      for _ in 0..<60 {
        let middle = (inside + outside) / 2
        if isWithin(middle) { inside = middle } else { outside = middle }
      }
      return inside
    }
    let depth = -log(1 - best.sparsity)
    let lower = edge(from: depth, to: 0)
    let upper = edge(from: depth, to: -log(1 - Self.highestSparsity))
    return max(0, 1 - exp(-lower))...max(0, 1 - exp(-upper))
  }
}
