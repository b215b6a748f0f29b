import RunLogs
import ScalingLaws

/// N:M patterns, and pruning of trained models.
func otherRunValues(_ analysis: SweepAnalysis) -> TemplateValues {
  var values = patternValues(analysis)
  values.add(pretrainedValues(analysis))
  return values
}

private func patternValues(_ analysis: SweepAnalysis) -> TemplateValues {
  [
    "patterns": .chapter(
      analysis.patterns,
      [
        "pattern_rows": { comparison in
          .list(
            comparison.summaries,
            [
              "pattern_name": { .text($0.pattern.description) },
              "pattern_runs": { .text(NumberText.count($0.runs)) },
              "pattern_excess": { .text(signedPercent($0.excess)) },
              "pattern_paired": { .text($0.pairedExcess.map(signedPercent) ?? "–") },
              "pattern_multiplier": { .text(multiple($0.multiplier)) },
              "pattern_unstructured": {
                .text(multiple($0.unstructuredMultiplier, withInterval: false))
              },
              "pattern_share": { .text(percent($0.share)) },
            ])
        },
        "pattern_groups": { comparison in
          .list(
            comparison.groups,
            [
              "group_sparsity": { .text(NumberText.sparsity($0.nominalSparsity)) },
              "group_share": { .text(percent($0.share)) },
              "group_is_close": { .flag($0.closeness == .close) },
              "group_is_not_close": { .flag($0.closeness == .notClose) },
              "group_is_undecided": { .flag($0.closeness == .undecided) },
            ])
        },
        "close_share": { _ in .text(NumberText.percent(PatternComparison.closeShare, 0)) },
        "pattern_contrasts": { comparison in
          .list(
            comparison.contrasts,
            [
              "contrast_lower": { .text(NumberText.sparsity($0.lowerSparsity)) },
              "contrast_higher": { .text(NumberText.sparsity($0.higherSparsity)) },
              "contrast_ratio": { .text(multiple($0.ratio)) },
              "contrast_better": { .flag($0.advantage == .sparserBetter) },
              "contrast_worse": { .flag($0.advantage == .sparserWorse) },
              "contrast_undecided": { .flag($0.advantage == .undecided) },
            ])
        },
      ])
  ]
}

private func pretrainedValues(_ analysis: SweepAnalysis) -> TemplateValues {
  [
    "pretrained": .chapter(
      analysis.pretrained,
      [
        "pretrained_rows": { comparison in
          .list(
            comparison.runs,
            [
              "pruned_run": { .text(Markdown.code($0.run.name)) },
              "pruned_data": { .text(NumberText.size($0.pruningData)) },
              "pruned_scratch": {
                .text(
                  $0.scratchData.value.isFinite
                    ? NumberText.size($0.scratchData.value) : "no amount suffices")
              },
              "pruned_of_pruning": { .text(multiple($0.multipleOfPruning)) },
              "pruned_of_both": { .text($0.multipleOfBoth.map { multiple($0) } ?? "–") },
              "pruned_far": { .flag($0.extrapolation?.isFar ?? false) },
            ])
        },
        "pruned_count": { .text(Words.count($0.runs.count, "run")) },
        "pruned_between": {
          .text(NumberText.count($0.count(PretrainedComparison.Verdict.betweenStages)))
        },
        "pruned_beyond": {
          .text(NumberText.count($0.count(PretrainedComparison.Verdict.beyondBoth)))
        },
        "pruned_below": {
          .text(NumberText.count($0.count(PretrainedComparison.Verdict.belowPruning)))
        },
        "pruned_has_rest": { .flag($0.runs.contains { $0.verdict == .undecided }) },
        "pruned_as_paper": { .flag($0.agreement == .asInThePaper) },
        "pruned_otherwise": { .flag($0.agreement == .otherwise) },
        "pruned_mixed": { .flag($0.agreement == .mixed) },
        "has_far": { comparison in
          .flag(comparison.runs.contains { $0.extrapolation?.isFar ?? false })
        },
      ])
  ]
}

private func multiple(_ estimate: Estimate, withInterval: Bool = true) -> String {
  guard estimate.value.isFinite else { return "∞" }
  let text = NumberText.multiple(estimate.value)
  guard withInterval, let interval = estimate.interval else { return text }
  return "\(text) (\(NumberText.interval(interval)))"
}

private func signedPercent(_ estimate: Estimate) -> String {
  let text = NumberText.signedPercent(estimate.value)
  guard let interval = estimate.interval else { return text }
  return "\(text) (\(NumberText.signedPercent(interval.lowerBound)) to "
    + "\(NumberText.signedPercent(interval.upperBound)))"
}

private func percent(_ estimate: Estimate) -> String {
  let text = NumberText.percent(estimate.value, 0)
  guard let interval = estimate.interval else { return text }
  return "\(text) (\(NumberText.percent(interval.lowerBound, 0)) to "
    + "\(NumberText.percent(interval.upperBound, 0)))"
}
