import ScalingLaws

/// What is missing, and what a reader must be warned about.
func warningValues(_ analysis: SweepAnalysis) -> TemplateValues {
  let sweep = analysis.sweep
  return [
    "missing_files": .list(
      sweep.missingFiles,
      [
        "missing_path": { .text(Markdown.code($0.path)) },
        "missing_get": { .text($0.get.map(Markdown.escape) ?? "") },
      ]),
    "has_missing_files": .flag(!sweep.missingFiles.isEmpty),
    "warnings": .list(
      analysis.warnings + sweep.warnings, ["warning": { .text(Markdown.escape($0)) }]),
    "has_warnings": .flag(!(analysis.warnings + sweep.warnings).isEmpty),
  ]
}
