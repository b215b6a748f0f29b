import RunLogs
import ScalingLaws

/// When which sparsity is best, and what dense training would buy instead.
let optimalSparsityFields: [Field<SweepAnalysis>] = [
  .record(
    "optimal_sparsity",
    { analysis in
      analysis.optimalSparsity.map {
        Optimum(result: $0, optima: analysis.optima, analysis: analysis)
      }
    },
    optimumSectionFields),
  .rows(
    "overtakes", { $0.overtakes.isEmpty ? nil : $0.overtakes },
    [
      .number("sparsity", .sparsity) { $0.sparsity },
      .number("over", .sparsity) { $0.over },
      .text("accounting") { $0.accounting },
      .number("chinchilla_multiple", .multiple, interval: { $0.interval }) {
        $0.chinchillaMultiple
      }
      .macro {
        "\($0.accounting) overtake \(percentWords($0.sparsity)) over \(percentWords($0.over))"
      },
    ]),
  .rows(
    "overtake_pairs", { OvertakePair.all($0.overtakes) },
    overtakePairFields
  ).only(.prose),
  .choice("no_optimum") { NoOptimum($0) }.only(.prose),
  .record(
    "overtake",
    { analysis in
      // What no run shows to happen is no headline.
      analysis.multipliers?.gain == .negligible
        ? nil : OvertakePair.headline(OvertakePair.all(analysis.overtakes))
    }, overtakePairFields
  ).only(.prose),
]

/// Why there is no best sparsity to give.
private enum NoOptimum: String, CaseIterable {
  /// The runs do not tell.
  case unidentified
  /// The law speaks of measured sparsities alone.
  case measuredOnly = "measured_only"
  /// The law that was asked for has no sparsity in it.
  case unknown
  /// By the law sparsity does not lower the loss at equal non-zero size.
  case useless

  /// Nil where there is one.
  init?(_ analysis: SweepAnalysis) {
    guard analysis.study.concludes, analysis.optimalSparsity == nil else { return nil }
    let form = analysis.law.form
    let isAskedFor = analysis.study.lawName != nil
    self =
      !form.levels.isEmpty
      ? .measuredOnly
      : form.knowsSparsity ? .useless : isAskedFor ? .unknown : .unidentified
  }
}

/// Two sparsities, with both ways of counting compute.
struct OvertakePair: Sendable {
  var dense: Overtake
  var sparse: Overtake

  static func all(_ overtakes: [Overtake]) -> [OvertakePair] {
    overtakes.filter { $0.accounting == Accounting.dense.name }.compactMap { dense in
      overtakes.first {
        $0.accounting != dense.accounting && $0.sparsity == dense.sparsity && $0.over == dense.over
      }.map { OvertakePair(dense: dense, sparse: $0) }
    }
  }

  /// The pair that the summary gives: one half over the least sparsity, where compute can buy it.
  static func headline(_ pairs: [OvertakePair]) -> OvertakePair? {
    guard let least = pairs.map(\.dense.over).min() else { return nil }
    let sparsity = Overtake.headlineSparsity(of: pairs.map(\.dense.sparsity))
    return pairs.first {
      $0.dense.over == least && $0.dense.sparsity == sparsity
        && $0.dense.chinchillaMultiple.isFinite
    }
  }
}

private let overtakePairFields: [Field<OvertakePair>] = [
  .number("sparsity", .sparsity) { $0.dense.sparsity },
  .wording("over") { .plain(sparsityOrDense($0.dense.over)) },
  .number("dense", .multiple, interval: { $0.dense.interval }) { $0.dense.chinchillaMultiple },
  .number("sparse", .multiple, interval: { $0.sparse.interval }) {
    $0.sparse.chinchillaMultiple
  },
]

/// The best sparsities of a law, as this section tells them.
private struct Optimum: Sendable {
  /// Whether sparsity pays below Chinchilla compute where only non-zero weights are counted.
  enum Pays: String, CaseIterable {
    case before, after, undecided
    /// There is no interval that could tell.
    case unknown
  }

  var result: OptimalSparsity
  var optima: OptimaTable?
  var analysis: SweepAnalysis

  func thresholds(_ accounting: Int) -> [ThresholdRow] {
    let entry = result.accountings[accounting]
    let measured = Observations(analysis.study.concludingRuns).sparsities
    let largest = largestMultiple(accounting)
    return entry.thresholds.map { threshold in
      return ThresholdRow(
        accounting: entry.model.accounting.name, threshold: threshold,
        isExtrapolated: result.largestFittedSparsity.map { threshold.sparsity > $0 + 1e-9 },
        isMeasured: measured.isEmpty
          || measured.contains { abs($0 - nominalSparsity(threshold.sparsity)) < 1e-9 },
        isBeyond: largest.map { threshold.chinchillaMultiple > $0 } ?? false)
    }
  }

