import Fitting
import Foundation
import RunLogs

/// The headline numbers under other ways to analyse the same sweep.
///
/// An interval says what other runs would have said, given the analysis. This asks what another
/// analysis would have said, given the runs: each row changes one choice and fits again.
public struct AnalysisChoices: Sendable {
  /// What is done other than in the report.
  public enum Choice: Sendable, Hashable {
    /// The report's own analysis.
    case standard
    /// A Huber delta of 0.001, as in Hoffmann et al. 2022 and Frantar et al. 2024, where the report
    /// has another.
    case smallDelta
    /// The δ of `LawFitter.automaticDelta` from the residuals of the report's fit, where sweep.yml
    /// gives one.
    case automaticDelta
    case leastSquares
    /// Differences of loss where the report has differences of log loss, or the other way round; δ
    /// goes with the median loss.
    case otherResidual(ResidualKind)
    case withoutLargestSize
    case withoutLeastData
    /// With every run back that a rule left out.
    case withExcludedRuns
    /// Runs that differ in their seed alone count as one, with their mean log loss.
    case seedsAveraged
    /// Another law, of those near the best (`LawAnswers.nearBest`).
    case law(key: String)
  }

  public struct Row: Sendable {
    public var choice: Choice
    /// The runs fitted.
    public var runs: Int
    /// See `LawQuestions`; with intervals where the fit has replicates.
    public var answers: LawQuestions.Answers
  }

  public enum Verdict: String, Sendable, CaseIterable {
    /// No choice moves an answer out of its interval.
    case holds
    /// Some choice does.
    case moves
  }

  public let questions: LawQuestions
  /// The standard analysis first. Choices that change nothing here, or leave runs that determine
  /// another form of the law, have no row.
  public let rows: [Row]

  /// The answers that a row moves out of the intervals of the standard analysis; of a law, which has
  /// intervals of its own, those that leave out the standard answer in turn.
  public func outside(_ row: Row) -> [LawQuestions.Question] {
    guard let standard = rows.first?.answers else { return [] }
    return LawQuestions.Question.allCases.filter {
      standard[$0].interval != nil && row.answers[$0].disagrees(with: standard[$0])
    }
  }

  /// Nil without intervals or without another choice.
  public var verdict: Verdict? {
    guard rows.count > 1, let standard = rows.first?.answers,
      LawQuestions.Question.allCases.contains(where: { standard[$0].interval != nil })
    else { return nil }
    return rows.allSatisfy { outside($0).isEmpty } ? .holds : .moves
  }

  /// Nil without a fit, with fewer than two sparsities or where they make no difference.
  init?(_ study: Study, _ laws: LawAnswers?, threads: Int) {
    guard let fit = study.finalFit, study.law.respondsToSparsity,
      let questions = LawQuestions(study)
    else { return nil }
    self.questions = questions
    let analyses = Analysis.all(study.sweep, fit)
    let refits = parallelMap(count: analyses.count, threads: threads) {
      analyses[$0].law(study, from: fit)
    }
    let standard = Row(
      choice: .standard, runs: fit.runs.count,
      answers: laws?.rows.first(where: \.isOwn)?.answers ?? questions.answers(fit))
    let others = zip(analyses, refits).compactMap { analysis, law in
      law.map {
        Row(choice: analysis.choice, runs: analysis.runs.count, answers: questions.answers($0))
      }
    }
    let rivals = (laws?.rows ?? []).filter { $0.isNearBest && !$0.isOwn }.map {
      Row(choice: .law(key: $0.key), runs: fit.runs.count, answers: $0.answers)
    }
    rows = [standard] + others + rivals
  }
}

/// One way to fit the law of the report.
private struct Analysis: Sendable {
  var choice: AnalysisChoices.Choice
  var runs: [TrainingRun]
  var residual: ResidualKind
  var delta: Double

  /// Beyond every residual that losses can have.
  private static let unreachedDelta = 1e3
  private static let freshStarts = 4

  /// All but the report's own.
  static func all(_ sweep: Sweep, _ fit: FittedLaw) -> [Analysis] {
    var analyses: [Analysis] = []
    func add(
      _ choice: AnalysisChoices.Choice, runs: [TrainingRun]? = nil, residual: ResidualKind? = nil,
      delta: Double? = nil
    ) {
      analyses.append(
        Analysis(
          choice: choice, runs: runs ?? fit.runs, residual: residual ?? sweep.residual,
          delta: delta ?? fit.huberDelta))
    }
    let typicalLoss = quantile(ofSorted: fit.runs.map(\.loss).sorted(), 0.5)
    let isLog = sweep.residual == .log
    if abs(fit.huberDelta / 0.001 - 1) > 0.01 { add(.smallDelta, delta: 0.001) }
    if sweep.huberDelta != nil {
      let residuals = zip(fit.relativeErrors, fit.runs).map { isLog ? log1p($0) : $0 * $1.loss }
      add(
        .automaticDelta,
        delta: LawFitter.delta(of: residuals, coefficients: fit.parameters.count))
    }
    add(.leastSquares, delta: unreachedDelta)
    let other = isLog ? ResidualKind.linear : .log
    add(
      .otherResidual(other), residual: other,
      delta: fit.huberDelta * (isLog ? typicalLoss : 1 / typicalLoss))

    let observations = Observations(fit.runs)
    if let cut = cut(observations.sizes.suffix(2)) {
      add(.withoutLargestSize, runs: fit.runs.filter { $0.nonZeroParameters < cut })
    }
    if let cut = cut(observations.dataAmounts.prefix(2)) {
      add(.withoutLeastData, runs: fit.runs.filter { $0.data > cut })
    }
    let excluded = sweep.runs.filter { $0.role == .excluded }
    if !excluded.isEmpty { add(.withExcludedRuns, runs: fit.runs + excluded) }
    let groups = RepeatedSettings(fit.runs).groups
    if !groups.isEmpty {
      let repeats = Set(groups.flatMap { $0.runs.map(\.name) })
      let means = groups.map { group in
        var mean = group.runs[0]
        mean.loss = exp(group.runs.reduce(0) { $0 + log($1.loss) } / Double(group.runs.count))
        return mean
      }
      add(.seedsAveraged, runs: fit.runs.filter { !repeats.contains($0.name) } + means)
    }
    return analyses
  }

  /// Between two levels, by ratio; nil of fewer.
  private static func cut(_ levels: ArraySlice<Double>) -> Double? {
    guard levels.count == 2, let low = levels.first, let high = levels.last else { return nil }
    return (low * high).squareRoot()
  }

  /// The law fitted so; nil where the runs determine another form, or none.
  func law(_ study: Study, from fit: FittedLaw) -> ScalingLaw? {
    guard let form = study.form(for: runs), form.key == fit.form.key,
      form.levels == fit.form.levels
    else { return nil }
    let fitter = LawFitter(
      form: fit.form, observations: Observations(runs), residual: residual, huberDelta: delta,
      units: fit.units)
    let best = fitter.refine(
      fitter.objective, from: fit.parameters, freshStarts: Self.freshStarts, seed: 0)
    guard best.objective.isFinite else { return nil }
    return ScalingLaw(form: fit.form, parameters: best.parameters, units: fit.units)
  }
}
