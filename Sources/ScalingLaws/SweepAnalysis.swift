import RunLogs

/// Everything that was computed about one sweep.
public struct SweepAnalysis: Sendable {
  /// A run with the part it played and what the fit says of it.
  public struct RunOutcome: Sendable {
    public var run: TrainingRun
    public var role: RunRole
    /// The loss predicted by the fit that the check rests on.
    public var predicted: Double?
    /// Predicted over measured minus 1.
    public var relativeError: Double? { predicted.map { $0 / run.loss - 1 } }
  }

  /// Coefficients from the literature, beside the sweep's own.
  public struct Published: Sendable {
    public var name: String
    public var law: ScalingLaw
    /// Their objective on the fitted runs, where there are any.
    public var objective: Double?
  }

  /// Which coefficients the conclusions rest on.
  public enum Basis: String, Sendable { case refit, fit, published }

  public struct EffectiveParameters: Sendable {
    public var sparsity: Double
    public var multiplier: Double
    public var interval: ClosedRange<Double>?
  }

  public var sweep: Sweep
  public var runs: [RunOutcome]
  /// The fit without the held-out runs.
  public var fit: LawFit?
  /// The fit with them.
  public var refit: LawFit?
  public var published: Published?
  public var holdout: HoldoutCheck?
  public var basis: Basis
  /// The law that the conclusions rest on.
  public var law: ScalingLaw
  /// Nil where `law` does not know the effect of sparsity.
  public var optimalSparsity: OptimalSparsity?
  /// The best sparsity at round multiples of Chinchilla compute.
  public var optima: OptimaTable?
  public var effectiveParameters: [EffectiveParameters]
  public var effectiveParameterLimit: Double?
  public var effectiveParameterLimitInterval: ClosedRange<Double>?
  public var noise: NoiseFloor?
  /// Main runs that differ in their seed alone.
  public var repeatedSettings: RepeatedSettings
  /// The runs that the concluding fit misses by more than its noise; nil with too few to tell.
  public var outliers: OutlierCheck?
  /// What rests on leaving runs out; nil without a fit or without exclusions.
  public var exclusionLedger: ExclusionLedger?
  /// What the law misses along each axis; empty without a fit.
  public var residualTrends: [ResidualTrend]
  /// What the runs say about each coefficient; nil without intervals.
  public var identifiability: IdentifiabilityReport?
  /// The law against its rivals, and the paper's claims of no interaction.
  public var rivals: RivalComparison?
  /// Runs with an N:M pattern, where there are any.
  public var patterns: PatternComparison?
  /// Runs that pruned a trained model, where there are any.
  public var pretrained: PretrainedComparison?
  /// What saved compute must bring in time.
  public var breakEven: [BreakEvenCurve]
  /// What indices cost in memory.
  public var storage: StorageAnalysis?
  /// What a reader must know before trusting the numbers.
  public var warnings: [String]

  /// The fit that the conclusions rest on; nil where they rest on published coefficients.
  public var concludingFit: LawFit? {
    switch basis {
    case .refit: refit
    case .fit: fit
    case .published: nil
    }
  }

  public func runs(_ role: RunRole) -> [TrainingRun] {
    runs.filter { $0.role == role }.map(\.run)
  }
}
