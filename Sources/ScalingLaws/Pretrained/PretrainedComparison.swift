import RunLogs

/// What pruning a trained dense model is worth against training the sparse model from scratch.
///
/// For every run with a parent: the data D* with which, by the law, a model of the same N and S
/// trained from scratch reaches the same loss.
public struct PretrainedComparison: Sendable {
  public struct Run: Sendable {
    public var run: TrainingRun
    /// The data of the pruning run alone.
    public var pruningData: Double
    /// The data of the parent and, in turn, of its own parents; nil where one is not among the
    /// runs.
    public var parentData: Double?
    /// D*; infinite where no amount of data reaches the loss.
    public var scratchData: Estimate
    /// D* over the pruning data.
    public var multipleOfPruning: Estimate
    /// D* over dense training plus pruning; nil without the parent's data.
    public var multipleOfBoth: Estimate?
    /// How far D* lies outside the data of the fitted runs; nil where it lies inside.
    public var extrapolation: Extrapolation?
    /// What the numbers themselves say.
    public var outcome: Outcome?
    /// What the intervals allow to be said.
    public var verdict: Verdict
  }

  /// How far an amount of data lies outside the fitted range.
  public struct Extrapolation: Sendable, Equatable {
    /// log10 of the ratio to the nearest fitted amount: positive beyond the largest, negative
    /// below the smallest; infinite where no amount suffices.
    public var decades: Double
  }

  /// Where D* lies.
  public enum Outcome: String, Sendable, CaseIterable {
    /// From scratch needs no more data than pruning alone: pretraining brought nothing.
    case belowPruning
    /// More than pruning alone, less than both stages: pruning pays where the dense model
    /// exists anyway, and only there. The paper's finding.
    case betweenStages
    /// More than both stages together: pruning pays even if the dense model must be trained.
    case beyondBoth
    /// By the law no amount of data from scratch reaches the loss; it also exceeds both stages.
    case cannotBeMatched
  }

  /// An outcome as far as it is sure, by an interval that allows for the number of runs.
  public enum Verdict: String, Sendable, CaseIterable {
    /// The whole interval of D* has the outcome.
    case belowPruning, betweenStages, beyondBoth
    /// The interval spans more than one outcome, or there is none.
    case undecided
  }

  /// All runs whose D* lies inside the fitted data, against the paper's finding.
  public enum Agreement: String, Sendable, CaseIterable {
    /// More than half of the runs are surely between the stages, and none is surely elsewhere.
    case asInThePaper
    /// More runs are surely elsewhere than surely between.
    case otherwise
    /// Neither.
    case mixed
  }

  public var runs: [Run]
  /// The runs whose D* lies inside the fitted data, by sparsity, ascending.
  public var groups: [Group]
  public var agreement: Agreement
  /// The level of the intervals behind verdicts.
  public var correctedLevel: Double

  /// Those that count: of D* outside the fitted data the law is an extrapolation.
  public var judged: [Run] { runs.filter { $0.extrapolation == nil } }

  /// The runs of one sparsity.
  public struct Group: Sendable {
    public var sparsity: Double
    public var runs: Int
    /// The medians over the runs; infinite where half of them cannot be matched.
    public var medianMultipleOfPruning: Double
    public var medianMultipleOfBoth: Double?
  }

  /// How many runs have each outcome, by the numbers themselves.
  public func count(_ outcome: Outcome) -> Int { runs.count { $0.outcome == outcome } }

  /// How many of the runs that count surely have an outcome.
  public func count(_ verdict: Verdict) -> Int { judged.count { $0.verdict == verdict } }
}
