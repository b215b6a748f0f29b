import ScalingLaws

/// Pruning of trained models beside sparse training from scratch.
let pretrainedFields: [Field<SweepAnalysis>] = [
  .record(
    "pretrained", { $0.pretrained },
    comparisonFields)
]

private let prunedFields: [Field<PretrainedComparison.Run>] = [
  .code("run") { $0.run.name },
  .number("pruning_data", .size) { $0.pruningData },
  .number("parent_data", .size) { $0.parentData }.only([.json, .csv]),
  .estimate("scratch_data", .size) { $0.scratchData },
  .estimate("multiple_of_pruning", .multiple) { $0.multipleOfPruning },
  .estimate("multiple_of_both", .multiple) { $0.multipleOfBoth },
  .choice("verdict") { $0.verdict },
  .flag("is_outside") { $0.extrapolation != nil }.only([.prose, .csv]),
]

private let comparisonFields: [Field<PretrainedComparison>] = [
  .choice("agreement") { $0.agreement },
  .rows("runs", table: "pruned-models", { $0.runs }, prunedFields),
  .rows(
    "groups", { $0.groups },
    [
      .number("sparsity", .sparsity) { $0.sparsity },
      .count("runs") { $0.runs },
      .number("median_multiple_of_pruning", .multiple) { $0.medianMultipleOfPruning },
      .number("median_multiple_of_both", .multiple) { $0.medianMultipleOfBoth },
    ]),
  .count("count", "run") { $0.runs.count }.only(.prose),
  .count("judged", "run") { $0.judged.count }.only(.prose),
  .number("corrected_level", .percent(2)) { $0.correctedLevel },
  .count("between_stages") { $0.count(PretrainedComparison.Verdict.betweenStages) }
    .only(.prose),
  .count("beyond_both") { $0.count(PretrainedComparison.Verdict.beyondBoth) }.only(.prose),
  .count("below_pruning") { $0.count(PretrainedComparison.Verdict.belowPruning) }
    .only(.prose),
  .count("undecided") { $0.count(PretrainedComparison.Verdict.undecided) }.only(.prose),
  .flag("has_outside") { $0.runs.contains { $0.extrapolation != nil } }.only(.prose),
  .rows("shown", { Array($0.runs.prefix($0.runs.count > 30 ? 10 : 30)) }, prunedFields)
    .only(.prose),
  .number("hidden", .count("run")) { $0.runs.count > 30 ? Double($0.runs.count - 10) : nil }
    .only(.prose),
]
