import RunLogs
import ScalingLaws

/// What every chapter may cite: the sweep, its runs and what the conclusions rest on.
func headerValues(_ analysis: SweepAnalysis) -> TemplateValues {
  let sweep = analysis.sweep
  let observations = Observations(analysis.runs(.fitted) + analysis.runs(.heldOut))
  return [
    "title": .text(Markdown.escape(sweep.title)),
    "sweep": .text(Markdown.escape(sweep.name)),
    "source": .chapter(sweep.source, ["source_text": { .text(Markdown.escape($0)) }]),
    "loss_unit": .text(Markdown.escape(sweep.lossUnit)),
    "data_unit": .text(Markdown.escape(sweep.dataUnit.isEmpty ? "units" : sweep.dataUnit)),
    "runs_read": .text(
      Words.count(sweep.runsRead, "run") + (sweep.runsRead == 1 ? " was" : " were")),
    "runs_fitted": .text(NumberText.count(analysis.runs(.fitted).count)),
    "runs_held_out": .text(NumberText.count(analysis.runs(.heldOut).count)),
    "runs_excluded": .text(NumberText.count(sweep.exclusions.count)),
    "runs_other": .text(NumberText.count(analysis.runs(.other).count)),
    "has_held_out_runs": .flag(!analysis.runs(.heldOut).isEmpty),
    "has_exclusions": .flag(!sweep.exclusions.isEmpty),
    "has_other_runs": .flag(!analysis.runs(.other).isEmpty),
    "has_fit": .flag(analysis.checkFit != nil),
    "basis_is_refit": .flag(analysis.basis == .refit),
    "basis_is_fit": .flag(analysis.basis == .fit),
    "basis_is_published": .flag(analysis.basis == .published),
    "published_name": .text(Markdown.escape(analysis.published?.name ?? "")),
    "design": .chapter(
      observations.count > 0 ? observations : nil,
      [
        "sizes": { .text(Words.list($0.sizes.map(NumberText.size))) },
        "sparsities": { .text(Words.list($0.sparsities.map(NumberText.sparsity))) },
        "data_amounts": { .text(Words.list($0.dataAmounts.map(NumberText.size))) },
      ]),
  ]
}
