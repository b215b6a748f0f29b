/// A claim of the paper that some extra exponent is 0, put to the test.
public struct InteractionClaim: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    /// b_SD = 0: sparsity does not change what data are worth.
    case noDataInteraction
    /// b_SN = 0: a sparsity is worth the same multiplier at every size.
    case sameMultiplierAtEverySize
  }

  /// What the runs say of the claim, by what it is good for: a multiplier that holds at every size
  /// and on every amount of data.
  public enum Verdict: String, Sendable, CaseIterable {
    /// The interval of the drift lies inside of the margin.
    case supported
    /// It lies outside of it; or no dense model matches a sparse one at either end, and the interval
    /// of the exponent excludes 0.
    case contradicted
    /// It crosses the margin.
    case undecided
    /// There is no interval.
    case untested
  }

  public var kind: Kind
  /// The key of the law that has the extra exponent.
  public var form: String
  /// The name of the extra exponent.
  public var exponentName: String
  /// Its fitted value.
  public var exponent: Double
  public var interval: ClosedRange<Double>?
  /// The multiplier at `sparsity` at the largest over that at the smallest size of the runs, or on
  /// the most over that on the least data, by the law with the exponent. Infinite or 0 where no dense
  /// model matches a sparse one at one of the ends, NaN where none does at either.
  public var drift: Estimate
  public var sparsity: Double
  /// The sizes, or the amounts of data, that the drift compares.
  public var range: ClosedRange<Double>
  /// The root mean square, over the runs, of the relative change of the predicted loss when the
  /// exponent is freed and both laws are fitted: the size of the effect in terms of loss.
  public var lossChange: Double
  /// The upper end of the one-sided interval of that change; nil without replicates.
  public var lossChangeLimit: Double?
  /// The largest such change of any run.
  public var largestLossChange: Double
  /// The change that counts as too small to notice: the robust standard deviation of the
  /// relative errors of the law without the exponent, at least 0.01 %.
  public var noticeableChange: Double
  /// The replicates behind the interval.
  public var replicates: Int

  /// Whether no dense model matches a sparse one at an end, so that there is no ratio to give.
  public var isUnmatched: Bool { !drift.value.isFinite || drift.value == 0 }

  /// Whether the interval excludes 0, whatever the size of the effect; nil without an interval.
  public var isDetected: Bool? { interval.map { !$0.contains(0) } }

  /// The factor by which a multiplier may drift either way and count as the same, set before any
  /// sweep was looked at: two sizes of a design lie a factor of 2 apart, so that a tenth more
  /// parameters is what nobody would train another model for.
  public static let margin = 1.1

  /// The verdict by the rule that its cases state.
  public var verdict: Verdict {
    guard let interval = drift.interval else {
      return drift.value.isNaN && isDetected == true ? .contradicted : .untested
    }
    let (low, high) = (interval.lowerBound, interval.upperBound)
    if low >= 1 / Self.margin, high <= Self.margin { return .supported }
    return high < 1 / Self.margin || low > Self.margin ? .contradicted : .undecided
  }
}
