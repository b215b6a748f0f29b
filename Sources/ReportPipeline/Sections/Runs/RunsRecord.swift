import RunLogs
import ScalingLaws

/// The runs of a sweep and what became of them.
let runFields: [Field<SweepAnalysis>] = [
  .record(
    "runs", { $0 },
    runCountFields)
]

private let outcomeFields: [Field<SweepAnalysis.RunOutcome>] = [
  .code("run") { $0.run.name },
  .number("nonzero_params", .size) { $0.run.nonZeroParameters },
  .number("dense_params", .size) { $0.run.denseParameters },
  .number("sparsity", .sparsity) { $0.run.sparsity },
  .number("data", .size) { $0.run.data },
  .number("loss", .loss) { $0.run.loss },
  .text("pattern") { $0.run.pattern.description },
  .text("parent") { $0.run.parent },
  .text("role") { $0.role.rawValue },
  .number("predicted", .loss) { $0.predicted },
  .number("relative_error", .signedPercent(2)) { $0.relativeError },
  .number("stands_for", .count("")) { $0.run.standsFor > 1 ? Double($0.run.standsFor) : nil },
]

/// The runs that the law is about.
private func observations(_ analysis: SweepAnalysis) -> Observations {
  Observations(analysis.runs(.fitted) + analysis.runs(.heldOut))
}

private let runCountFields: [Field<SweepAnalysis>] = [
  .count("read", "run") { $0.sweep.runsRead },
  .count("fitted", "run") { $0.runs(.fitted).count },
  .count("held_out", "run") { $0.runs(.heldOut).count },
  .count("other", "run") { $0.runs(.other).count }.only(.prose),
  .rows(
    "excluded", { $0.sweep.exclusions },
    [.code("run") { $0.run }, .text("why") { $0.why }]),
  .count("faulty", "run") { analysis in
    analysis.sweep.exclusions.count {
      if case .rule = $0.cause { false } else { true }
    }
  },
  .record(
    "kept_best", { analysis in analysis.sweep.keptBest.map { ($0, analysis.runs.map(\.run)) } },
    keptBestFields),
  .texts("missing_files") { $0.sweep.missingFiles.map { .code($0.path) } }.only(.json),
  .rows("table", { $0.runs }, outcomeFields).only([.json, .csv]),
  .texts("sizes") { observations($0).sizes.map { .number($0, .size) } }.only(.prose),
  .texts("sparsities") { observations($0).sparsities.map { .number($0, .sparsity) } }
    .only(.prose),
  .texts("data_amounts") { observations($0).dataAmounts.map { .number($0, .size) } }
    .only(.prose),
  .rows(
    "missing", { $0.sweep.missingFiles },
    [.code("path") { $0.path }, .text("get") { $0.get ?? "" }]
  ).only(.prose),
]

/// What the runs that were kept of a search stand for.
private let keptBestFields: [Field<(search: KeptBest, runs: [TrainingRun])>] = [
  .texts("over") { $0.search.over.map(Wording.code) },
  .count("not_best", "run") { $0.search.notBest },
  .count("kept", "run") { $0.runs.count { $0.standsFor > 1 } },
  .number("most", .count("run")) { Double($0.runs.map(\.standsFor).max() ?? 1) },
]
