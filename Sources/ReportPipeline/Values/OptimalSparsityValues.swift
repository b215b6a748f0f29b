import ScalingLaws

/// When which sparsity is best, and what dense training would buy instead.
func optimalSparsityValues(_ analysis: SweepAnalysis) -> TemplateValues {
  let optimal = analysis.optimalSparsity
  return [
    "has_optimal_sparsity": .flag(optimal != nil),
    "optimal_sparsity": .chapter(
      optimal,
      [
        "contour_slope": { .text($0.contourSlope.map { NumberText.significant($0, 3) } ?? "–") },
        "largest_fitted_sparsity": {
          .text($0.largestFittedSparsity.map(NumberText.sparsity) ?? "–")
        },
        "reference_size": { .text(NumberText.size($0.referenceParameters)) },
        "thresholds": { optimal in
          .list(
            ThresholdRow.all(optimal),
            [
              "threshold_sparsity": { .text($0.label) },
              "threshold_dense": { .text($0.dense) },
              "threshold_sparse": { .text($0.sparse) },
              "threshold_hardware": { .text($0.hardware) },
            ])
        },
        "has_extrapolated": { optimal in
          .flag(ThresholdRow.all(optimal).contains(where: \.isExtrapolated))
        },
        "dense_begins": { .text(begin($0, 0)) },
        "sparse_begins": { .text(begin($0, 1)) },
        "pays_before_chinchilla": { .flag(($0.sparsityBegins(1)?.upperBound ?? .infinity) < 1) },
        "pays_after_chinchilla": { .flag(($0.sparsityBegins(1)?.lowerBound ?? 0) >= 1) },
        "pays_undecided": { optimal in
          .flag(optimal.sparsityBegins(1)?.contains(1) ?? false)
        },
        "has_alternatives": { .flag(!$0.alternatives.isEmpty) },
        "alternatives": {
          .list(
            $0.alternatives,
            [
              "alternative_sparsity": { .text(NumberText.sparsity($0.sparsity)) },
              "alternative_multiple": { .text(NumberText.multiple($0.chinchillaMultiple)) },
              "alternative_size_ratio": {
                .text(NumberText.multiple($0.unconstrainedDense?.sizeRatio ?? .nan))
              },
              "alternative_gap": {
                .text(NumberText.significant($0.unconstrainedDense?.lossGap ?? .nan, 3))
              },
              "alternative_reducible": {
                .text(
                  NumberText.signedPercent(
                    ($0.unconstrainedDense?.reducibleLossRatio ?? .nan) - 1, 1))
              },
            ])
        },
        "density_ratios": { optimal in
          .list(
            optimal.densityRatios,
            [
              "density_multiple": { .text(NumberText.multiple($0.chinchillaMultiple)) },
              "density_dense": { .text(NumberText.percent($0.denseAccounting, 1)) },
              "density_sparse": { .text(NumberText.percent($0.sparseAccounting, 1)) },
              "density_ratio": { .text(NumberText.significant($0.ratio, 3)) },
            ])
        },
        "density_ratio_limit": {
          .text($0.densityRatioLimit.map { NumberText.significant($0, 3) } ?? "–")
        },
        "density_ratio_near_half": { .flag((0.4...0.6).contains($0.densityRatioLimit ?? 0)) },
      ]),
    "optima": .chapter(
      analysis.optima,
      [
        "optima_size": { .text(NumberText.size($0.nonZeroParameters)) },
        "optima_tolerance": { .text(NumberText.percent($0.tolerance, 1)) },
        "optima_rows": { table in
          .list(
            OptimaTable.multiples,
            [
              "optima_multiple": { .text(NumberText.setting($0) + "×") },
              "optima_dense": { .text(optimum(table, "dense", $0)) },
              "optima_dense_set": { .text(nearOptimal(table, "dense", $0)) },
              "optima_sparse": { .text(optimum(table, "sparse", $0)) },
              "optima_sparse_set": { .text(nearOptimal(table, "sparse", $0)) },
            ])
        },
      ]),
    "effective": .chapter(
      analysis.multipliers,
      [
        "multipliers": { table in
          .list(
            table.entries.filter { $0.sparsity > 0 },
            [
              "multiplier_sparsity": { .text(NumberText.sparsity($0.sparsity)) },
              "multiplier": { .text(estimate($0.multiplier, $0.interval)) },
              // A sentence has room for three.
              "multiplier_is_cited": { .flag([0.5, 0.75, 0.875].contains($0.sparsity)) },
            ])
        },
        "multiplier_limit": { table in
          .text(table.limit.map { estimate($0, table.limitInterval) } ?? "no limit")
        },
        "has_multiplier_limit": { .flag($0.limit != nil) },
      ]),
  ]
}

