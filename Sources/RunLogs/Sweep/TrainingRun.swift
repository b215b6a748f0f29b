/// What a run is used for.
public enum RunRole: String, Sendable {
  /// A main run that the law is fitted to.
  case fitted
  /// A main run kept back to check extrapolation.
  case heldOut = "held_out"
  /// A main run that a rule of sweep.yml leaves out.
  case excluded
  /// A run with an N:M pattern or a parent: never fitted, held out or excluded by a rule.
  case other
}

/// One finished training run: the quantities of the scaling law and where they were read.
public struct TrainingRun: Sendable, Equatable {
  public var name: String
  /// N, the non-zero prunable parameters, in [1, 1e30].
  public var nonZeroParameters: Double
  /// The parameters before pruning, N / (1 - S).
  public var denseParameters: Double
  /// S, the fraction of zeroed weights, in [0, 1).
  public var sparsity: Double
  /// D, the training data seen, in the sweep's data unit, in [1, 1e30].
  public var data: Double
  /// L, the validation loss, in [1e-6, 1e6].
  public var loss: Double
  public var pattern: SparsityPattern
  /// The trained run that this one started from, if any.
  public var parent: String?
  /// The row that gave the final values.
  public var location: SourceLocation
  public var role: RunRole
  /// The rule that excluded the run and its reason; only for the role `excluded`.
  public var whyExcluded: String?
  /// The logged rows in order, thinned to a bounded number; one for a table row or a point.
  public var history: [LoggedRow]
  /// What the run was trained with, as its constants or its table say, by name: all but its seed,
  /// its identity and its outcome. Runs that repeat each other agree in all of it.
  public var settings: [String: String]
  /// The seed that its constants or its table give, as it is written there.
  public var seed: String?
  /// The run that this is a checkpoint of, where checkpoints are observations.
  public var trajectory: String?
  /// How many runs it is the best of, itself among them, where sweep.yml says `keep`.
  public var standsFor = 1
  /// FLOPs per unit of data beyond those of the parameters, where sweep.yml says `compute.extra`.
  public var extraFlops: Double?

  public init(
    name: String, nonZeroParameters: Double, denseParameters: Double, sparsity: Double,
    data: Double, loss: Double, pattern: SparsityPattern, parent: String? = nil,
    location: SourceLocation, role: RunRole = .fitted, whyExcluded: String? = nil,
    history: [LoggedRow] = [], settings: [String: String] = [:], seed: String? = nil,
    trajectory: String? = nil
  ) {
    self.name = name
    self.nonZeroParameters = nonZeroParameters
    self.denseParameters = denseParameters
    self.sparsity = sparsity
    self.data = data
    self.loss = loss
    self.pattern = pattern
    self.parent = parent
    self.location = location
    self.role = role
    self.whyExcluded = whyExcluded
    self.history = history
    self.settings = settings
    self.seed = seed
    self.trajectory = trajectory
  }

  /// Whether the run is of the kind that the law describes: dense or unstructured, from scratch.
  public var isMain: Bool { !pattern.isBlocked && parent == nil }
}

extension TrainingRun {
  /// Whether two runs differ in their seed at most: N, S and D agree to 0.1 %, and so do pattern,
  /// parent and every setting.
  public func isRepeat(of other: TrainingRun) -> Bool {
    func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-3 * max(a, b) }
    return isClose(denseParameters, other.denseParameters)
      && isClose(1 - sparsity, 1 - other.sparsity) && isClose(data, other.data)
      && pattern == other.pattern && parent == other.parent && settings == other.settings
  }
}
