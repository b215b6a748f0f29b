import Fitting
import Foundation
import RunLogs

extension PretrainedComparison {
  /// Solves the law for the data from scratch of every unstructured run with a parent.
  ///
  /// - Parameters:
  ///   - runs: all runs of the sweep; parents are looked up among them by name.
  ///   - ensemble: a law that knows the effect of sparsity.
  ///   - fittedData: the range of D that the law was fitted to.
  /// - Returns: nil without such runs, or where the law does not respond to sparsity.
  public static func measure(
    _ runs: [TrainingRun], ensemble: LawEnsemble, fittedData: ClosedRange<Double>?
  ) -> PretrainedComparison? {
    let children = runs.filter {
      $0.parent != nil && $0.pattern.block == nil && ensemble.law.speaks(of: $0.sparsity)
    }
    guard !children.isEmpty, ensemble.law.respondsToSparsity else { return nil }
    let byName = Dictionary(runs.map { ($0.name, $0) }) { first, _ in first }
    let corrected = 1 - (1 - ensemble.level) / Double(children.count)
    let measured = children.enumerated().map { index, run in
      measure(
        run, index: index, parentData: ancestorData(of: run, byName), ensemble: ensemble,
        fittedData: fittedData, corrected: corrected)
    }
    let judged = measured.filter { $0.extrapolation == nil }
    let groups = judged.groups { ($0.run.sparsity * 100).rounded() }
      .sorted { $0.key < $1.key }.map { Group($0.members) }
    let sure = judged.filter { $0.verdict != .undecided }
    let between = sure.count { $0.verdict == .betweenStages }
    let elsewhere = sure.count - between
    return PretrainedComparison(
      runs: measured, groups: groups,
      agreement: elsewhere > between
        ? .otherwise
        : elsewhere == 0 && 2 * between > judged.count ? .asInThePaper : .mixed,
      correctedLevel: corrected)
  }

  private static func measure(
    _ run: TrainingRun, index: Int, parentData: Double?, ensemble: LawEnsemble,
    fittedData: ClosedRange<Double>?, corrected: Double
  ) -> Run {
    let needed = ensemble.sample(loss: run.loss, run: index) { law, loss in
      law.data(
        forLoss: loss, nonZeroParameters: run.nonZeroParameters, sparsity: run.sparsity)
        ?? .infinity
    }
    let scratch = needed.estimate(level: ensemble.level)
    let both = parentData.map { $0 + run.data }
    return Run(
      run: run, pruningData: run.data, parentData: parentData, scratchData: scratch,
      multipleOfPruning: scratch.divided(by: run.data),
      multipleOfBoth: both.map(scratch.divided),
      extrapolation: fittedData.flatMap { Extrapolation(scratch.value, outside: $0) },
      outcome: outcome(scratch.value, pruning: run.data, both: both),
      verdict: verdict(needed.estimate(level: corrected), pruning: run.data, both: both))
  }

  private static func outcome(_ data: Double, pruning: Double, both: Double?) -> Outcome? {
    if data == .infinity { return .cannotBeMatched }
    if data <= pruning { return .belowPruning }
    return both.map { data <= $0 ? .betweenStages : .beyondBoth }
  }

  private static func verdict(_ data: Estimate, pruning: Double, both: Double?) -> Verdict {
    if data.isBelow(pruning) { return .belowPruning }
    guard let both else { return .undecided }
    if data.isAbove(both) { return .beyondBoth }
    return data.isAbove(pruning) && data.isBelow(both) ? .betweenStages : .undecided
  }

  /// The data of the parent and of its parents; nil where one is not among the runs.
  private static func ancestorData(
    of run: TrainingRun, _ byName: [String: TrainingRun]
  ) -> Double? {
    var total = 0.0
    var seen: Set<String> = [run.name]
    var next = run.parent
    while let name = next {
      // A run that descends from itself has no beginning.
      guard let ancestor = byName[name], seen.insert(name).inserted else { return nil }
      total += ancestor.data
      next = ancestor.parent
    }
    return total
  }
}

extension PretrainedComparison.Extrapolation {
  /// Nil where `data` lies inside `range`.
  fileprivate init?(_ data: Double, outside range: ClosedRange<Double>) {
    if data > range.upperBound {
      decades = data == .infinity ? .infinity : log10(data / range.upperBound)
    } else if data < range.lowerBound {
      decades = log10(data / range.lowerBound)
    } else {
      return nil
    }
  }
}

extension PretrainedComparison.Group {
  fileprivate init(_ members: [PretrainedComparison.Run]) {
    sparsity = members[0].run.sparsity
    runs = members.count
    medianMultipleOfPruning = median(members.map(\.multipleOfPruning.value))
    let both = members.compactMap { $0.multipleOfBoth?.value }
    medianMultipleOfBoth = both.count == members.count ? median(both) : nil
  }
}

/// The middle value, the upper of two: an average of a finite and an infinite value says nothing.
private func median(_ values: [Double]) -> Double {
  values.isEmpty ? .nan : values.sorted()[values.count / 2]
}

extension Estimate {
  /// Both ends and the value over a positive number.
  fileprivate func divided(by divisor: Double) -> Estimate {
    Estimate(
      value / divisor,
      interval: interval.map { ($0.lowerBound / divisor)...($0.upperBound / divisor) })
  }
}