extension OptimalSparsity {
  /// The thresholds past Chinchilla compute for which dense training has an alternative.
  fileprivate var alternatives: [Threshold] {
    accountings[0].thresholds.filter {
      $0.unconstrainedDense != nil && $0.chinchillaMultiple > 1
    }
  }

  /// The multiples of Chinchilla compute at which sparsity may begin to pay: the interval, or
  /// the value alone where there is none.
  func sparsityBegins(_ accounting: Int) -> ClosedRange<Double>? {
    let threshold = accountings[accounting].thresholds.first { $0.sparsity == 0 }
    return threshold.map { $0.interval ?? $0.chinchillaMultiple...$0.chinchillaMultiple }
  }
}

private func entry(
  _ table: OptimaTable, _ accounting: String, _ multiple: Double
) -> OptimaTable.Entry? {
  table.entries.first { $0.accounting == accounting && $0.chinchillaMultiple == multiple }
}

/// `48.1 % (42.0 % to 55.3 %)`.
private func optimum(_ table: OptimaTable, _ accounting: String, _ multiple: Double) -> String {
  guard let entry = entry(table, accounting, multiple) else { return "–" }
  let text = NumberText.percent(entry.sparsity, 1)
  return entry.interval.map { "\(text) (\(range($0)))" } ?? text
}

private func nearOptimal(
  _ table: OptimaTable, _ accounting: String, _ multiple: Double
) -> String {
  entry(table, accounting, multiple).map { range($0.nearOptimal) } ?? "–"
}

private func range(_ range: ClosedRange<Double>) -> String {
  "\(NumberText.percent(range.lowerBound, 1)) to \(NumberText.percent(range.upperBound, 1))"
}

private func begin(_ optimal: OptimalSparsity, _ accounting: Int) -> String {
  let threshold = optimal.accountings[accounting].thresholds.first { $0.sparsity == 0 }
  return threshold.map { estimate($0.chinchillaMultiple, $0.interval) } ?? "–"
}

/// `2.05×` or `2.05× (1.8 to 2.4)`.
func estimate(_ value: Double, _ interval: ClosedRange<Double>?) -> String {
  let text = NumberText.multiple(value)
  return interval.map { "\(text) (\(NumberText.interval($0)))" } ?? text
}

private struct ThresholdRow {
  var label: String
  var dense: String
  var sparse: String
  var hardware: String
  var isExtrapolated: Bool

  static func all(_ optimal: OptimalSparsity) -> [Self] {
    optimal.accountings[0].thresholds.indices.map { index in
      let sparsity = optimal.accountings[0].thresholds[index].sparsity
      let isExtrapolated = optimal.largestFittedSparsity.map { sparsity > $0 + 1e-9 } ?? false
      func text(_ accounting: Int) -> String {
        let threshold = optimal.accountings[accounting].thresholds[index]
        return estimate(threshold.chinchillaMultiple, threshold.interval)
      }
      let name = sparsity == 0 ? "above 0 %" : NumberText.sparsity(sparsity)
      return ThresholdRow(
        label: name + (isExtrapolated ? " †" : ""), dense: text(0), sparse: text(1),
        hardware: text(2), isExtrapolated: isExtrapolated)
    }
  }
}
