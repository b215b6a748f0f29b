import ScalingLaws

/// How many times the parameters a dense model needs to match a sparse one.
let effectiveParameterFields: [Field<SweepAnalysis>] = [
  .rows(
    "effective_parameters", { $0.multipliers?.entries },
    [
      .number("sparsity", .sparsity) { $0.sparsity },
      .number("multiplier", .multiple, interval: { $0.interval }) { $0.multiplier }
        .macro { "multiplier \(percentWords($0.sparsity))" },
      .flag("is_sparse") { $0.sparsity > 0 }.only(.prose),
      // A sentence has room for three.
      .flag("is_cited") { [0.5, 0.75, 0.875].contains($0.sparsity) }.only(.prose),
    ]),
  .record(
    "worth", { $0.multipliers?.gain == nil ? nil : $0.multipliers },
    [
      .choice("verdict") { $0.gain },
      .number("sparsity", .sparsity) { $0.sparsest?.sparsity },
      .number("multiplier", .multiple, interval: { $0.sparsest?.interval }) {
        $0.sparsest?.multiplier
      },
    ]
  ).only(.prose),
  .flag("unlimited") { analysis in
    // Of other laws the limit is not known.
    analysis.law.closed?.respondsToSparsity ?? false
      && analysis.multipliers.map { $0.limit == nil } ?? false
  }.only(.prose),
  .record(
    "effective_parameters_limit", { $0.multipliers?.limit == nil ? nil : $0.multipliers },
    [
      .number(
        "multiplier", .multiple, macro: "multiplier limit",
        interval: { $0.limitInterval }
      ) { $0.limit }
    ]),
]
