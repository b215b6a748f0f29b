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
      .estimate("gain_share", .percent(0)) { $0.gainShare }.macro { $0.macro("gain share") },
      .choice("against_dense") { $0.againstDense },
    ]),
  .rows(
    "contrasts", { $0.contrasts },
    [
      .text("denser") { $0.denser.description },
      .text("sparser") { $0.sparser.description },
      .estimate("ratio", .multiple) { $0.ratio },
      .choice("verdict") { $0.advantage },
    ]),
  .number("corrected_level", .percent(2)) { $0.correctedLevel },
]

private let patternRunFields: [Field<PatternComparison.Run>] = [
  .code("run") { $0.run.name },
  .text("pattern") { $0.run.pattern.description },
  .number("predicted", .loss) { $0.predicted },
  .estimate("excess", .signedPercent(2)) { $0.excess },
  .estimate("paired_excess", .signedPercent(2)) { $0.paired?.excess },
  .estimate("multiplier", .multiple) { $0.multiplier },
]
