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
  /// One for each exponent.
  public var profiles: [ObjectiveProfile]
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
    profiles =
      profilePoints < 2
      ? []
      : parallelMap(count: exponents.count, threads: threads) { index in
        let name = exponents[index].name
        let range = Self.profileRange(
          of: fit.coefficients.first { $0.name == name }?.value
            ?? exponents[index].bounds.lowerBound,
          interval: uncertainty.interval(of: name),
          other: others.first { $0.name == name }?.value, bounds: exponents[index].bounds)
        return fitter.profile(name, over: range, from: fit, points: profilePoints)
      }.compactMap { $0 }
    tradeOffs = uncertainty.distribution.tradeOffs
    conditionNumber = fit.conditionNumber
  }

  /// From a tenth below to a tenth above the estimate, its interval and the other value, by ratio.
  static func profileRange(
    of estimate: Double, interval: ClosedRange<Double>?, other: Double?,
    bounds: ClosedRange<Double>
  ) -> ClosedRange<Double> {
    var values = [estimate * 0.7, estimate * 1.4]
    if let interval { values += [interval.lowerBound, interval.upperBound] }
    if let other, other > 0 { values.append(other) }
    // An interval that reaches a far bound would leave few points near the optimum.
    let near = values.filter { $0.isFinite }.map { min(max($0, estimate / 4), estimate * 4) }
    let lower = (near.min() ?? estimate) / 1.1
    let upper = (near.max() ?? estimate) * 1.1
    guard lower <= upper else { return bounds }
    return (lower...upper).clamped(to: bounds)
  }

  /// Names of the coefficients with the given verdict.
  public func names(_ determination: Determination) -> [String] {
    entries.filter { $0.determination == determination }.map(\.name)
  }
}
