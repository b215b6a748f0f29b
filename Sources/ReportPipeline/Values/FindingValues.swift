import RunLogs
import ScalingLaws

/// What was noticed about single runs, and the check for outliers.
func findingValues(_ analysis: SweepAnalysis) -> TemplateValues {
  let findings = analysis.findings
  var shown: [Finding] = []
  var hidden: [String] = []
  for kind in Finding.Kind.allCases {
    let members = findings.filter { $0.kind == kind }
    // A long list of one kind says no more than its beginning and its length.
    let limit = members.count > shownFindings + 1 ? shownFindings : members.count
    shown += members.prefix(limit)
    if members.count > limit {
      hidden.append("\(name(kind)) (\(NumberText.count(members.count - limit)) more)")
    }
  }
  return [
    "findings": .list(
      shown,
      [
        "finding_run": { .text(Markdown.code($0.run)) },
        "finding_kind": { .text(name($0.kind)) },
        "finding_place": { .text(Markdown.code("\($0.location)")) },
        "finding_message": { .text(Markdown.escape($0.message)) },
        "finding_action": { .text(Markdown.escape($0.action)) },
      ]),
    "has_findings": .flag(!findings.isEmpty),
    "has_hidden_findings": .flag(!hidden.isEmpty),
    "hidden_findings": .text(hidden.joined(separator: ", ")),
    "outlier_check": .chapter(
      analysis.outliers,
      [
        "outlier_count": { .text(Words.count($0.outliers.count, "run")) },
        "outlier_checked": { .text(NumberText.count($0.runs)) },
        "outlier_threshold": { .text(NumberText.fixed($0.threshold, 1)) },
        "outlier_deviation": {
          .text(
            analysis.sweep.residual == .log
              ? NumberText.percent($0.scale)
              : NumberText.significant($0.scale, 2)
                + (analysis.sweep.lossUnit.isEmpty
                  ? "" : " " + Markdown.escape(analysis.sweep.lossUnit)))
        },
        "has_outliers": { .flag(!$0.outliers.isEmpty) },
        "outlier_is_single": { .flag($0.outliers.count == 1) },
      ]),
  ]
}

/// How many findings of one kind a report lists.
private let shownFindings = 6

private func name(_ kind: Finding.Kind) -> String { kind.rawValue.replacing("-", with: " ") }
