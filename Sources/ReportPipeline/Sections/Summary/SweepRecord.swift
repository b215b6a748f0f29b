import ScalingLaws

/// What every section may cite: the sweep, and what the conclusions rest on.
let sweepFields: [Field<SweepAnalysis>] = [
  .count("schema") { _ in 1 }.only(.json),
  .record(
    "sweep", { $0.sweep },
    [
      .text("name") { $0.name },
      .text("title") { $0.title },
      .text("loss_unit") { $0.lossUnit },
      .text("data_unit") { $0.dataUnit },
      .text("source") { $0.source }.only(.prose),
      .text("notes") { $0.notes }.only(.prose),
      // What amounts of data are counted in, where sweep.yml does not say.
      .text("units") { $0.dataUnit.isEmpty ? "units" : $0.dataUnit }.only(.prose),
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
