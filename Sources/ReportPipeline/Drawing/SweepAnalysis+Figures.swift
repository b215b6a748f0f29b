import Plotting
import RunLogs
import ScalingLaws

extension SweepAnalysis {
  /// The law of the check: held-out runs took no part in it.
  var checkLaw: ScalingLaw { checkFit?.law ?? law }

  /// The law of the check as curves are drawn.
  var checkLoss: LossFunction {
    let law = checkLaw
    return { law.loss(nonZeroParameters: $1, sparsity: $0, data: $2) }
  }

  var figureUnits: FigureUnits { FigureUnits(loss: sweep.lossUnit, data: sweep.dataUnit) }

  var schedule: PruningSchedule { study.schedule }

  /// Fitted and held-out runs as the figures see them.
  var figureRuns: [FigureRun] {
    let held = Dictionary(
      (holdout?.runs ?? []).map { ($0.run.name, $0) }, uniquingKeysWith: { first, _ in first })
    return runs.filter { $0.role == .fitted || $0.role == .heldOut }.map { outcome in
      let run = outcome.run
      return FigureRun(
        name: run.name, n: run.nonZeroParameters, sparsity: run.sparsity, d: run.data,
        loss: run.loss, isHeldOut: outcome.role == .heldOut,
        predicted: outcome.predicted ?? held[run.name]?.predicted,
        interval: held[run.name]?.interval)
    }
  }

  /// Main runs that logged their course.
  var loggedRuns: [TrainingRun] {
    runs.filter { $0.role == .fitted || $0.role == .heldOut }.map(\.run)
      .filter { $0.history.count > 2 }
  }
}
