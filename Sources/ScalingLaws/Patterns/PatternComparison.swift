import RunLogs

/// How runs with an N:M pattern compare with unstructured sparsity.
public struct PatternComparison: Sendable {
  /// One run with an N:M pattern.
  public struct Run: Sendable {
    public var run: TrainingRun
    /// The loss of an unstructured model of the run's actual N, S and D.
    public var predicted: Double
    /// Measured over predicted loss minus 1.
    public var excess: Estimate
    /// The size of the dense model with this loss on the same data, over N: the multiplier that
    /// the pattern earns; infinite where no dense model reaches the loss.
    public var multiplier: Estimate
    /// The law's multiplier of unstructured sparsity at the run's S.
    public var unstructuredMultiplier: Estimate
    /// Excess over a measured unstructured run; nil where there is none.
    public var paired: Paired?
  }

  /// Excess loss over measured unstructured runs of the same dense size and data.
  public struct Paired: Sendable, Equatable {
    /// Their names; seeds of one setting count as one by their geometric mean.
    public var partners: [String]
    /// Measured over measured loss minus 1, after the law's prediction for the small difference
    /// in sparsity: an error that the law makes at this size and sparsity cancels.
    public var excess: Estimate
  }

  /// All runs of one pattern.
  public struct Summary: Sendable {
    public var pattern: SparsityPattern
    public var runs: Int
    /// 1 − n / m; the runs' own sparsity may be a little lower.
    public var nominalSparsity: Double
    /// Geometric means over the runs.
    public var excess: Estimate
    public var multiplier: Estimate
    /// `multiplier` in each replicate of the ensemble, in its order.
    public var multiplierReplicates: [Double]
    public var unstructuredMultiplier: Estimate
    /// `multiplier` over `unstructuredMultiplier`: what takes the law's multiplier to the pattern's.
    public var multiplierRatio: Double
    /// The share of what unstructured sparsity gains over dense, 1, that the pattern keeps; below 0
    /// where it is worse than dense. NaN where unstructured sparsity gains nothing.
    public var gainShare: Estimate
    /// Of the pattern over a dense model of equal non-zero size.
    public var againstDense: Advantage
    /// The mean over the runs that have a partner; nil without any.
    public var pairedExcess: Estimate?
  }

  /// Whether one multiplier is larger than another, by an interval that allows for how many such
  /// questions are asked (Bonferroni): of twenty at 95 % each, one is wrong by chance.
  public enum Advantage: String, Sendable, CaseIterable {
    case better, worse, undecided

    init(_ ratio: Estimate) {
      self = ratio.isAbove(1) ? .better : ratio.isBelow(1) ? .worse : .undecided
    }
  }

  /// Two patterns of one block length compared.
  public struct Contrast: Sendable {
    public var denser: SparsityPattern
    public var sparser: SparsityPattern
    /// The multiplier of the sparser pattern over that of the denser one.
    public var ratio: Estimate
    /// Of the sparser one.
    public var advantage: Advantage
  }

  public var runs: [Run]
  /// By pattern, ascending in nominal sparsity, then m.
  public var summaries: [Summary]
  /// Every pair of patterns of one block length: longer blocks leave more choice, so that patterns
  /// of several lengths have nothing in common to be averaged.
  public var contrasts: [Contrast]
  /// The level of the intervals that say whether a pattern is better than dense.
  public var correctedLevel: Double
}
