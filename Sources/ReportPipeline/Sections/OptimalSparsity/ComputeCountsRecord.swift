import ScalingLaws

/// Multiples of Chinchilla compute by both counts, where sweep.yml says what else was computed.
let computeCountFields: [Field<SweepAnalysis>] = [
  .record(
    "compute_counts",
    { analysis in
      analysis.computeCounts.map { (counts: $0, name: analysis.sweep.compute.extra ?? "") }
    },
    [
      .code("extra") { $0.name },
      .number("size_exponent", .significant(3)) { $0.counts.extra.exponent },
      .number("worst_deviation", .percent(1)) { $0.counts.extra.worst }.only([.json, .csv]),
      .number("sparsity", .sparsity) { $0.counts.questions.sparsity },
      .number("over", .sparsity) { $0.counts.questions.over }.only([.json, .csv]),
      .wording("denser") { .plain(sparsityOrDense($0.counts.questions.over)) }.only(.prose),
      .number("least", .percent(0)) { $0.counts.rows.map(\.extraShare).min() }.only(.prose),
      .number("most", .percent(0)) { $0.counts.rows.map(\.extraShare).max() }.only(.prose),
      .wording("overtakes") { counts, _ in
        rangeText(counts.rows.map(\.overtake.with).filter { !$0.isNaN }).map(Wording.plain)
      }.only(.prose),
      .wording("reached") { counts, _ in
        rangeText(counts.rows.map(\.reached.with)).map(Wording.plain)
      }.only(.prose),
      .rows("sizes", table: "compute-counts", { $0.counts.rows }, rowFields),
    ])
]

private let rowFields: [Field<ComputeCounts.Row>] = [
  .number("nonzero_params", .size) { $0.nonZeroParameters },
  .number("extra_share", .percent(1)) { $0.extraShare },
  .number("reached", .multiple) { $0.reached.without },
  .number("reached_with_extra", .multiple) { $0.reached.with },
  .number("overtake", .multiple, interval: { $0.overtake.withoutInterval }) { $0.overtake.without }
    .withOwnInterval(),
  .number("overtake_with_extra", .multiple, interval: { $0.overtake.withInterval }) {
    $0.overtake.with
  }.withOwnInterval(),
  .number("sparse_overtake", .multiple, interval: { $0.sparseOvertake.withoutInterval }) {
    $0.sparseOvertake.without
  }.withOwnInterval().only([.json, .csv]),
  .number("sparse_overtake_with_extra", .multiple, interval: { $0.sparseOvertake.withInterval }) {
    $0.sparseOvertake.with
  }.withOwnInterval().only([.json, .csv]),
  .number("threshold", .multiple) { $0.threshold.without }.only([.json, .csv]),
  .number("threshold_with_extra", .multiple) { $0.threshold.with }.only([.json, .csv]),
]