  /// The most compute that a run got, as a multiple of its size's Chinchilla compute, by the
  /// accounting; nil without runs.
  func largestMultiple(_ accounting: Int) -> Double? {
    let model = result.accountings[accounting].model
    return analysis.study.concludingRuns.map { run in
      model.flops(
        nonZeroParameters: run.nonZeroParameters, sparsity: run.sparsity, data: run.data)
        / model.chinchillaFlops(nonZeroParameters: run.nonZeroParameters)
    }.max()
  }

  /// k = 1 + b_N / b_D.
  var slopeInterval: ClosedRange<Double>? {
    analysis.finalFit?.uncertainty?.distribution.interval { (law: ScalingLaw) in
      law.closed.map { 1 + $0.bN / $0.bD } ?? .nan
    }
  }

  /// The rows of the table by sparsity, with one threshold for each accounting.
  var pivoted: [[ThresholdRow]] {
    let columns = result.accountings.indices.map(thresholds)
    return (columns.first ?? []).indices.map { row in columns.map { $0[row] } }
  }

  func begins(_ accounting: Int) -> OptimalSparsity.Threshold? {
    result.accountings[accounting].thresholds.first { $0.sparsity == 0 }
  }

  var pays: Pays {
    guard let threshold = begins(1), let interval = threshold.interval else { return .unknown }
    if interval.upperBound < 1 { return .before }
    return interval.lowerBound >= 1 ? .after : .undecided
  }

  /// The thresholds past Chinchilla compute for which dense training has an alternative.
  var alternatives: [OptimalSparsity.Threshold] {
    result.accountings[0].thresholds.filter {
      $0.unconstrainedDense != nil && $0.chinchillaMultiple > 1
    }
  }
}

private struct ThresholdRow: Sendable {
  var accounting: String
  var threshold: OptimalSparsity.Threshold
  var isExtrapolated: Bool?
  /// Whether there are runs of this sparsity; also where there are no runs at all.
  var isMeasured: Bool
  /// Whether it lies beyond the compute that any run got.
  var isBeyond: Bool
}

private let thresholdFields: [Field<ThresholdRow>] = [
  .number("sparsity", .sparsity) { $0.threshold.sparsity },
  .number(
    "chinchilla_multiple", .multiple, interval: { $0.threshold.interval }
  ) { $0.threshold.chinchillaMultiple }
  .macro { "\($0.accounting) threshold \(percentWords($0.threshold.sparsity))" },
  .flag("is_extrapolated") { $0.isExtrapolated },
  .record(
    "unconstrained_dense", { $0.threshold.unconstrainedDense },
    [
      .number("size_ratio", .multiple) { $0.sizeRatio },
      .number("reducible_loss_ratio", .significant(3)) { $0.reducibleLossRatio },
      .number("loss_gap", .significant(3)) { $0.lossGap },
    ]),
]

private let optimumFields: [Field<OptimaTable.Entry>] = [
  .text("accounting") { $0.accounting },
  .number("chinchilla_multiple", .setMultiple) { $0.chinchillaMultiple },
  .number("sparsity", .percent(1), interval: { $0.interval }) { $0.sparsity }
    .macro { "\($0.accounting) optimum at \(Style.setting.text($0.chinchillaMultiple))" },
  .json("near_optimal") { .interval($0.nearOptimal) },
  .number("loss", .loss) { $0.loss },
]

/// A sparsity in percent, for a macro's name.
func percentWords(_ sparsity: Double) -> String {
  Style.sparsity.written(sparsity).value.digits ?? ""
}

private func threshold(_ key: String, _ accounting: Int) -> Field<[ThresholdRow]> {
  .number(key, .multiple, interval: { $0[accounting].threshold.interval }) {
    $0[accounting].threshold.chinchillaMultiple
  }
}

private func begins(_ key: String, _ accounting: Int) -> Field<Optimum> {
  Field<Optimum>.number(key, .multiple, interval: { $0.begins(accounting)?.interval }) {
    $0.begins(accounting)?.chinchillaMultiple
  }.only(.prose)
}

private func entry(
  _ place: (table: OptimaTable, multiple: Double), _ accounting: String
) -> OptimaTable.Entry? {
  place.table.entries.first {
    $0.accounting == accounting && $0.chinchillaMultiple == place.multiple
  }
}

