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
    /// `multiplier` over `unstructuredMultiplier`: the share that the pattern keeps.
    public var share: Estimate
    /// The mean over the runs that have a partner; nil without any.
    public var pairedExcess: Estimate?
  }

  /// All patterns of one nominal sparsity.
  public struct Group: Sendable {
    public var nominalSparsity: Double
    public var patterns: [SparsityPattern]
    public var runs: Int
    public var multiplier: Estimate
    /// The share of the unstructured multiplier that is kept.
    public var share: Estimate
    public var closeness: Closeness
  }

  /// Whether patterns come close to unstructured sparsity.
  public enum Closeness: String, Sendable, CaseIterable {
    /// The interval of the share kept lies above `PatternComparison.closeShare`.
    case close
    /// It lies below.
    case notClose
    case undecided
  }

  /// Whether sparser patterns are worth more at equal non-zero parameters.
  public enum Advantage: String, Sendable, CaseIterable {
    /// The interval of the ratio of multipliers lies above 1.
    case sparserBetter
    /// It lies below 1.
    case sparserWorse
    case undecided
  }

  /// Two nominal sparsities compared.
  public struct Contrast: Sendable {
    public var lowerSparsity: Double
    public var higherSparsity: Double
    /// The geometric mean multiplier of the sparser patterns over that of the denser ones.
    public var ratio: Estimate
    public var advantage: Advantage
  }

  /// The share of the unstructured multiplier from which a pattern counts as close.
  public static let closeShare = 0.9

  public var runs: [Run]
  /// By pattern, ascending in nominal sparsity, then m.
  public var summaries: [Summary]
  /// By nominal sparsity, ascending.
  public var groups: [Group]
  /// Every pair of nominal sparsities.
  public var contrasts: [Contrast]
}
