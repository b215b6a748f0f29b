import ScalingLaws

/// The law against its rivals, and the paper's claims of no interaction.
func claimValues(_ analysis: SweepAnalysis) -> TemplateValues {
  [
    "rivals": .chapter(
      analysis.rivals,
      [
        "rival_rows": { comparison in
          .list(
            comparison.rows,
            [
              "rival_name": { .text(LawText.name($0.key)) },
              "rival_is_flat": { .flag(!$0.isDetermined) },
              "rival_formula": { .text($0.formula) },
              "rival_coefficients": { .text(NumberText.count($0.freeCoefficients)) },
              "rival_objective": { .text(NumberText.significant($0.objective, 4)) },
              "rival_information": {
                .text($0.informationExcess.map { NumberText.fixed($0, 1) } ?? "–")
              },
              "rival_leave_out": { .text(percent($0.leaveOneSizeOutError)) },
              "rival_held_out": { .text(percent($0.heldOutError)) },
              "rival_share": { .text(share($0)) },
            ])
        },
        "rival_has_flat": { .flag($0.rows.contains { !$0.isDetermined }) },
        "rival_has_held_out": { comparison in
          .flag(comparison.rows.contains { $0.heldOutError != nil })
        },
        "rival_share_error": {
          // The standard error of a share of one half, the largest there is.
          .text(NumberText.percent(0.5 / Double(max($0.rankingReplicates, 1)).squareRoot(), 0))
        },
        "rival_includes_held_out": { _ in .flag(analysis.sweep.refit) },
        "rival_best": { .text($0.best.map { LawText.name($0.key) } ?? "none") },
        // The first row is the law of this report, in whichever form the runs determine.
        "rival_best_is_fitted": { .flag($0.best != nil && $0.best?.key == $0.rows.first?.key) },
        "rival_best_error": { .text(percent($0.best?.leaveOneSizeOutError)) },
        "rival_best_share": { .text(share($0.best)) },
        "rival_fitted_error": { .text(percent($0.rows.first?.leaveOneSizeOutError)) },
        "rival_fitted_share": { .text(share($0.rows.first)) },
        "rival_fitted_leads": { comparison in
          let most = comparison.rows.compactMap(\.shareBest).max() ?? 0
          return .flag(comparison.rows.first?.shareBest == most)
        },
        "rival_is_ranked": { .flag($0.best != nil) },
        "rival_is_resampled": { .flag($0.rows.first?.shareBest != nil) },
        "rival_sizes": { .text(Words.count($0.sizesLeftOut.count, "size")) },
        "rival_folds": { .text(NumberText.count($0.folds)) },
        "rival_is_grouped": { .flag($0.folds < $0.sizesLeftOut.count) },
        "rival_skipped": { .text(Words.count($0.sizesSkipped.count, "size")) },
        "has_skipped": { .flag(!$0.sizesSkipped.isEmpty) },
        "rival_replicates": { .text(NumberText.count($0.rankingReplicates)) },
        "claims": { comparison in
          .list(
            comparison.claims,
            [
              "claim_is_data": { .flag($0.kind == .noDataInteraction) },
              "claim_is_size": { .flag($0.kind == .sameMultiplierAtEverySize) },
              "claim_has_interval": { .flag($0.interval != nil && $0.lossChangeLimit != nil) },
              "claim_exponent": { .text(CoefficientText.symbol($0.exponentName)) },
              "claim_value": { .text(NumberText.significant($0.exponent, 2)) },
              "claim_interval": {
                .text($0.interval.map { NumberText.interval($0, 2) } ?? "–")
              },
              "claim_change": { .text(NumberText.percent($0.lossChange)) },
              "claim_limit": {
                .text($0.lossChangeLimit.map { NumberText.percent($0) } ?? "–")
              },
              "claim_noticeable": { .text(NumberText.percent($0.noticeableChange)) },
              "claim_supported": { .flag($0.verdict == .supported) },
              "claim_supported_in_effect": { .flag($0.verdict == .supportedInEffect) },
              "claim_contradicted": { .flag($0.verdict == .contradicted) },
              "claim_undecided": { .flag($0.verdict == .undecided) },
              "claim_detected": { .flag($0.isDetected ?? false) },
            ])
        },
      ])
  ]
}

private func share(_ row: RivalComparison.Row?) -> String {
  row?.shareBest.map { NumberText.percent($0, 0) } ?? "–"
}

private func percent(_ value: Double?) -> String {
  value.map { NumberText.percent($0) } ?? "–"
}

/// What laws are called in tables.
enum LawText {
  static func name(_ key: String) -> String {
    let names = [
      "sparsity": "the fitted law", "sparsity-without-saturation": "the fitted law",
      "dense": "dense law on *N*",
      "dense-parameters": "dense law on *N*/(1 − *S*)",
      "average-parameters": "average parameters (Jin et al. 2025)",
      "free-multipliers": "one multiplier a sparsity (Frantar et al. 2025)",
      "data-interaction": "with sparsity–data interaction",
      "size-interaction": "with size-dependent sparsity",
    ]
    return names[key] ?? key
  }
}
