import Fitting

/// What the runs say about each coefficient, and which runs say it.
public struct IdentifiabilityReport: Sendable {
  public struct Entry: Sendable {
    public var name: String
    public var estimate: Double
    public var interval: ClosedRange<Double>?
    public var determination: Determination
    /// Whether the fit ended at a bound of this coefficient.
    public var isAtBound: Bool
    /// The runs that move the coefficient most when left out, largest first; empty for sweeps of
    /// more than `LawFitter.leaveOneOutLimit` runs.
    public var influences: [Influence]
  }

  /// In the order of the form.
  public var entries: [Entry]
  /// One for each exponent, and one for the constant.
  public var profiles: [ObjectiveProfile]
  /// How many times the least objective bounds a 95 % interval of a profile; nil of a perfect fit.
  public var profileLimit: Double?
  /// Pairs of coefficients that the runs tell apart badly, strongest first.
  public var tradeOffs: [TradeOff]
  /// Of the scaled Jacobian at the optimum.
  public var conditionNumber: Double

  /// - Parameters:
  ///   - fitter: the one that made the fit.
  ///   - including: a law whose exponents the profiles shall cover, such as a published one.
  ///   - profilePoints: values of each profile; 0 for no profiles.
  public init(
    _ fitter: LawFitter, fit: FittedLaw, uncertainty: Uncertainty,
    including other: ScalingLaw? = nil,
    profilePoints: Int = 41, threads: Int = 1
  ) {
    let exponents = fitter.form.exponents
    let influences = fitter.influences(on: fit, threads: threads)
    entries = uncertainty.coefficients.enumerated().map { index, coefficient in
      let isAtBound = fit.atBound.contains(coefficient.name)
      let bounds = exponents.first { $0.name == coefficient.name }?.bounds
      return Entry(
        name: coefficient.name, estimate: coefficient.estimate, interval: coefficient.interval,
        determination: Determination(
          interval: coefficient.interval, bounds: bounds ?? 0...Double.infinity,
          isAtBound: isAtBound),
        isAtBound: isAtBound, influences: influences[index])
    }
    let others = other?.coefficients ?? []
    let profiled = exponents.map { ($0.name, $0.bounds) } + [(fitter.form.constant, 0...1e6)]
    profiles =
      profilePoints < 2
      ? []
      : parallelMap(count: profiled.count, threads: threads) { index in
        let (name, bounds) = profiled[index]
        let range = Self.profileRange(
          of: fit.coefficients.first { $0.name == name }?.value ?? bounds.lowerBound,
          interval: uncertainty.interval(of: name),
          other: others.first { $0.name == name }?.value, bounds: bounds)
        return fitter.profile(name, over: range, from: fit, points: profilePoints)
      }.compactMap { $0 }
    if case .huber(let delta) = fitter.objective.loss {
      profileLimit = ObjectiveProfile.limit(
        objective: fit.objective, delta: delta, runs: fit.runCount)
    }
    tradeOffs = uncertainty.distribution.tradeOffs
    conditionNumber = fit.conditionNumber
  }

  /// The values of a profile: half as far again as the interval on either side, and the other value.
  ///
  /// Without a finite interval from a third below the estimate to as much above. An interval that
  /// reaches a far bound would leave few points near the optimum, so that ends stay within a factor
  /// of four of it.
  static func profileRange(
    of estimate: Double, interval: ClosedRange<Double>?, other: Double?,
    bounds: ClosedRange<Double>
  ) -> ClosedRange<Double> {
    var values = [estimate * 0.7, estimate * 1.4]
    if let interval, interval.upperBound.isFinite, interval.lowerBound.isFinite {
      let half = (interval.upperBound - interval.lowerBound) / 2
      values = [interval.lowerBound - half, interval.upperBound + half]
    }
    if let other, other > 0 { values.append(other) }
    let near = values.map { min(max($0, estimate / 4), estimate * 4) }
    let lower = min(near.min() ?? estimate, estimate)
    let upper = max(near.max() ?? estimate, estimate)
    guard lower < upper else { return bounds }
    return (lower...upper).clamped(to: bounds)
  }

  /// Names of the coefficients with the given verdict.
  public func names(_ determination: Determination) -> [String] {
    entries.filter { $0.determination == determination }.map(\.name)
  }
}
