import Plotting
import ScalingLaws

extension PatternsFigure {
  init?(_ analysis: SweepAnalysis) {
    guard let patterns = analysis.patterns else { return nil }
    self.init(
      runs: patterns.summaries.flatMap { summary in
        patterns.runs.filter { $0.run.pattern == summary.pattern }.map { run in
          PatternRun(
            pattern: run.run.pattern.description, n: run.run.nonZeroParameters,
            excess: run.excess.value, interval: run.excess.interval)
        }
      })
  }
}

extension PretrainedFigure {
  /// Runs whose loss the law reaches with some amount of data, and whose parent is known.
  init?(_ analysis: SweepAnalysis) {
    guard let pretrained = analysis.pretrained else { return nil }
    self.init(
      runs: pretrained.runs.compactMap { run in
        guard let both = run.multipleOfBoth, both.value.isFinite else { return nil }
        return PrunedRun(
          sparsity: run.run.sparsity, n: run.run.nonZeroParameters,
          pruningData: run.pruningData, ofPruning: run.multipleOfPruning.value,
          ofBoth: both.value, ofPruningInterval: run.multipleOfPruning.interval,
          ofBothInterval: both.interval)
      },
      units: analysis.figureUnits)
  }
}
