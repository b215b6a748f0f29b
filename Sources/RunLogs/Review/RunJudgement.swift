import Foundation

/// What a careful reader notices in the log of a run.
enum RunJudgement {
  /// Something noticed, and what is done unless sweep.yml says otherwise.
  struct Remark {
    var kind: Finding.Kind
    var message: String
    var action = "kept"
  }

  /// A run that its logger calls stopped or failed, or that has less data or fewer steps than
  /// planned.
  ///
  /// Logs that are written every so often end up to one interval early, which is no shortfall.
  static func unfinished(_ end: RunEnd) -> Remark? {
    let plan = end.plan
    if plan.statusIsUnfinished, let status = plan.status {
      return Remark(kind: .unfinished, message: "the run's status is \(status.quoted)")
    }
    func shortfall(
      _ progress: RowPass.Progress, of planned: Double, logged: Double?, slack: Double,
      _ before: String, _ after: String
    ) -> Remark? {
      guard let last = progress.last,
        planned - last > max(0.01 * planned, slack * progress.gap)
      else { return nil }
      let what = (logged ?? last) > last ? "the last loss is that of" : "the log ends at"
      return Remark(
        kind: .unfinished,
        message: "\(what) \(before)\(grouped(last)) of \(grouped(planned))\(after)")
    }
    if let planned = plan.data, let data = end.data {
      return shortfall(
        data, of: planned.count, logged: end.loggedData, slack: 1, "", " \(planned.name)")
    }
    return plan.steps.flatMap {
      shortfall(end.steps, of: $0, logged: end.loggedStep, slack: 1.5, "step ", "")
    }
  }

  /// The losses after pruning was over: while weights are taken away a loss may rise and the run
  /// be in order.
  private static func settledLosses(_ run: TrainingRun, _ compute: ComputeSettings) -> [Double] {
    let isLogged = run.history.contains { $0.sparsity != nil }
    var sparsity = 0.0
    return run.history.compactMap { row in
      sparsity = row.sparsity ?? sparsity
      let isSettled =
        run.parent == nil && !isLogged
        ? run.sparsity == 0 || row.data >= compute.pruningEnd * run.endOfData
        : abs(sparsity - run.sparsity) <= 0.01 * (1 - run.sparsity)
      return isSettled ? row.loss : nil
    }
  }

  /// The lesser of the last two losses: many scripts evaluate at the end on other data than on the
  /// way, and a step in the last row alone may be no more than that.
  private static func lasting(_ losses: [Double]) -> Double { losses.suffix(2).min() ?? .nan }

  /// A loss that, since pruning was over, has lost more than half of what it had gained.
  static func diverged(_ run: TrainingRun, _ compute: ComputeSettings) -> Remark? {
    let settled = settledLosses(run, compute)
    guard settled.count >= 4, let first = run.history.lazy.compactMap(\.loss).first,
      let last = settled.last, let least = settled.min(), first > least,
      lasting(settled) - least > 0.5 * (first - least) || last > first
    else { return nil }
    return Remark(
      kind: .diverged,
      message: "the loss rose from \(shown(least)) to \(shown(last)), more than half of its fall "
        + "from \(shown(first))")
  }

  /// A loss that ends above its minimum since pruning was over, by five times its noise and one
  /// per cent.
  ///
  /// The noise is the median distance of neighbouring losses in the second half of them, from
  /// which a steady trend is taken off.
  static func risingLoss(_ run: TrainingRun, _ compute: ComputeSettings) -> Remark? {
    let losses = settledLosses(run, compute)
    guard losses.count >= 6, let last = losses.last, let least = losses.min() else { return nil }
    let late = Array(losses.suffix(max(6, losses.count / 2)))
    let steps = zip(late.dropFirst(), late).map { $0 - $1 }
    let trend = median(steps)
    let noise = 1.4826 * median(steps.map { abs($0 - trend) }) / 2.0.squareRoot()
    guard lasting(losses) - least > max(5 * noise, 0.01 * least) else { return nil }
    return Remark(
      kind: .risingLoss,
      message: "the loss ends at \(shown(last)), above its minimum \(shown(least)) by more than "
        + "its noise")
  }

  /// Sparsity that does not end where it was meant to, or does not follow the cubic schedule
  /// S (1 - (1 - t)^3) of Zhu and Gupta (2017).
  ///
  /// Only main runs are held against the schedule: N:M patterns are reached in a few large steps.
  static func pruning(
    _ run: TrainingRun, _ about: RunPlan, _ compute: ComputeSettings
  ) -> [Remark] {
    var remarks: [Remark] = []
    let target = about.targetSparsity.map { $0 > 1 && $0 <= 100 ? $0 / 100 : $0 }
    if let target, target < 1,
      abs(run.sparsity - target) > max(0.005, 0.02 * (1 - target))
    {
      remarks.append(
        Remark(
          kind: .missedTarget,
          message: "the run ends at sparsity \(shown(run.sparsity)), its target is "
            + shown(target),
          action: "kept: the law is fitted to the sparsity that was counted"))
    }
    guard run.isMain, run.sparsity > 0 else { return remarks }
    let rows = run.history.filter { $0.sparsity != nil }
    guard rows.count >= 4, run.endOfData > 0 else { return remarks }
    let start = about.pruningStart ?? compute.pruningStart
    let end = about.pruningEnd ?? compute.pruningEnd
    guard start < end else { return remarks }
    var worst: (distance: Double, row: LoggedRow, expected: Double)?
    for row in rows {
      guard let sparsity = row.sparsity else { continue }
      let t = min(max((row.data / run.endOfData - start) / (end - start), 0), 1)
      let expected = run.sparsity * (1 - (1 - t) * (1 - t) * (1 - t))
      let distance = abs(sparsity - expected)
      if distance > worst?.distance ?? 0 { worst = (distance, row, expected) }
    }
    // Pruning in a few dozen updates runs behind the smooth curve by a few hundredths.
    guard let worst, worst.distance > 0.1 * run.sparsity else { return remarks }
    remarks.append(
      Remark(
        kind: .offSchedule,
        message: "sparsity is \(shown(worst.row.sparsity ?? 0)) at data "
          + "\(grouped(worst.row.data.rounded())), where the cubic schedule from "
          + "\(shown(start)) to \(shown(end)) of training has \(shown(worst.expected))",
        action: "kept: the sparse compute of this run differs from what is counted"))
    return remarks
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.filter { !$0.isNaN }.sorted()
    guard !sorted.isEmpty else { return 0 }
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  /// A number to four significant digits.
  static func shown(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return "\(value)" }
    let digits = 4 - Int(min(max(log10(value.magnitude).rounded(.up), -300), 300))
    guard (0...12).contains(digits) else { return grouped(value) }
    let scale = pow(10, Double(digits))
    return grouped((value * scale).rounded() / scale)
  }
}

extension TrainingRun {
  /// D at the end of the log, which may go on after the last loss.
  fileprivate var endOfData: Double { max(data, history.last?.data ?? 0) }
}