private func optimum(_ accounting: String) -> Field<(OptimaTable, Double)> {
  .number(accounting, .percent(1), interval: { entry($0, accounting)?.interval }) {
    entry($0, accounting)?.sparsity
  }
}

private func nearOptimal(_ accounting: String) -> Field<(OptimaTable, Double)> {
  .number("\(accounting)_set", .percent(1), interval: { entry($0, accounting)?.nearOptimal }) {
    entry($0, accounting)?.sparsity
  }
}

private let optimumSectionFields: [Field<Optimum>] = [
  .text("basis") { $0.analysis.basis.rawValue }.only(.json),
  .number(
    "contour_slope", .significant(3), intervalKey: "contour_slope_interval", macro: "contour slope",
    interval: { $0.slopeInterval }
  ) {
    $0.result.contourSlope
  },
  .number("reference_params", .size) { $0.result.referenceParameters },
  .number("largest_fitted_sparsity", .sparsity) { $0.result.largestFittedSparsity },
  .json("accountings") { optimum in
    let fields = thresholdFields
    return .object(
      Dictionary(
        optimum.result.accountings.enumerated().map { index, result in
          let rows = optimum.thresholds(index).map { Record($0, fields).json }
          return (
            result.model.accounting.name, .object(["thresholds": .list(rows)])
          )
        }, uniquingKeysWith: { first, _ in first }))
  },
  .rows(
    "sparsity_thresholds", table: "sparsity-thresholds",
    { optimum in
      optimum.result.accountings.indices.flatMap(optimum.thresholds)
    }, [.text("accounting") { $0.accounting }] + thresholdFields
  ).only(.csv),
  .rows(
    "thresholds", { $0.pivoted },
    [
      .number("sparsity", .sparsity) { $0.first?.threshold.sparsity },
      .flag("is_zero") { $0.first?.threshold.sparsity == 0 },
      .flag("is_extrapolated") { $0.first.map { $0.isExtrapolated == true || !$0.isMeasured } },
      .flag("dense_is_beyond") { $0[0].isBeyond }, .flag("sparse_is_beyond") { $0[1].isBeyond },
      .flag("hardware_is_beyond") { $0[2].isBeyond },
      threshold("dense", 0), threshold("sparse", 1), threshold("hardware", 2),
    ]
  ).only(.prose),
  .flag("has_extrapolated") { $0.thresholds(0).contains { $0.isExtrapolated == true } }
    .only(.prose),
  .number("largest_multiple_dense", .multiple) { $0.largestMultiple(0) },
  .number("largest_multiple_sparse", .multiple) { $0.largestMultiple(1) },
  .number("largest_multiple_hardware", .multiple) { $0.largestMultiple(2) },
  begins("dense_begins", 0), begins("sparse_begins", 1),
  .choice("pays") { $0.pays }.only(.prose),
  .rows(
    "alternatives", { $0.alternatives },
    alternativeFields
  ).only(.prose),
  .rows(
    "density_ratios", { $0.result.densityRatios },
    [
      .number("chinchilla_multiple", .multiple) { $0.chinchillaMultiple },
      .number("optimal_sparsity_dense", .percent(1)) { $0.denseAccounting },
      .number("optimal_sparsity_sparse", .percent(1)) { $0.sparseAccounting },
      .number("density_ratio", .significant(3)) { $0.ratio },
    ]),
  .number("density_ratio_limit", .significant(3), macro: "density ratio limit") {
    $0.result.densityRatioLimit
  },
  .number("tolerance", .setPercent) { $0.optima?.tolerance },
  .rows("optima", { $0.optima?.entries }, optimumFields),
  .rows(
    "optima_by_compute", { $0.optima.map { table in OptimaTable.multiples.map { (table, $0) } } },
    [
      .number("chinchilla_multiple", .setMultiple) { $0.1 },
      optimum("dense"), nearOptimal("dense"), optimum("sparse"), nearOptimal("sparse"),
    ]
  ).only(.prose),
]

private let alternativeFields: [Field<OptimalSparsity.Threshold>] = [
  .number("sparsity", .sparsity) { $0.sparsity },
  .number("chinchilla_multiple", .multiple) { $0.chinchillaMultiple },
  .number("size_ratio", .multiple) { $0.unconstrainedDense?.sizeRatio },
  .number("loss_gap", .significant(3)) { $0.unconstrainedDense?.lossGap },
  .number("reducible_loss_change", .signedPercent(1)) {
    $0.unconstrainedDense.map { $0.reducibleLossRatio - 1 }
  },
]
