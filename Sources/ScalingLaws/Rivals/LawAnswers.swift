import Fitting
import RunLogs

/// What every law can be asked about a sweep, in one wording for all.
public struct LawQuestions: Sendable {
  public enum Question: Sendable, CaseIterable { case overtake, multiplier, threshold }

  /// What a law says, with where replicates of its fit put it. NaN where it says nothing; without
  /// interval what is infinite, or what a law says by its form alone.
  public struct Answers: Sendable {
    public var overtake: Estimate
    public var multiplier: Estimate
    public var threshold: Estimate

    public subscript(question: Question) -> Estimate {
      switch question {
      case .overtake: overtake
      case .multiplier: multiplier
      case .threshold: threshold
      }
    }
  }

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

  /// Of the fit that a report concludes from.
  func answers(_ fit: FittedLaw) -> Answers {
    answers(fit.law, fit.uncertainty?.distribution.laws ?? [])
  }

  /// - Parameter replicates: of the fit of the law.
  func answers(_ law: ScalingLaw, _ replicates: [ScalingLaw] = []) -> Answers {
    func answer(_ question: (ScalingLaw) -> Double) -> Estimate {
      let value = question(law)
      guard value.isFinite,
        let interval = percentileInterval(replicates.map(question), level: 0.95),
        interval.upperBound - interval.lowerBound > 1e-9 * abs(value)
      else { return Estimate(value) }
      return Estimate(value, interval: interval)
    }
    return Answers(
      overtake: answer(overtake), multiplier: answer(multiplier),
      threshold: answer { threshold($0) })
  }
}

/// The same conclusions under every law that was fitted to the runs.
public struct LawAnswers: Sendable {
  public struct Row: Sendable {
    public var key: String
    public var answers: LawQuestions.Answers
    public var leaveOneSizeOutError: Double?
    /// Whether the report concludes from it.
    public var isOwn: Bool
    /// Whether sizes left out are predicted nearly as well as by the best law.
    public var isNearBest: Bool
  }

  /// An error of at most this many times the least counts as nearly as good.
  public static let nearBest = 1.25

  public var questions: LawQuestions
  /// The paper's law first.
  public var rows: [Row]
  /// The replicates behind the intervals of the other laws.
  public var replicates: Int

  /// From the least to the greatest overtake of the laws that are near the best; nil where no size
  /// can be left out.
  public var overtakeRange: ClosedRange<Double>? {
    let values = rows.filter(\.isNearBest).map(\.answers.overtake.value).filter { !$0.isNaN }
    guard let low = values.min(), let high = values.max() else { return nil }
    return low...high
  }

  /// Whether some law near the best and the report's law put the overtake outside of each other's
  /// intervals: a law with more coefficients may differ by chance. Nil without an interval.
  public var verdict: AnalysisChoices.Verdict? {
    guard let own = rows.first(where: \.isOwn)?.answers.overtake, own.interval != nil
    else { return nil }
    let isMoved = rows.contains { $0.isNearBest && $0.answers.overtake.disagrees(with: own) }
    return isMoved ? .moves : .holds
  }

  /// Nil without a comparison of laws.
  init?(_ study: Study, _ rivals: RivalComparison?, threads: Int) {
    guard let rivals, let final = study.finalFit, let questions = LawQuestions(study) else {
      return nil
    }
    self.questions = questions
    let least = rivals.best?.leaveOneSizeOutError
    rows = parallelMap(count: rivals.rows.count, threads: threads) { index in
      let row = rivals.rows[index]
      let isOwn = row.key == final.form.key
      let error = row.leaveOneSizeOutError
      return Row(
        key: row.key,
        answers: isOwn
          ? questions.answers(final) : questions.answers(row.fit.law, row.replicates),
        leaveOneSizeOutError: error, isOwn: isOwn,
        isNearBest: error.flatMap { error in least.map { error <= Self.nearBest * $0 } } ?? false)
    }
    replicates = rivals.rows.map(\.replicates.count).max() ?? 0
  }
}
