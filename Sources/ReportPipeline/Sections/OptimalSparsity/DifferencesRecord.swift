import RunLogs
import ScalingLaws

/// What sparsity does at equal size and compute, straight from runs.
let differenceFields: [Field<SweepAnalysis>] = [
  .record(
    "measured_differences", { $0.differences },
    [
      .rows("rows", table: "measured-differences", { $0.rows }, rowFields).only([.json, .csv]),
      .rows("pairs", { $0.pairs.isEmpty ? nil : $0.pairs }, pairFields),
      .rows("headline", { Headline.all($0) }, headlineFields).only(.prose),
    ])
]

private let rowFields: [Field<MeasuredDifferences.Row>] = [
  .text("accounting") { $0.accounting },
  .number("nonzero_params", .size) { $0.nonZeroParameters },
  .number("sparsity", .sparsity) { $0.sparsity },
  .number("over", .sparsity) { $0.over },
  .number("flops", .significant(5)) { $0.flops },
  .number("chinchilla_multiple", .multiple) { $0.chinchillaMultiple },
  .number("log_loss_difference", .signedPercent(2), interval: { $0.interval }) { $0.difference },
  .choice("verdict") { $0.verdict },
  .flag("is_interpolated") { $0.isInterpolated },
  .number("predicted", .signedPercent(2)) { $0.predicted },
]

private let pairFields: [Field<MeasuredDifferences.Pair>] = [
  .text("accounting") { $0.overtake.accounting },
  .text("label") { AccountingStyle.named($0.overtake.accounting).name }.only(.prose),
  .number("sparsity", .sparsity) { $0.overtake.sparsity },
  .number("over", .sparsity) { $0.overtake.over },
  .wording("denser") { .plain(sparsityOrDense($0.overtake.over)) }.only(.prose),
  .count("count") { $0.rows.count },
  mean("below") { $0.below }, mean("within") { $0.within }, mean("above") { $0.above },
]

private func mean(
  _ key: String,
  _ mean: @escaping @Sendable (MeasuredDifferences.Pair) -> MeasuredDifferences.Pair.Mean?
) -> Field<MeasuredDifferences.Pair> {
  .number(key, .signedPercent(2), interval: { mean($0)?.interval }) { mean($0)?.value }
    .withOwnInterval()
}

/// The rows of the headline pair by one accounting, by what they decide.
private struct Headline: Sendable {
  var pair: MeasuredDifferences.Pair

  /// Empty without repeats, which alone say what is decided.
  static func all(_ differences: MeasuredDifferences) -> [Headline] {
    let pairs = differences.pairs.filter { $0.rows.contains { $0.interval != nil } }
    let least = pairs.map(\.overtake.over).min()
    let sparsity = Overtake.headlineSparsity(
      of: pairs.filter { $0.overtake.over == least }.map(\.overtake.sparsity))
    return pairs.filter { $0.overtake.over == least && $0.overtake.sparsity == sparsity }
      .map(Headline.init)
  }

  /// Where the mean difference has a verdict, beside the interval of the law's overtake.
  func places(_ verdict: MeasuredDifferences.Verdict) -> [Wording] {
    [("below", pair.below), ("within", pair.within), ("above", pair.above)]
      .filter { $0.1?.verdict == verdict }.map { .plain($0.0) }
  }

  /// How many of the decided means outside of that interval have the law's sign, or the other.
  func decided(withLaw agrees: Bool) -> Int {
    let below = pair.below?.verdict == (agrees ? .worse : .better)
    let above = pair.above?.verdict == (agrees ? .better : .worse)
    return (below ? 1 : 0) + (above ? 1 : 0)
  }
}

private let headlineFields: [Field<Headline>] = [
  .text("label") { AccountingStyle.named($0.pair.overtake.accounting).name },
  .number("sparsity", .sparsity) { $0.pair.overtake.sparsity },
  .wording("denser") { .plain(sparsityOrDense($0.pair.overtake.over)) },
  .texts("better") { $0.places(.better) }, .texts("worse") { $0.places(.worse) },
  .texts("undecided") { $0.places(.undecided) },
  .count("with_law") { $0.decided(withLaw: true) },
  .count("decided") { $0.decided(withLaw: true) + $0.decided(withLaw: false) },
]

/// `0.5× to 3.1×`; one number where both ends are written alike, nil of none.
func rangeText(_ multiples: [Double]) -> String? {
  guard let least = multiples.min(), let most = multiples.max() else { return nil }
  let ends = [least, most].map(Style.multiple.text)
  return ends[0] == ends[1] ? ends[0] : "\(ends[0]) to \(ends[1])"
}
