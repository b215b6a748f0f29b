import ScalingLaws

/// N:M patterns beside unstructured sparsity.
let patternFields: [Field<SweepAnalysis>] = [
  .record(
    "patterns", { $0.patterns },
    patternSectionFields)
]

extension PatternComparison.Summary {
  fileprivate func macro(_ words: String) -> String { "pattern \(pattern.description) \(words)" }
}

private let patternSectionFields: [Field<PatternComparison>] = [
  .rows(
    "runs", { $0.runs },
    patternRunFields),
  .rows(
    "patterns", table: "pattern-comparison", { $0.summaries },
    [
      .text("pattern") { $0.pattern.description },
      .count("runs") { $0.runs },
      .estimate("excess", .signedPercent(2)) { $0.excess }.macro { $0.macro("excess") },
      .estimate("paired_excess", .signedPercent(2)) { $0.pairedExcess },
      .estimate("multiplier", .multiple) { $0.multiplier }
        .macro { $0.macro("multiplier") },
      .estimate("unstructured_multiplier", .multiple) { $0.unstructuredMultiplier },
      .estimate("share", .percent(0)) { $0.share }.macro { $0.macro("share") },
      .choice("against_dense") { AgainstDense($0.multiplier) }.only(.prose),
    ]),
  .rows(
    "contrasts", { $0.contrasts },
    [
      .number("lower_sparsity", .sparsity) { $0.lowerSparsity },
      .number("higher_sparsity", .sparsity) { $0.higherSparsity },
      .estimate("ratio", .multiple) { $0.ratio },
      .choice("verdict") { $0.advantage },
    ]),
]

private let patternRunFields: [Field<PatternComparison.Run>] = [
  .code("run") { $0.run.name },
  .text("pattern") { $0.run.pattern.description },
  .number("predicted", .loss) { $0.predicted },
  .estimate("excess", .signedPercent(2)) { $0.excess },
  .estimate("paired_excess", .signedPercent(2)) { $0.paired?.excess },
  .estimate("multiplier", .multiple) { $0.multiplier },
]

/// A pattern beside a dense model of equal non-zero size.
private enum AgainstDense: String, CaseIterable {
  case better, worse, undecided

  init(_ multiplier: Estimate) {
    self = multiplier.isAbove(1) ? .better : multiplier.isBelow(1) ? .worse : .undecided
  }
}
