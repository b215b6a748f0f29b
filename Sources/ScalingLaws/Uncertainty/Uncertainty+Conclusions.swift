import Fitting

// Intervals of what follows from a law: each replicate's law answers the question anew.

extension BootstrapDistribution {
  /// The interval of a quantity of the compute model, for another law at each replicate.
  public func interval(
    in model: ComputeModel, of quantity: (ComputeModel) -> Double
  ) -> ClosedRange<Double>? {
    interval { law in
      var model = model
      model.law = law
      return quantity(model)
    }
  }

  /// The interval of the multiple of Chinchilla compute at which a sparsity becomes optimal; its
  /// upper end is infinite where sparsity never pays in too many replicates.
  public func thresholdInterval(
    _ model: ComputeModel, sparsity: Double
  ) -> ClosedRange<Double>? {
    interval(in: model) { $0.chinchillaMultiple(sparsity: sparsity) }
  }

  /// The intervals of several thresholds, each replicate searched once.
  public func thresholdIntervals(
    _ model: ComputeModel, sparsities: [Double]
  ) -> [ClosedRange<Double>?] {
    intervals(in: model) { $0.chinchillaMultiples(sparsities: sparsities) }
  }

  /// The bands of the iso-contours of several sparsities: for each size an interval of compute, in
  /// FLOPs, for each sparsity; every replicate is searched once at a size.
  public func contourBands(
    _ model: ComputeModel, sparsities: [Double], sizes: [Double]
  ) -> [[ClosedRange<Double>?]] {
    let all = intervals(in: model) { model in
      // Of closed forms the same at every size.
      let common =
        model.law.closed == nil ? nil : model.chinchillaMultiples(sparsities: sparsities)
      return sizes.flatMap { size in
        let chinchilla = model.chinchillaFlops(nonZeroParameters: size)
        let multiples =
          common ?? model.chinchillaMultiples(sparsities: sparsities, nonZeroParameters: size)
        return multiples.map { $0 * chinchilla }
      }
    }
    return sizes.indices.map { place in
      Array(all[(place * sparsities.count)..<((place + 1) * sparsities.count)])
    }
  }

  /// The intervals of several quantities that one search gives.
  func intervals(
    in model: ComputeModel, of quantities: (ComputeModel) -> [Double]
  ) -> [ClosedRange<Double>?] {
    let rows = laws.map { law in
      var model = model
      model.law = law
      return quantities(model)
    }
    return quantities(model).enumerated().map { index, value in
      value.isNaN ? nil : percentileInterval(rows.map { $0[index] }, level: options.level)
    }
  }

  /// The interval of the optimal sparsity for a size and a compute budget.
  public func optimalSparsityInterval(
    _ model: ComputeModel, nonZeroParameters: Double, flops: Double
  ) -> ClosedRange<Double>? {
    interval(in: model) {
      $0.optimum(nonZeroParameters: nonZeroParameters, flops: flops).sparsity
    }
  }

  /// The interval of the effective-parameter multiplier of a sparsity.
  public func multiplierInterval(sparsity: Double) -> ClosedRange<Double>? {
    interval { (law: ScalingLaw) in law.effectiveParameterMultiplier(sparsity: sparsity) }
  }

  /// The interval of the multiplier's limit for S → 1; its upper end is infinite where too many
  /// replicates have no saturation (c_S = 0).
  public var multiplierLimitInterval: ClosedRange<Double>? {
    interval { (law: ScalingLaw) in law.effectiveParameterLimit ?? .infinity }
  }
}
