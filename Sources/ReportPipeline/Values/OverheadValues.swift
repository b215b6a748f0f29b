import ScalingLaws

/// What saved compute must bring in time, and what indices cost in memory.
func overheadValues(_ analysis: SweepAnalysis) -> TemplateValues {
  [
    "break_even": .chapter(
      analysis.breakEven.isEmpty ? nil : analysis.breakEven,
      [
        "break_even_columns": { curves in
          .list(curves, ["break_even_label": { .text($0.label) }])
        },
        "break_even_rows": { curves in
          .list(
            tabulated,
            [
              "break_even_multiple": { .text(NumberText.setting($0) + "×") },
              "break_even_cells": { multiple in
                .list(curves, ["break_even_cell": { .text(cell($0, at: multiple)) }])
              },
            ])
        },
        "has_pattern_curve": { curves in
          .flag(curves.contains { $0.question == .againstDense })
        },
      ]),
    "storage": .chapter(
      analysis.storage,
      [
        "storage_size": { .text(NumberText.size($0.table.denseParameters)) },
        "storage_bits": { .text(NumberText.setting($0.table.weightBits)) },
        "storage_rows": { storage in
          .list(
            storage.table.rows,
            [
              "storage_format": { .text($0.format.name) },
              "storage_sparsity": {
                .text($0.format.keepsZeros ? "any" : NumberText.sparsity($0.sparsity))
              },
              "storage_bytes": { .text(NumberText.bytes($0.bytes)) },
              "storage_share": { .text(NumberText.percent($0.shareOfDense, 1)) },
            ])
        },
        "has_measured_format": { storage in .flag(storage.best.contains(where: \.isMeasured)) },
        "has_unmeasured_format": { storage in
          .flag(storage.best.contains { !$0.isMeasured && $0.format.onlySparsity != nil })
        },
        "storage_best": { storage in
          .list(
            storage.best,
            [
              "best_format": {
                .text($0.format.name + ($0.isMeasured ? " (quality as measured above)" : ""))
              },
              "best_sparsity": {
                .text(
                  NumberText.percent($0.optimum.sparsity, 1)
                    + ($0.optimum.isAtHighestSparsity ? " (highest considered)" : ""))
              },
              "best_loss": { .text(NumberText.fixed($0.optimum.loss, 4)) },
              "best_dense_loss": { .text(NumberText.fixed($0.optimum.denseLoss, 4)) },
              "best_beats_dense": { .text($0.optimum.beatsDense ? "yes" : "no") },
            ])
        },
      ]),
  ]
}

/// The multiples of Chinchilla compute that the table lists, of those computed.
private let tabulated = [1.0, 2, 4, 8, 16, 32, 64, 128]

private func cell(_ curve: BreakEvenCurve, at multiple: Double) -> String {
  let point = curve.points.min {
    abs($0.chinchillaMultiple / multiple - 1) < abs($1.chinchillaMultiple / multiple - 1)
  }
  switch point?.breakEven {
  case .withoutSavings: return "0 %"
  case .efficiency(let efficiency): return NumberText.percent(efficiency, 0)
  case .never, nil: return "never"
  }
}
