import ArgumentParser
import ReportPipeline
import ScalingLaws

/// Conditions that a user sets and that fail the command without stopping the report.
struct Gates: ParsableArguments {
  @Option(
    name: .customLong("max-holdout-error"),
    help: "Exit with 1 when the mean relative error on held-out runs exceeds this, such as 0.03.")
  var maxHoldoutError: Double?

  @Option(
    name: .customLong("min-starts-agreeing"),
    help: "Exit with 1 when fewer of the starts than this reach the best objective of a fit.")
  var minStartsAgreeing: Int?

  @Option(
    name: .customLong("max-excluded"),
    help:
      "Exit with 1 when more runs of a sweep than this are excluded, by sweep.yml or by faults.")
  var maxExcluded: Int?

  func validate() throws {
    if let limit = maxHoldoutError, !(limit.isFinite && limit >= 0) {
      throw ValidationError("--max-holdout-error takes a number that is not negative")
    }
    if let limit = minStartsAgreeing, limit < 1 {
      throw ValidationError("--min-starts-agreeing takes a number of starts from 1")
    }
    if let limit = maxExcluded, limit < 0 {
      throw ValidationError("--max-excluded takes a number of runs that is not negative")
    }
  }

  /// Refuses a gate that no fit of `starts` starts could pass.
  func check(starts: Int) throws {
    guard let limit = minStartsAgreeing, limit > starts else { return }
    throw ValidationError(
      "--min-starts-agreeing \(limit) is more than the \(starts) starts of a fit (--starts)")
  }

  /// What a gate could not measure, for the user to know: such a gate does not fail.
  func notices(_ analyses: [SweepAnalysis]) -> [String] {
    analyses.flatMap { analysis in
      var notices: [String] = []
      if maxHoldoutError != nil, analysis.holdout == nil {
        notices.append("nothing was held out, so --max-holdout-error does not apply")
      }
      if minStartsAgreeing != nil, analysis.checkFit == nil {
        notices.append("nothing was fitted, so --min-starts-agreeing does not apply")
      }
      return notices.map { "\(analysis.sweep.name): \($0)" }
    }
  }

  /// The gates that failed, one line each.
  func failures(_ analyses: [SweepAnalysis]) -> [String] {
    analyses.flatMap { analysis in
      [holdoutFailure(analysis), excludedFailure(analysis)].compactMap { $0 }
        + startsFailures(analysis)
    }
  }

  private func holdoutFailure(_ analysis: SweepAnalysis) -> String? {
    guard let limit = maxHoldoutError, let check = analysis.holdout else { return nil }
    let error = check.meanAbsoluteRelativeError
    guard !(error <= limit) else { return nil }
    return "\(analysis.sweep.name): mean held-out error \(NumberText.percent(error)) is above "
      + "--max-holdout-error \(NumberText.percent(limit))"
  }

  private func excludedFailure(_ analysis: SweepAnalysis) -> String? {
    let excluded = analysis.sweep.exclusions
    guard let limit = maxExcluded, excluded.count > limit else { return nil }
    return "\(analysis.sweep.name): \(Words.count(excluded.count, "excluded run")), more than "
      + "--max-excluded \(limit); the first: \(excluded[0].run): \(excluded[0].why)"
  }

  private func startsFailures(_ analysis: SweepAnalysis) -> [String] {
    guard let limit = minStartsAgreeing else { return [] }
    let fits = [("fit", analysis.checkFit), ("fit to all runs", analysis.refit)]
    return fits.compactMap { name, fit in
      guard let fit, fit.startsReachedBest < limit else { return nil }
      return "\(analysis.sweep.name): \(fit.startsReachedBest) of \(fit.startsTried) starts of the "
        + "\(name) reached the best objective, fewer than --min-starts-agreeing \(limit)"
    }
  }
}
