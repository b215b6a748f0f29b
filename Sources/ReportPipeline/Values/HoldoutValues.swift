import ScalingLaws

/// The check on runs that were kept out of the fit.
func holdoutValues(_ analysis: SweepAnalysis) -> TemplateValues {
  [
    "holdout": .chapter(
      analysis.holdout,
      [
        "holdout_rule": { .text(Markdown.escape($0.rule)) },
        "holdout_count": { .text(Words.count($0.runs.count, "run")) },
        "holdout_is_thinned": { .flag($0.runs.count > ExtrapolationFigure.mostRuns) },
        "holdout_shown": { _ in .text(NumberText.count(ExtrapolationFigure.mostRuns)) },
        "holdout_is_single": { .flag($0.runs.count == 1) },
        "covered": { .text(NumberText.count($0.covered.inside)) },
        "coverable": { .text(NumberText.count($0.covered.of)) },
        "holdout_all_covered": { .flag($0.covered.inside == $0.covered.of) },
        "holdout_by_fit": { .flag($0.predictor == .fit) },
        "holdout_by_published": { .flag($0.predictor == .published) },
        "holdout_mean": { .text(NumberText.percent($0.meanAbsoluteRelativeError)) },
        "holdout_max": { .text(NumberText.percent($0.maxAbsoluteRelativeError)) },
        "holdout_size_ratio": { .text(NumberText.significant(sizeRatio($0, analysis), 2)) },
        "has_size_ratio": {
          .flag($0.predictor == .fit && sizeRatio($0, analysis) > 1.05)
        },
        "holdout_is_optimistic": { check in .flag(check.runs.allSatisfy { $0.relativeError < 0 }) },
        "holdout_is_pessimistic": { check in .flag(check.runs.allSatisfy { $0.relativeError > 0 })
        },
        "exceeds_misfit": { check in
          .flag(
            check.meanAbsoluteRelativeError > 2 * (analysis.checkFit?.rmsRelativeError ?? .infinity)
          )
        },
        "within_misfit": { check in
          .flag(check.meanAbsoluteRelativeError <= 2 * (analysis.checkFit?.rmsRelativeError ?? 0))
        },
        "holdout_has_intervals": { check in .flag(check.runs.contains { $0.interval != nil }) },
        "holdout_has_long_names": { check in
          .flag(check.runs.contains { $0.run.name.count > LaTeX.longName })
        },
        "holdout_has_published": { check in
          .flag(
            check.predictor == .fit && check.runs.contains { $0.publishedPrediction != nil })
        },
        "holdout_runs": { check in
          .list(
            check.runs,
            [
              "run": { .text(Markdown.code($0.run.name)) },
              "run_short": { .text(Markdown.code(LaTeX.shortened($0.run.name))) },
              "run_size": { .text(NumberText.size($0.run.nonZeroParameters)) },
              "run_sparsity": { .text(NumberText.sparsity($0.run.sparsity)) },
              "run_data": { .text(NumberText.size($0.run.data)) },
              "measured": { .text(NumberText.fixed($0.run.loss, 4)) },
              "predicted": { .text(NumberText.fixed($0.predicted, 4)) },
              "predicted_interval": {
                .text(
                  $0.interval.map {
                    "\(NumberText.fixed($0.lowerBound, 4)) to \(NumberText.fixed($0.upperBound, 4))"
                  } ?? "–")
              },
              "error": { .text(NumberText.signedPercent($0.relativeError)) },
              "published_error": { held in
                .text(
                  held.publishedPrediction.map { NumberText.signedPercent($0 / held.run.loss - 1) }
                    ?? "–")
              },
            ])
        },
      ])
  ]
}

/// The smallest held-out size over the largest fitted one; 0 without fitted runs.
private func sizeRatio(_ check: HoldoutCheck, _ analysis: SweepAnalysis) -> Double {
  let largest = analysis.runs(.fitted).map(\.nonZeroParameters).max() ?? 0
  let smallest = check.runs.map(\.run.nonZeroParameters).min() ?? 0
  return largest > 0 ? smallest / largest : 0
}
