import ScalingLaws

/// Errors against how far the prediction goes.
let ladderFields: [Field<SweepAnalysis>] = [
  .rows(
    "ladder", table: "ladder", { $0.ladder?.rungs },
    [
      .count("sizes", "size") { $0.sizes },
      .count("runs") { $0.runs },
      .number("mean_abs_relative_error", .percent(2)) { $0.meanAbsoluteRelativeError },
      .number("max_abs_relative_error", .percent(2)) { $0.maxAbsoluteRelativeError },
      .count("covered") { $0.covered.inside },
      .count("coverable") { $0.covered.of },
      .number("size_ratio", .significant(3)) { $0.sizeRatio },
      .number("dense_ratio", .significant(3)) { $0.denseRatio },
      .number("compute_ratio", .significant(3)) { $0.computeRatio },
    ]),
  // What a sentence lists: errors with the steps in N that they belong to.
  .texts("ladder_steps") { analysis in
    analysis.ladder?.rungs.map { rung in
      let (inside, all) = rung.covered
      let covered = all > 0 ? " (\(inside) of \(all) in their intervals)" : ""
      return .plain(
        Style.percent(2).text(rung.meanAbsoluteRelativeError) + covered + " at "
          + Style.multiple.text(rung.sizeRatio))
    }
  }.only(.prose),
]
