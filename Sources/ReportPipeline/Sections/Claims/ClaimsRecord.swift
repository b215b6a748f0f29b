import Plotting
import ScalingLaws

/// The law against its rivals, and the paper's claims of no interaction.
let claimFields: [Field<SweepAnalysis>] = [
  .record(
    "rivals", { analysis in analysis.rivals.map { Rivals(comparison: $0, analysis: analysis) } },
    comparisonFields)
]

private struct Rivals: Sendable {
  var comparison: RivalComparison
  var analysis: SweepAnalysis
}

private struct RankedLaw: Sendable {
  var row: RivalComparison.Row
  var concludes: Bool
}

private let rivalFields: [Field<RivalComparison.Row>] = [
  .text("law") { $0.key },
  .wording("name") { .inline(LawText.name($0.key)) }.only(.prose),
  .text("formula") { $0.formula }.only([.json, .prose]),
  .json("coefficients") { coefficients($0.fit.coefficients) },
  .count("free_coefficients") { $0.freeCoefficients },
  // Whether the optimum is surely a point; otherwise the errors are those of one of many equally
  // good fits.
  .flag("is_determined") { $0.isDetermined }.only([.json, .prose]),
  .number("objective", .significant(4)) { $0.objective },
  .number("information_excess", .fixed(1)) { $0.informationExcess }.only([.json, .prose]),
  .number("aicc_excess", .fixed(1)) { $0.informationExcess }.only(.csv),
  .number(
    "leave_one_size_out_error", .percent(2), intervalKey: "leave_one_size_out_interval",
    interval: { $0.leaveOneSizeOutInterval }
  ) { $0.leaveOneSizeOutError },
  .number("held_out_error", .percent(2)) { $0.heldOutError },
  .number("share_best", .percent(0)) { $0.shareBest },
]

private let interactionFields: [Field<InteractionClaim>] = [
  .choice("claim") { $0.kind },
  .text("exponent") { $0.exponentName }.only(.json),
  .wording("symbol") { .inline(CoefficientText.symbol($0.exponentName)) }.only(.prose),
  .number("value", .significant(2), interval: { $0.interval }) { $0.exponent }
    .macro { $0.words },
  .estimate("drift", .multiple) { $0.drift },
  .number("multiplier_sparsity", .sparsity) { $0.sparsity },
  .number("least", .size) { $0.range.lowerBound },
  .number("most", .size) { $0.range.upperBound },
  .number("margin", .setting) { _ in InteractionClaim.margin },
  .number("loss_change", .percent(2)) { $0.lossChange },
  .number("loss_change_limit", .percent(2)) { $0.lossChangeLimit }.only([.json, .csv]),
  .number("noticeable_change", .percent(2)) { $0.noticeableChange }.only([.json, .csv]),
  .choice("verdict") { $0.verdict },
  .flag("unlimited") { $0.isUnmatched }.only(.prose),
  .flag("is_detected") { $0.drift.interval.map { !$0.contains(1) } ?? false }.only(.prose),
]

extension InteractionClaim {
  /// Of its macro.
  fileprivate var words: String {
    switch kind {
    case .noDataInteraction: "data interaction"
    case .sameMultiplierAtEverySize: "size interaction"
    }
  }
}

/// What laws are called in tables.
enum LawText {
  static func name(_ key: String) -> String {
    let names = [
      "sparsity": "Frantar et al. 2024",
      "sparsity-without-saturation": "Frantar et al. 2024 without saturation",
      "dense": "dense law on *N*",
      "dense-parameters": "dense law on *N*/(1 − *S*)",
      "average-parameters": "average parameters (Jin et al. 2025)",
      "free-multipliers": "one multiplier a sparsity (Frantar et al. 2025)",
      "data-interaction": "the paper's law with sparsity–data interaction",
      "size-interaction": "the paper's law with size-dependent sparsity",
      "coupling": "the paper's law with coupled size and data", "wu2026": "Wu et al. 2026",
    ]
    return names[key] ?? Markdown.escape(key)
  }

  /// A name as an axis has room for it: without its citation, variables in italics.
  static func short(_ name: String) -> RichText {
    var words = name.hasSuffix("2025)") ? name.components(separatedBy: " (")[0] : name
    words = words.replacing("the paper's law with ", with: "with ")
    return RichText(
      runs: words.components(separatedBy: "*").enumerated().map {
        .init($1, isItalic: $0 % 2 == 1)
      })
  }
}

private let comparisonFields: [Field<Rivals>] = [
  .rows(
    "laws", table: "rival-laws",
    { rivals in
      rivals.comparison.rows.enumerated().map {
        RankedLaw(row: $1, concludes: $0 == rivals.comparison.own)
      }
    }, rivalFields.map { $0.of(\.row) } + [.flag("concludes") { $0.concludes }.only(.prose)]),
  .count("sizes_left_out", "size") { $0.comparison.sizesLeftOut.count },
  .count("sizes_skipped", "size") { $0.comparison.sizesSkipped.count },
  .count("replicates") { $0.comparison.rankingReplicates },
  .count("folds") { $0.comparison.folds }.only(.prose),
  .flag("is_grouped") { $0.comparison.folds < $0.comparison.sizesLeftOut.count }.only(.prose),
  .flag("includes_held_out") { $0.analysis.sweep.refit }.only(.prose),
  .flag("has_held_out") { $0.comparison.rows.contains { $0.heldOutError != nil } }
    .only(.prose),
  .flag("has_flat") { $0.comparison.rows.contains { !$0.isDetermined } }.only(.prose),
  // The standard error of a share of one half, the largest there is.
  .number("share_error", .percent(0)) {
    0.5 / Double(max($0.comparison.rankingReplicates, 1)).squareRoot()
  }.only(.prose),
  .record("best", { $0.comparison.best }, rivalFields).only(.prose),
  .estimate("error_ratio", .multiple) { $0.comparison.bestErrorRatio },
  // The law of this report.
  .record("fitted", { $0.comparison.concluding }, rivalFields).only(.prose),
  .rows("claims", { $0.comparison.claims }, interactionFields),
]
