import ReportPipeline
import ScalingLaws

/// The last lines of a run: what was found and where the report is.
enum SummaryText {
  static func lines(_ summary: Pipeline.Summary) -> [String] {
    summary.analyses.map(line)
      + ["\(summary.fileCount) files; read \(summary.output)/README.md"]
  }

  private static func line(_ analysis: SweepAnalysis) -> String {
    var facts: [String] = []
    if let fit = analysis.checkFit {
      facts.append(
        "\(fit.runCount) runs fitted to \(NumberText.percent(fit.rmsRelativeError)) (rms)")
    } else {
      facts.append("no runs to fit, \(analysis.published?.name ?? "published") coefficients used")
    }
    if let check = analysis.holdout {
      facts.append(
        "held-out error \(NumberText.percent(check.meanAbsoluteRelativeError)) "
          + "(\(check.runs.count) run\(check.runs.count == 1 ? "" : "s"))")
    }
    let excluded = analysis.sweep.exclusions.count
    if excluded > 0 { facts.append("\(excluded) run\(excluded == 1 ? "" : "s") excluded") }
    if !analysis.warnings.isEmpty {
      facts.append("\(analysis.warnings.count) warning\(analysis.warnings.count == 1 ? "" : "s")")
    }
    return "\(analysis.sweep.name): " + facts.joined(separator: "; ")
  }
}
