import RunLogs
import ScalingLaws

/// What was left out and what was noticed.
func ledgerValues(_ analysis: SweepAnalysis) -> TemplateValues {
  let sweep = analysis.sweep
  return [
    "exclusions": .list(
      ExclusionGroup.grouping(sweep.exclusions),
      [
        "excluded_runs": { .text($0.runs.map(Markdown.code).joined(separator: ", ")) },
        "excluded_count": { .text(Words.count($0.runs.count, "run")) },
        "excluded_why": { .text(Markdown.escape($0.why)) },
      ]),
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

/// Runs left out for one reason.
private struct ExclusionGroup {
  var why: String
  var runs: [String]

  static func grouping(_ exclusions: [Exclusion]) -> [Self] {
    var groups: [Self] = []
    for exclusion in exclusions {
      if let index = groups.firstIndex(where: { $0.why == exclusion.why }) {
        groups[index].runs.append(exclusion.run)
      } else {
        groups.append(Self(why: exclusion.why, runs: [exclusion.run]))
      }
    }
    return groups
  }
}
