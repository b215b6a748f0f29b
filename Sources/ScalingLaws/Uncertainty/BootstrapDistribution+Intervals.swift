import Fitting

extension BootstrapDistribution {
  /// The interval of a function of the fitted parameters, at the level of the options.
  ///
  /// Ends may be infinite: a multiplier without limit in more than 2.5 % of replicates has an
  /// interval without upper end. Nil where the function is undefined (NaN) for the fit, or for
  /// more replicates than the interval leaves out on either side.
  public func interval(_ statistic: ([Double]) -> Double) -> ClosedRange<Double>? {
    let values = replicates.map(statistic)
    let centre = statistic(estimate)
    let leftOut = options.kind == .accelerated ? leaveOneOut.map(statistic) : []
    return interval(of: values, centre: centre, leaveOneOut: leftOut, kind: options.kind)
  }

  /// The interval of a quantity of the law; nil where a rival was fitted.
  public func interval(of quantity: (ScalingLaw) -> Double) -> ClosedRange<Double>? {
    guard let form = form as? any ScalingLawForm else { return nil }
    let leftOut = options.kind == .accelerated ? leaveOneOut : []
    return interval(
      of: laws.map(quantity), centre: quantity(form.law(of: estimate, units: units)),
      leaveOneOut: leftOut.map { quantity(form.law(of: $0, units: units)) }, kind: options.kind)
  }

  /// The interval that `kind` reads off values of replicates.
  package func interval(
    of replicates: [Double], centre: Double, leaveOneOut: [Double], kind: IntervalKind
  ) -> ClosedRange<Double>? {
    let sorted = replicates.filter { !$0.isNaN }.sorted()
    let tail = (1 - options.level) / 2
    guard !centre.isNaN, !sorted.isEmpty,
      Double(replicates.count - sorted.count) <= tail * Double(replicates.count)
    else { return nil }
    let (low, high) = probabilities(
      sorted: sorted, centre: centre, leaveOneOut: leaveOneOut, kind: kind)
    let lower = quantile(ofSorted: sorted, low)
    let upper = quantile(ofSorted: sorted, high)
    guard lower <= upper else { return nil }
    return lower...upper
  }

  /// The two probabilities whose quantiles are the ends of the interval.
  private func probabilities(
    sorted: [Double], centre: Double, leaveOneOut: [Double], kind: IntervalKind
  ) -> (low: Double, high: Double) {
    let tail = (1 - options.level) / 2
    if kind == .percentile { return (tail, 1 - tail) }
    let below = sorted.count { $0 < centre }
    let equal = sorted.count { $0 == centre }
    let share = (Double(below) + Double(equal) / 2) / Double(sorted.count)
    let bound = 1 / Double(2 * sorted.count)
    let bias = NormalDistribution.quantile(min(max(share, bound), 1 - bound))
    let acceleration = kind == .accelerated ? Self.acceleration(leaveOneOut) : 0
    func moved(_ probability: Double) -> Double {
      let z = bias + NormalDistribution.quantile(probability)
      let scale = 1 - acceleration * z
      guard scale > 0 else { return z > 0 ? 1 : 0 }
      return NormalDistribution.probability(below: bias + z / scale)
    }
    return (moved(tail), moved(1 - tail))
  }

  /// Efron's acceleration: the skewness of the jackknife values over 6 √n.
  static func acceleration(_ leaveOneOut: [Double]) -> Double {
    let values = leaveOneOut.filter(\.isFinite)
    guard values.count == leaveOneOut.count, values.count > 2 else { return 0 }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let cubes = values.reduce(0) { $0 + (mean - $1) * (mean - $1) * (mean - $1) }
    guard squares > 0 else { return 0 }
    let acceleration = cubes / (6 * squares * squares.squareRoot())
    return acceleration.isFinite ? acceleration : 0
  }
}
