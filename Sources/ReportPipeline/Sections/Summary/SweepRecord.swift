import ScalingLaws

/// What every section may cite: the sweep, and what the conclusions rest on.
let sweepFields: [Field<SweepAnalysis>] = [
  .count("schema") { _ in 1 }.only(.json),
  .record(
    "sweep", { $0 },
    [
      .text("name") { $0.sweep.name },
      .text("title") { $0.sweep.title },
      .text("loss_unit") { $0.sweep.lossUnit },
      .text("data_unit") { $0.sweep.dataUnit },
      .text("source") { $0.sweep.source }.only(.prose),
      .text("notes") { $0.sweep.notes }.only(.prose),
      // What amounts of data are counted in, where sweep.yml does not say.
      .text("units") { $0.sweep.dataUnit.isEmpty ? "units" : $0.sweep.dataUnit }.only(.prose),
      // What N counts: "non-zero parameters", or "parameters" where nothing is sparse.
      .text("parameters") { $0.parameterWords }.only(.prose),
    ]),
  .choice("basis") { $0.basis }.only(.prose),
  // Why the runs support no law; empty where they do, or where published coefficients conclude.
  .texts("no_law_because") { ($0.study.support?.shortcomings ?? []).map(Wording.plain) }
    .only(.json),
  .record(
    "no_law", { $0.study.concludes ? nil : $0.study.support },
    [.text("because") { $0.reason }, .text("standard") { _ in LawSupport.standard }]
  ).only(.prose),
  .rows("deciding_exclusions", { $0.exclusionLedger?.deciding ?? [] }, decidingFields)
    .only(.prose),
  .texts("warnings") { ($0.warnings + $0.sweep.warnings).map(Wording.plain) },
  .rows(
    "warning_list", { $0.warnings + $0.sweep.warnings }, [.text("warning") { $0 }]
  ).only(.prose),
]
