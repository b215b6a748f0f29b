/// Rival laws fitted to the same runs and judged by what they fail to predict.
public struct RivalComparison: Sendable {
  public struct Options: Sendable, Equatable {
    /// Starting points of the fit of each law to all runs. Default: 30.
    public var starts = 30
    /// Fresh starting points, beside the warm one, of each fit to a part of the runs. Default: 6.
    public var partStarts = 6
    /// Resamples of the runs by which the laws are ranked, each of which refits every law once
    /// for each size: a share of 0.5 is then known to 0.05. Default: 100.
    public var rankingReplicates = 100
    /// Resamples behind the interval of an interaction coefficient. Default: 400.
    public var interactionReplicates = 400
    /// The level of every interval. Default: 0.95.
    public var level = 0.95
    /// Seed of starting points and resamples. Default: 0.
    public var seed: UInt64 = 0
    /// The largest number of threads; no result depends on it. Default: 1.
    public var threads = 1

    public init() {}

    /// In proportion to the bootstrap replicates asked for (1,000 give the defaults).
    public init(_ options: FitOptions) {
      seed = options.seed
      threads = options.threads
      let share = Double(max(options.bootstrap, 0)) / 1_000
      rankingReplicates = Int((min(share, 1e3) * Double(rankingReplicates)).rounded())
      interactionReplicates = Int((min(share, 1e3) * Double(interactionReplicates)).rounded())
    }
  }

  /// One law of the table.
  public struct Row: Sendable {
    /// The fit to all main runs.
    public var fit: FittedLaw
    public var key: String { fit.form.key }
    public var formula: String { fit.form.formula }
    public var freeCoefficients: Int
    /// The mean Huber loss on all main runs: never rises with a further coefficient.
    public var objective: Double { fit.objective }
    /// Whether the fit is surely a point: at least as many residuals inside delta as free
    /// coefficients. With fewer, the loss is piecewise linear around the optimum, as a sum of
    /// absolute values is, and may be flat there; the errors of such a law are those of one of
    /// many equally good fits.
    public var isDetermined: Bool
    /// Akaike's criterion for few observations, under `HuberLikelihood`, minus the smallest of
    /// the table: what the fit is worth once its coefficients are paid for.
    public var informationExcess: Double?
    /// The mean absolute relative error of the runs of each size, predicted by a fit to all
    /// other sizes.
    public var leaveOneSizeOutError: Double?
    public var leaveOneSizeOutInterval: ClosedRange<Double>?
    /// The interval of that error over that of the report's law, on the same resamples.
    public var errorRatioInterval: ClosedRange<Double>?
    /// The mean absolute relative error of the held-out runs, predicted by a fit without them.
    public var heldOutError: Double?
    /// The share of the resamples in which no other law has a smaller leave-one-size-out error.
    public var shareBest: Double?
    /// The law of `rankingReplicates` bootstrap replicates of its fit.
    public var replicates: [ScalingLaw]
  }

  /// One per law, the paper's first.
  public var rows: [Row]
  /// The place in `rows` of the law that the report concludes from.
  public var own: Int
  /// The sizes N that were left out in turn, ascending.
  public var sizesLeftOut: [Double]
  /// The parts that they were left out in: fewer than the sizes where there are many.
  public var folds: Int
  /// The sizes that could not be left out, since the other sizes do not determine every law.
  public var sizesSkipped: [Double]
  /// The resamples behind `shareBest` and the error intervals.
  public var rankingReplicates: Int
  /// The level of the intervals.
  public var level: Double
  /// The paper's claims that an extra exponent is 0; empty with fewer than three sparsities.
  public var claims: [InteractionClaim]

  /// The law that the report concludes from.
  public var concluding: Row { rows[own] }

  /// The row with the smallest leave-one-size-out error.
  public var best: Row? {
    rows.filter { $0.leaveOneSizeOutError != nil }
      .min { ($0.leaveOneSizeOutError ?? 0) < ($1.leaveOneSizeOutError ?? 0) }
  }

  /// The error of that law on sizes left out over that of the report's; nil where they are one.
  public var bestErrorRatio: Estimate? {
    guard let best, best.key != concluding.key, let error = best.leaveOneSizeOutError,
      let own = concluding.leaveOneSizeOutError
    else { return nil }
    return Estimate(error / own, interval: best.errorRatioInterval)
  }
}
