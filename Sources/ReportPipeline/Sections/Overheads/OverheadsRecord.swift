import ScalingLaws

/// What saved compute must bring in time, and what indices cost in memory.
let overheadFields: [Field<SweepAnalysis>] = [
  .rows(
    "break_even", { $0.breakEven.isEmpty ? nil : $0.breakEven },
    curveFields),
  .rows(
    "break_even_by_compute",
    { analysis in
      analysis.breakEven.isEmpty ? nil : tabulated.map { ($0, analysis.breakEven) }
    },
    [
      .number("chinchilla_multiple", .setMultiple) { $0.0 },
      .rows(
        "cells", { multiple, curves in curves.map { $0.breakEven(at: multiple) } },
        [
          .number("efficiency", .percent(0)) { $0 == .infinity ? nil : $0 }.absent("never")
        ]),
    ]
  ).only(.prose),
  .flag("has_pattern_curve") { $0.breakEven.contains { $0.question == .againstDense } }
    .only(.prose),
  .rows("storage", table: "storage", { $0.storage?.table.rows }, storageFields),
  .record(
    "memory", { $0.storage },
    memoryFields),
]

private let storageFields: [Field<StorageTable.Row>] = [
  .text("format") { $0.format.name },
  .number("sparsity", .sparsity) { $0.sparsity },
  .number("bytes", .bytes) { $0.bytes },
  .number("share_of_dense", .percent(1)) { $0.shareOfDense },
  .flag("keeps_zeros") { $0.format.keepsZeros }.only(.prose),
]

/// The multiples of Chinchilla compute that the table lists, of those computed.
private let tabulated = [1.0, 2, 4, 8, 16, 32, 64, 128]

extension BreakEvenCurve {
  /// 0 where no saving is needed, infinite where none suffices.
  fileprivate func breakEven(at multiple: Double) -> Double {
    let point = points.min {
      abs($0.chinchillaMultiple / multiple - 1) < abs($1.chinchillaMultiple / multiple - 1)
    }
    return point?.breakEven.value ?? .infinity
  }
}

private let memoryFields: [Field<StorageAnalysis>] = [
  .number("dense_params", .size) { $0.table.denseParameters },
  .number("weight_bits", .setting) { $0.table.weightBits },
  .rows(
    "best", { $0.best },
    [
      .text("format") { $0.format.name },
      .flag("is_measured") { $0.isMeasured },
      .number("sparsity", .percent(1)) { $0.optimum.sparsity },
      .flag("is_at_highest_sparsity") { $0.optimum.isAtHighestSparsity },
      .number("loss", .loss) { $0.optimum.loss },
      .number("dense_loss", .loss) { $0.optimum.denseLoss },
      .number("loss_change", .signedPercent(2)) { $0.optimum.loss / $0.optimum.denseLoss - 1 },
    ]),
  .flag("has_measured") { $0.best.contains(where: \.isMeasured) }.only(.prose),
  .flag("has_unmeasured") { storage in
    storage.best.contains { !$0.isMeasured && $0.format.onlySparsity != nil }
  }.only(.prose),
]

private let curveFields: [Field<BreakEvenCurve>] = [
  .text("label") { $0.label },
  .choice("question") { $0.question }.only([.json, .csv]),
  .number("sparsity", .sparsity) { $0.sparsity },
  .rows(
    "points", { $0.points },
    [
      .number("chinchilla_multiple", .setMultiple) { $0.chinchillaMultiple },
      // 0 where no saving is needed, absent where none suffices.
      .number("efficiency", .percent(0), interval: { $0.interval }) { $0.breakEven.value },
    ]
  ).only([.json, .csv]),
]
