import RunLogs

/// What every law can be asked about a sweep, in one wording for all.
public struct LawQuestions: Sendable {
  /// The sparsity whose overtake and threshold are asked for: one half, or the least measured.
  public var sparsity: Double
  /// The sparsity that it overtakes: dense, or the least measured.
  public var over: Double
  /// The sparsity whose multiplier is asked for: the largest measured one below 80 %.
  public var multiplierSparsity: Double
  private let study: Study

  /// Nil where there are fewer than two sparsities. Without a fit they are
  /// `Overtake.sparsitiesWithoutRuns`.
  public init?(_ study: Study) {
    let measured = Observations(study.concludingRuns).sparsities
    let levels = study.finalFit == nil ? Overtake.sparsitiesWithoutRuns : measured
    guard levels.count >= 2, let least = levels.first,
      let sparsity = Overtake.headlineSparsity(of: Array(levels.dropFirst()))
    else { return nil }
    self.study = study
    over = least
    self.sparsity = sparsity
    multiplierSparsity = Self.multiplierSparsity(of: levels) ?? sparsity
  }

  /// The largest of ascending sparsities below 80 % but the first, else the second; nil of one.
  static func multiplierSparsity(of levels: [Double]) -> Double? {
    levels.dropFirst().last { $0 < 0.8 } ?? levels.dropFirst().first
  }

  /// The multiple of dense Chinchilla compute from which `sparsity` beats `over`, by dense
  /// accounting; infinite where it never does.
  public func overtake(_ law: ScalingLaw) -> Double {
    study.model(law, .dense).overtake(from: over, to: sparsity)
  }

  /// The effective-parameter multiplier at `multiplierSparsity`, the largest size and most data.
  public func multiplier(_ law: ScalingLaw) -> Double {
    study.multiplier(law, sparsity: multiplierSparsity)
  }

  /// The multiple of Chinchilla compute from which `sparsity` is the best of all; infinite where
  /// it never is, NaN where the law says nothing between measured sparsities.
  public func threshold(
    _ law: ScalingLaw, sparsity: Double? = nil, _ accounting: Accounting = .dense
  ) -> Double {
    study.model(law, accounting).chinchillaMultiple(sparsity: sparsity ?? self.sparsity)
  }
}

/// The same conclusions under every law that was fitted to the runs.
public struct LawAnswers: Sendable {
  /// A conclusion and where replicates of the fit put it.
  public struct Answer: Sendable, Equatable {
    /// NaN where the law says nothing.
    public var value: Double
    /// Nil of laws that predict sizes left out markedly worse than the best.
    public var interval: ClosedRange<Double>?
  }

  public struct Row: Sendable {
    public var key: String
    public var overtake: Answer
    public var multiplier: Answer
    public var threshold: Answer
    public var leaveOneSizeOutError: Double?
    /// Whether sizes left out are predicted nearly as well as by the best law.
    public var isNearBest: Bool
  }

  /// An error of at most this many times the least counts as nearly as good.
  public static let nearBest = 1.25

  public var questions: LawQuestions
  /// The law of the report first.
  public var rows: [Row]
  /// The replicates behind the intervals of the other laws.
  public var replicates: Int

  /// From the least to the greatest overtake of the laws that are near the best; nil where no size
  /// can be left out.
  public var overtakeRange: ClosedRange<Double>? {
    let values = rows.filter(\.isNearBest).map(\.overtake.value).filter { !$0.isNaN }
    guard let low = values.min(), let high = values.max() else { return nil }
    return low...high
  }

  /// Nil without a comparison of laws.
  init?(_ study: Study, _ rivals: RivalComparison?) {
    guard let rivals, let final = study.finalFit, let questions = LawQuestions(study) else {
      return nil
    }
    self.questions = questions
    let least = rivals.best?.leaveOneSizeOutError
    rows = rivals.rows.map { row in
      let isOwn = row.key == final.form.key
      let law = isOwn ? final.law : row.fit.law
      let error = row.leaveOneSizeOutError
      let isNearBest =
        error.flatMap { error in least.map { error <= Self.nearBest * $0 } } ?? false
      // A search in every replicate is dear, and laws far from the best need no interval.
      let others =
        isOwn
        ? final.uncertainty?.distribution.laws ?? [] : isNearBest ? row.replicates : []
      func answer(_ question: (ScalingLaw) -> Double) -> Answer {
        let value = question(law)
        guard value.isFinite,
          let interval = percentileInterval(others.map(question), level: rivals.level),
          // What a law says by its form alone has no interval.
          interval.upperBound - interval.lowerBound > 1e-9 * abs(value)
        else { return Answer(value: value) }
        return Answer(value: value, interval: interval)
      }
      return Row(
        key: row.key, overtake: answer(questions.overtake),
        multiplier: answer(questions.multiplier), threshold: answer { questions.threshold($0) },
        leaveOneSizeOutError: error,
        isNearBest: isNearBest)
    }
    replicates = rivals.rows.map(\.replicates.count).max() ?? 0
  }
}
