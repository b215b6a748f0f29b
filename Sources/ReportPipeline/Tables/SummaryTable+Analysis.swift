import ScalingLaws

extension SummaryTable {
  /// The names of all tables, present or not; no figure has one of them.
  static let names = [
    "law-coefficients", "sparsity-thresholds", "held-out-runs", "rival-laws",
    "pattern-comparison", "exclusion-ledger",
  ]

  /// The tables that the analysis has data for.
  static func all(_ analysis: SweepAnalysis) -> [SummaryTable] {
    [
      coefficients(analysis), thresholds(analysis), heldOutRuns(analysis), rivals(analysis),
      patterns(analysis), exclusionLedger(analysis),
    ].compactMap { $0 }.filter { !$0.rows.isEmpty }
  }

  private static func coefficients(_ analysis: SweepAnalysis) -> SummaryTable {
    let concluding = analysis.finalFit
    func value(_ name: String, _ coefficients: [Coefficient]?) -> Cell {
      .number(coefficients?.first { $0.name == name }?.value)
    }
    let names = ["a_S", "b_S", "c_S", "b_N", "a_D", "b_D", "c"]
    return SummaryTable(
      name: "law-coefficients",
      columns: ["coefficient", "value", "low", "high", "without_held_out", "published"],
      rows: names.map { name in
        [.text(name), value(name, concluding?.coefficients)]
          + ends(concluding?.uncertainty?.interval(of: name))
          + [
            value(name, analysis.checkFit?.coefficients),
            value(name, analysis.published?.law.coefficients),
          ]
      })
  }

  private static func thresholds(_ analysis: SweepAnalysis) -> SummaryTable? {
    guard let optimal = analysis.optimalSparsity else { return nil }
    return SummaryTable(
      name: "sparsity-thresholds",
      columns: ["accounting", "sparsity", "chinchilla_multiple", "low", "high"],
      rows: optimal.accountings.flatMap { result in
        result.thresholds.map { threshold in
          [
            .text(result.model.accounting.name), .number(threshold.sparsity),
            .number(threshold.chinchillaMultiple),
          ] + ends(threshold.interval)
        }
      })
  }

  private static func heldOutRuns(_ analysis: SweepAnalysis) -> SummaryTable? {
    analysis.holdout.map { check in
      SummaryTable(
        name: "held-out-runs",
        columns: [
          "run", "nonzero_params", "sparsity", "data", "measured", "predicted", "low", "high",
          "relative_error", "published_prediction",
        ],
        rows: check.runs.map { held in
          [
            .text(held.run.name), .number(held.run.nonZeroParameters),
            .number(held.run.sparsity), .number(held.run.data), .number(held.run.loss),
            .number(held.predicted),
          ] + ends(held.interval)
            + [.number(held.relativeError), .number(held.publishedPrediction)]
        })
    }
  }

  private static func rivals(_ analysis: SweepAnalysis) -> SummaryTable? {
    analysis.rivals.map { comparison in
      SummaryTable(
        name: "rival-laws",
        columns: [
          "law", "free_coefficients", "objective", "aicc_excess", "leave_one_size_out_error",
          "low", "high", "held_out_error", "share_best",
        ],
        rows: comparison.rows.map { row in
          [
            .text(row.key), .number(Double(row.freeCoefficients)), .number(row.objective),
            .number(row.informationExcess), .number(row.leaveOneSizeOutError),
          ] + ends(row.leaveOneSizeOutInterval)
            + [.number(row.heldOutError), .number(row.shareBest)]
        })
    }
  }

  private static func patterns(_ analysis: SweepAnalysis) -> SummaryTable? {
    func cells(_ estimate: Estimate?) -> [Cell] {
      [.number(estimate?.value)] + ends(estimate?.interval)
    }
    return analysis.patterns.map { comparison in
      SummaryTable(
        name: "pattern-comparison",
        columns: [
          "pattern", "runs", "excess", "excess_low", "excess_high", "paired_excess",
          "paired_excess_low", "paired_excess_high", "multiplier", "multiplier_low",
          "multiplier_high", "unstructured_multiplier", "share", "share_low", "share_high",
        ],
        rows: comparison.summaries.map { summary in
          [.text(summary.pattern.description), .number(Double(summary.runs))]
            + cells(summary.excess) + cells(summary.pairedExcess) + cells(summary.multiplier)
            + [.number(summary.unstructuredMultiplier.value)] + cells(summary.share)
        })
    }
  }

  /// A row for each quantity, of each cause and of each run that was put back alone.
  private static func exclusionLedger(_ analysis: SweepAnalysis) -> SummaryTable? {
    analysis.exclusionLedger.map { ledger in
      func rows(
        _ entry: ExclusionLedger.Entry, _ run: String, _ outcome: ExclusionLedger.Outcome
      ) -> [[Cell]] {
        (outcome.moves ?? []).map { move in
          [
            .text(entry.cause.key), .text(entry.cause.rule ?? ""), .text(run),
            .text(move.quantity.key), .text(move.quantity.accounting ?? ""),
            .number(move.quantity.sparsity), .number(move.estimate), .number(move.putBack),
            .number(move.relativeChange), .number(move.share),
          ]
        }
      }
      return SummaryTable(
        name: "exclusion-ledger",
        columns: [
          "cause", "rule", "run", "quantity", "accounting", "sparsity", "estimate", "put_back",
          "relative_change", "interval_share",
        ],
        rows: ledger.entries.flatMap { entry in
          rows(entry, "", entry.outcome)
            + (entry.cause == nil
              ? [] : entry.singles.flatMap { rows(entry, $0.run.name, $0.outcome) })
        })
    }
  }
}
