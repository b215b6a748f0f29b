import ScalingLaws

/// The sweeps of a report as a Markdown table, for pages such as a CI job's summary.
package enum JobSummary {
  /// Job summaries of GitHub may hold 1 MiB for each step.
  package static let sizeLimit = 1_000_000

  /// - Parameters:
  ///   - failures: the gates that failed, above the table.
  ///   - limit: the most bytes; sweeps that do not fit are counted in a last line.
  package static func text(
    _ analyses: [SweepAnalysis], failures: [String], limit: Int = sizeLimit
  ) -> String {
    var head = "# Scaling-law report\n\n"
    for (index, failure) in failures.enumerated() {
      let line = "- **Gate failed:** \(Markdown.escape(failure))\n"
      guard head.utf8.count + line.utf8.count < limit / 2 else {
        head += "- and \(Words.count(failures.count - index, "further failure")) of gates\n"
        break
      }
      head += line
    }
    if !failures.isEmpty { head += "\n" }
    let hasSparse = analyses.contains { !$0.isDense }
    let columns = columns.filter { hasSparse || $0 != sparsityColumn }
    head += "| \(columns.joined(separator: " | ")) |\n"
    head += "|" + columns.map { $0 == "sweep" ? "---|" : "---:|" }.joined() + "\n"
    var text = head
    for (index, analysis) in analyses.enumerated() {
      let row = "| " + cells(analysis, hasSparse: hasSparse).joined(separator: " | ") + " |\n"
      let rest = "\n\(Words.count(analyses.count - index, "further sweep")) left out.\n"
      guard text.utf8.count + row.utf8.count + rest.utf8.count <= limit else {
        return text + rest
      }
      text += row
    }
    return text
  }

  private static let columns = [
    "sweep", "runs fitted", "held out", "excluded", "fit error (rms)",
    "held-out error (mean)", "starts agreeing", sparsityColumn, "warnings",
  ]
  private static let sparsityColumn = "sparsity pays from"

  private static func cells(_ analysis: SweepAnalysis, hasSparse: Bool) -> [String] {
    let record = Sections.record(analysis)
    func text(_ path: String) -> String { record.text(path, in: .markdown) ?? "–" }
    let starts = "\(text("fit.starts.reached_best")) of \(text("fit.starts.tried"))"
    let pays =
      analysis.optimalSparsity == nil
      ? "–"
      : "\(text("optimal_sparsity.dense_begins")) (dense), "
        + "\(text("optimal_sparsity.sparse_begins")) (sparse)"
    return [
      text("sweep.name"), NumberText.count(analysis.checkFit?.runCount ?? 0),
      NumberText.count(analysis.holdout?.runs.count ?? 0),
      NumberText.count(analysis.sweep.exclusions.count), text("fit.rms_relative_error"),
      text("holdout.mean_abs_relative_error"), analysis.checkFit == nil ? "–" : starts,
    ] + (hasSparse ? [pays] : []) + [NumberText.count(analysis.warnings.count)]
  }
}
