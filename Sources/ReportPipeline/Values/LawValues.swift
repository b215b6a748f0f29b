import Foundation
import RunLogs
import ScalingLaws

/// The law, its coefficients beside the published ones, and how sure the optimum is.
func lawValues(_ analysis: SweepAnalysis) -> TemplateValues {
  let concluding = analysis.finalFit
  return [
    "formula": .text(concluding?.form.formula ?? analysis.law.form.formula),
    "residual_is_log": .flag(analysis.sweep.residual == .log),
    "huber_delta": .text(NumberText.setting(analysis.sweep.huberDelta)),
    "coefficients": .list(
      CoefficientRow.all(analysis),
      [
        "name": { .text($0.symbol) },
        "meaning": { .text($0.meaning) },
        "value": { .text($0.value) },
        "value_interval": { .text($0.interval) },
        "fit_value": { .text($0.fitValue) },
        "published_value": { .text($0.publishedValue) },
      ]),
    "has_published": .flag(analysis.published != nil),
    "has_refit": .flag(analysis.refit != nil),
    "optimum": .chapter(
      analysis.checkFit,
      [
        "objective": { .text(NumberText.significant($0.objective, 5)) },
        "starts_tried": { .text(Words.count($0.startsTried, "start")) },
        "starts_reached_best": { .text(NumberText.count($0.startsReachedBest)) },
        "all_starts_agree": { .flag($0.startsReachedBest == $0.startsTried) },
        "other_minima": { fit in
          .text(
            Words.list(
              fit.otherMinima.prefix(5).map {
                "\(NumberText.significant($0.objective, 5)) (\(Words.count($0.starts, "start")))"
              }))
        },
        "has_many_other_minima": { .flag($0.otherMinima.count > 1) },
        "has_other_minima": { .flag(!$0.otherMinima.isEmpty) },
        "other_minima_count": { .text(NumberText.count($0.otherMinima.count)) },
        "termination": { .text($0.termination.explanation) },
        "condition_number": { .text(NumberText.significant($0.conditionNumber, 2)) },
        "rms_error": { .text(NumberText.percent($0.rmsRelativeError)) },
        "max_error": { .text(NumberText.percent($0.maxRelativeError)) },
      ]),
    "published_optimum": .chapter(
      publishedOptimum(analysis),
      [
        "published_objective": { .text(NumberText.significant($0.published, 5)) },
        "published_ratio": { .text(NumberText.significant($0.published / $0.own, 3)) },
        "published_is_worse": { .flag($0.published > $0.own * 1.001) },
      ]),
    "has_trends": .flag(!analysis.residualTrends.isEmpty),
    "trends": .list(
      analysis.residualTrends.filter { $0.axis == .sparsity || $0.isNotable },
      [
        "trend_level": { .text(level($0)) },
        "trend_runs": { .text(NumberText.count($0.runs)) },
        "trend_mean": { .text(NumberText.signedPercent($0.mean)) },
        "trend_error": { .text(NumberText.percent($0.standardError)) },
        "trend_notable": { .flag($0.isNotable) },
      ]),
    "trends_are_notable": .flag(analysis.residualTrends.contains(where: \.isNotable)),
    "trend_rule": .text(NumberText.setting(ResidualTrend.notableErrors)),
    "noise": .chapter(
      analysis.noise,
      [
        "noise_groups": { .text(Words.count($0.groups, "setting")) },
        "noise_runs": { .text(NumberText.count($0.runs)) },
        "noise_deviation": { .text(NumberText.percent($0.relativeDeviation)) },
        "noise_sizes": {
          .text(Words.list(Level.grouping($0.sizes).map { NumberText.size($0.value) }))
        },
        "noise_below_misfit": { noise in
          .flag((analysis.checkFit?.rmsRelativeError ?? 0) > noise.relativeDeviation)
        },
        "misfit": { _ in .text(NumberText.percent(analysis.checkFit?.rmsRelativeError ?? 0)) },
      ]),
  ]
}

/// A coefficient as the table shows it.
private struct CoefficientRow {
  var symbol: String
  var meaning: String
  /// Of the fit that the conclusions rest on.
  var value = "–"
  var interval = "–"
  /// Of the fit without the held-out runs.
  var fitValue = "–"
  var publishedValue = "–"

  static func all(_ analysis: SweepAnalysis) -> [Self] {
    let sweep = analysis.sweep
    let loss = sweep.lossUnit.isEmpty ? "" : " (\(Markdown.escape(sweep.lossUnit)))"
    let data = sweep.dataUnit.isEmpty ? "data" : Markdown.escape(sweep.dataUnit)
    let meanings = [
      ("a_S", "part of the size term that sparsity removes"),
      ("b_S", "exponent of density 1 − S"),
      ("c_S", "part of the size term that stays at any sparsity"),
      ("b_N", "exponent of non-zero parameters N"),
      ("a_D", "data scale (\(data))"),
      ("b_D", "exponent of data D"),
      ("c", "irreducible loss\(loss)"),
    ]
    return meanings.map { name, meaning in
      var row = CoefficientRow(symbol: CoefficientText.symbol(name), meaning: meaning)
      row.value = text(name, in: analysis.finalFit?.coefficients)
      row.interval =
        analysis.finalFit?.uncertainty?.interval(of: name)
        .map { NumberText.interval($0, 3) } ?? "–"
      row.fitValue = text(name, in: analysis.checkFit?.coefficients)
      row.publishedValue = text(name, in: analysis.published?.law.coefficients)
      return row
    }
  }

  private static func text(_ name: String, in coefficients: [Coefficient]?) -> String {
    guard let coefficients else { return "–" }
    guard let found = coefficients.first(where: { $0.name == name }) else {
      return "not identified"
    }
    return NumberText.significant(found.value)
  }
}

/// A level of a residual trend, such as *S* = 75 %.
private func level(_ trend: ResidualTrend) -> String {
  switch trend.axis {
  case .sparsity: "*S* = \(NumberText.sparsity(trend.value))"
  case .nonZeroParameters: "*N* = \(NumberText.size(trend.value))"
  case .data: "*D* = \(NumberText.size(trend.value))"
  }
}

private func publishedOptimum(
  _ analysis: SweepAnalysis
) -> (published: Double, own: Double)? {
  guard let published = analysis.published?.checkObjective, let own = analysis.checkFit?.objective
  else {
    return nil
  }
  return (published, own)
}
