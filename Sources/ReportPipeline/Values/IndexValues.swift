import Foundation
import ScalingLaws

/// What the index may cite.
func indexValues(_ sweeps: [IndexedSweep]) -> TemplateValues {
  [
    "sweeps": .list(
      sweeps,
      [
        "sweep_title": { .text(Markdown.escape($0.results?.sweep.title ?? $0.folder)) },
        "sweep_link": { .text(link($0.folder)) },
        "sweep_name": { .text(Markdown.escape($0.folder)) },
        "sweep_numbers": { sweep in
          .chapter(
            sweep.results,
            [
              "sweep_runs": { .text(runs($0.runs)) },
              "sweep_error": {
                .text(
                  $0.holdout?.meanAbsRelativeError.map { NumberText.percent($0.value) } ?? "–")
              },
              "sweep_misfit": {
                .text($0.fit?.rmsRelativeError.map { NumberText.percent($0.value) } ?? "–")
              },
              "sweep_dense_half": { .text(threshold($0, "dense", 0.5)) },
              "sweep_sparse_half": { .text(threshold($0, "sparse", 0.5)) },
              "sweep_multiplier": { .text(multiplier($0, 0.75)) },
              "sweep_basis": { .text(basis($0.optimalSparsity?.basis)) },
            ])
        },
        "sweep_pictures": { sweep in
          .list(
            sweep.pictures,
            [
              "picture_link": { .text("\(link(sweep.folder))/\($0)") },
              "picture_name": {
                .text(String($0.dropFirst("figures/".count).dropLast(".png".count)))
              },
            ])
        },
      ])
  ]
}

/// A folder's name as a link target.
private func link(_ folder: String) -> String {
  folder.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? folder
}

/// What the conclusions rest on, in words.
private func basis(_ key: String?) -> String {
  switch key.flatMap(SweepAnalysis.Basis.init(rawValue:)) {
  case .refit: "fit to all runs"
  case .fit: "fit"
  case .published: "published coefficients"
  case nil: "–"
  }
}

private func runs(_ runs: Results.RunsSection) -> String {
  "\(NumberText.count(runs.fitted)) + \(NumberText.count(runs.heldOut))"
}

private func threshold(_ results: Results, _ accounting: String, _ sparsity: Double) -> String {
  let entry = results.optimalSparsity?.accountings[accounting]?.thresholds
    .first { $0.sparsity?.value == sparsity }
  return text(entry?.chinchillaMultiple, entry?.interval)
}

private func multiplier(_ results: Results, _ sparsity: Double) -> String {
  let entry = results.effectiveParameters?.first { $0.sparsity?.value == sparsity }
  return text(entry?.multiplier, entry?.interval)
}

private func text(_ value: Number?, _ interval: Interval?) -> String {
  guard let value else { return "–" }
  guard let low = interval?.low?.value, let high = interval?.high?.value, low <= high else {
    return NumberText.multiple(value.value)
  }
  return estimate(value.value, low...high)
}
