/// A claim of the paper that some extra exponent is 0, put to the test.
public struct InteractionClaim: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    /// b_SD = 0: sparsity does not change what data are worth.
    case noDataInteraction
    /// b_SN = 0: a sparsity is worth the same multiplier at every size.
    case sameMultiplierAtEverySize
  }

  /// What the runs say of the claim.
  public enum Verdict: String, Sendable, CaseIterable {
    /// The interval holds 0, and losses do not change noticeably even at the limit.
    case supported
    /// The interval excludes 0, but losses do not change noticeably even at the limit.
    case supportedInEffect
    /// The interval excludes 0, and losses change noticeably.
    case contradicted
    /// Anything else: at this precision the change may be noticeable or not.
    case undecided
  }

  public var kind: Kind
  /// The key of the law that has the extra exponent.
  public var form: String
  /// The name of the extra exponent.
  public var exponentName: String
  /// Its fitted value.
  public var exponent: Double
  public var interval: ClosedRange<Double>?
  /// The root mean square, over the runs, of the relative change of the predicted loss when the
  /// exponent is freed and both laws are fitted: the size of the effect in terms of loss.
  public var lossChange: Double
  /// The upper end of the one-sided interval of that change; nil without resamples.
  public var lossChangeLimit: Double?
  /// The largest such change of any run.
  public var largestLossChange: Double
  /// The change that counts as too small to notice: the robust standard deviation of the
  /// relative errors of the law without the exponent, at least 0.01 %.
  public var noticeableChange: Double
  /// The resamples behind the interval.
  public var replicates: Int

  /// Whether the interval excludes 0, whatever the size of the effect; nil without an interval.
  public var isDetected: Bool? { interval.map { !$0.contains(0) } }

  /// The verdict by the rule that its cases state; undecided without an interval.
  public var verdict: Verdict {
    guard let interval, let lossChangeLimit else { return .undecided }
    let isUnnoticeable = lossChangeLimit <= noticeableChange
    if interval.contains(0) { return isUnnoticeable ? .supported : .undecided }
    if isUnnoticeable { return .supportedInEffect }
    return lossChange > noticeableChange ? .contradicted : .undecided
  }
}
