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
  public var history: [Checkpoint]

  public init(
    name: String, nonZeroParameters: Double, denseParameters: Double, sparsity: Double,
    data: Double, loss: Double, pattern: SparsityPattern, parent: String? = nil,
    location: SourceLocation, role: RunRole = .fitted, whyExcluded: String? = nil,
    history: [Checkpoint] = []
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
  }

  /// Whether the run is of the kind that the law describes: dense or unstructured, from scratch.
  public var isMain: Bool {
    if case .blocked = pattern { return false }
    return parent == nil
  }
}

/// One logged row of a run, in the units of the sweep.
public struct Checkpoint: Sendable, Equatable {
  public var data: Double
  public var loss: Double?
  public var sparsity: Double?
  public var nonZeroParameters: Double?

  public init(
    data: Double, loss: Double? = nil, sparsity: Double? = nil, nonZeroParameters: Double? = nil
  ) {
    self.data = data
    self.loss = loss
    self.sparsity = sparsity
    self.nonZeroParameters = nonZeroParameters
  }
}

extension Checkpoint {
  /// Sets a quantity to a number in the unit of its column; one beyond the range of a double counts
  /// as not logged.
  mutating func add(_ number: Double, _ quantity: Quantity, times: Double, isDensity: Bool) {
    guard (number * times).isFinite else { return }
    let scaled = isDensity ? 1 - number * times : number * times
    switch quantity {
    case .data: data = scaled
    case .loss: loss = scaled
    case .sparsity: sparsity = scaled
    case .nonZeroParameters: nonZeroParameters = scaled
    default: break
    }
  }
}
