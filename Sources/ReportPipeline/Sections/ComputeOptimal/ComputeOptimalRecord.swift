import Foundation
import RunLogs
import ScalingLaws

/// How a budget of dense training is best spent: on how large a model, on how much data.
let computeOptimalFields: [Field<SweepAnalysis>] = [
  // Whether nothing of the sweep is sparse, so that no word of sparsity is due.
  .flag("is_dense") { $0.isDense }.only(.prose),
  .record(
    "compute_optimal",
    { analysis in
      analysis.computeOptimal.map { Answer(result: $0, published: analysis.denseLiterature) }
    }, answerFields),
]

extension SweepAnalysis {
  /// What N counts.
  var parameterWords: String { isDense ? "parameters" : "non-zero parameters" }

  /// The law of the literature beside the fit, where it says what a budget is best spent on.
  fileprivate var denseLiterature: LiteratureLaw? {
    guard finalFit != nil, let published, published.law.sizeExponentOfCompute != nil else {
      return nil
    }
    return published
  }
}

/// What the section says of a law.
private struct Answer: Sendable {
  var result: ComputeOptimal
  var published: LiteratureLaw?

  /// A number of the law with its interval.
  func estimate(_ value: (ScalingLaw) -> Double?) -> Estimate? {
    value(result.model.law).map { number in
      Estimate(
        number, interval: result.replicates?.interval { (law: ScalingLaw) in value(law) ?? .nan })
    }
  }

  var sizeExponent: Estimate? { estimate(\.sizeExponentOfCompute) }

  /// The law in the notation of Hoffmann et al. 2022, equation 2: E + A/N^α + B/D^β.
  var notation: [(name: String, number: Estimate)] {
    guard result.model.law.form.hasClosedForms, result.model.law.form.power == nil else {
      return []
    }
    let parts: [(String, (FrantarLaw) -> Double)] = [
      ("E", \.c), ("A", { $0.aS + $0.cS }), ("B", { pow($0.aD, $0.bD) }), ("alpha", \.bN),
      ("beta", \.bD),
    ]
    return parts.compactMap { name, value in
      estimate { $0.closed.map(value) }.map { (name, $0) }
    }
  }
}

private let answerFields: [Field<Answer>] = [
  .number("flops_per_parameter", .setting) { $0.result.model.flopsPerParameter },
  .number(
    "size_exponent", .significant(3), intervalKey: "size_exponent_interval",
    macro: "compute optimal size exponent", interval: { $0.sizeExponent?.interval }
  ) { $0.sizeExponent?.value },
  .number(
    "data_exponent", .significant(3), intervalKey: "data_exponent_interval",
    macro: "compute optimal data exponent",
    interval: { $0.estimate { law in law.sizeExponentOfCompute.map { 1 - $0 } }?.interval }
  ) { $0.sizeExponent.map { 1 - $0.value } },
  .number(
    "loss_exponent", .significant(3), intervalKey: "loss_exponent_interval",
    macro: "compute optimal loss exponent",
    interval: { $0.estimate(\.lossExponentOfCompute)?.interval }
  ) { $0.estimate(\.lossExponentOfCompute)?.value },
  .number("tolerance", .setPercent) { $0.result.tolerance },
  .record("headline", { $0.result.headline }, budgetFields(hasMacros: false)).only(.prose),
  .flag("has_extrapolated") { $0.result.entries.contains { $0.isExtrapolated == true } }
    .only(.prose),
  .rows(
    "budgets", table: "compute-optimal-budgets", { $0.result.entries },
    budgetFields(hasMacros: true)),
  .record(
    "published", { $0.published },
    [
      .text("name") { $0.name },
      .number("size_exponent", .significant(3)) { $0.law.sizeExponentOfCompute },
      .number("loss_exponent", .significant(3)) { $0.law.lossExponentOfCompute },
    ]),
  .rows(
    "notation", { $0.notation },
    [
      .text("coefficient") { $0.name },
      .number("value", .significant(4), interval: { $0.number.interval }) { $0.number.value },
      .wording("symbol") { .inline(CoefficientText.symbol($0.name)) }.only(.prose),
    ]),
]

/// - Parameter hasMacros: whether papers cite the numbers.
private func budgetFields(hasMacros: Bool) -> [Field<ComputeOptimal.Entry>] {
  func words(_ what: String) -> @Sendable (ComputeOptimal.Entry) -> String? {
    { hasMacros ? "compute optimal \(what) at \(macroWords($0.flops))" : nil }
  }
  return [
    .number("flops", .significant(1)) { $0.flops },
    .number("nonzero_params", .size, interval: { $0.parameters }) { $0.optimum.parameters }
      .withOwnInterval().macro(words("size")),
    .number("data", .size, interval: { $0.data }) { $0.optimum.data }
      .withOwnInterval().macro(words("data")),
    .number("data_per_parameter", .significant(3), interval: { $0.dataPerParameter }) {
      $0.optimum.dataPerParameter
    }.withOwnInterval(),
    .number("loss", .loss, interval: { $0.loss }) { $0.optimum.loss },
    .number("near_optimal_low", .size) { $0.nearOptimal.lowerBound },
    .number("near_optimal_high", .size) { $0.nearOptimal.upperBound },
    .flag("is_extrapolated") { $0.isExtrapolated },
  ]
}

/// A round budget in the words of a macro's name: `3 e 20`.
private func macroWords(_ flops: Double) -> String {
  String(format: "%.0e", flops).replacing("e+", with: " e ")
}
