import Plotting
import RunLogs
import ScalingLaws

extension PruningScheduleFigure {
  init(_ analysis: SweepAnalysis) {
    let runs = analysis.loggedRuns.filter { $0.sparsity > 0 }
    let fitted = Observations(analysis.runs(.fitted) + analysis.runs(.heldOut)).sparsities
    let targets = fitted.filter { $0 > 0 }
    self.init(
      window: analysis.schedule.start...analysis.schedule.end,
      // A published law stands for the whole range; dense runs follow no schedule.
      targets: analysis.checkFit == nil ? [0.5, 0.75, 0.875] : targets,
      logs: runs.map { run in
        Log(
          name: run.name, target: run.sparsity,
          points: run.history.compactMap { row in
            row.sparsity.map { DataPoint(row.data / run.data, $0) }
          })
      })
  }
}

extension TrainingCurvesFigure {
  init(_ analysis: SweepAnalysis) {
    self.init(
      curves: analysis.loggedRuns.map { run in
        Curve(
          name: run.name, n: run.nonZeroParameters, sparsity: run.sparsity, d: run.data,
          points: run.history.compactMap { row in
            row.loss.map { DataPoint(row.data / run.data, $0) }
          })
      },
      units: analysis.figureUnits, window: analysis.schedule.start...analysis.schedule.end)
  }
}
