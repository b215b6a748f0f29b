import Fitting
import RunLogs

extension SweepAnalysis.Published {
  /// With the objective on the runs that were fitted.
  func measured(on runs: [TrainingRun], _ sweep: Sweep, isFitted: Bool) -> Self {
    guard isFitted, !runs.isEmpty else { return self }
    let residual: ExponentialSumObjective.Residual = sweep.residual == .log ? .log : .linear
    let loss = Loss.huber(delta: sweep.huberDelta)
    let total = runs.reduce(0) { sum, run in
      sum + loss.value(residual(predicted: law.loss(Setting(run)), measured: run.loss))
    }
    var copy = self
    copy.objective = total / Double(runs.count)
    return copy
  }
}

extension ScalingLaw {
  /// Coefficients as sweep.yml gives them.
  public init(_ published: PublishedCoefficients) {
    self.init(
      aS: published.aS, bS: published.bS, cS: published.cS, bN: published.bN,
      aD: published.aD, bD: published.bD, c: published.c)
  }

  /// The predicted loss.
  public func loss(_ setting: Setting) -> Double {
    loss(
      nonZeroParameters: setting.nonZeroParameters, sparsity: setting.sparsity,
      data: setting.data)
  }
}

extension PruningSchedule {
  /// The schedule of a sweep.
  public init(_ compute: ComputeSettings) {
    self.init(start: compute.pruningStart, end: compute.pruningEnd)
  }
}
