import ScalingLaws

/// Errors against how far the prediction goes.
let ladderFields: [Field<SweepAnalysis>] = [
  .rows(
    "ladder", { $0.ladder?.rungs },
    [
      .count("sizes", "size") { $0.sizes },
      .count("runs") { $0.runs },
      .number("mean_abs_relative_error", .percent(2)) { $0.meanAbsoluteRelativeError },
      .number("max_abs_relative_error", .percent(2)) { $0.maxAbsoluteRelativeError },
      .number("size_ratio", .significant(3)) { $0.sizeRatio },
      .number("dense_ratio", .significant(3)) { $0.denseRatio },
      .number("compute_ratio", .significant(3)) { $0.computeRatio },
    ])
]
