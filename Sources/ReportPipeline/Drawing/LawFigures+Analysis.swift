import Foundation
import Plotting
import ScalingLaws

extension SparsityTermFigure {
  /// With the term that each fitted run's loss implies, given the rest of the law.
  init?(_ analysis: SweepAnalysis) {
    let law = analysis.law
    guard law.respondsToSparsity else { return nil }
    let implied = analysis.figureRuns.filter { !$0.isHeldOut || analysis.basis == .refit }
      .map { run in
        DataPoint(
          run.sparsity, (run.loss - law.c - law.dataTerm(run.d)) * pow(run.n, law.bN))
      }
    self.init(
      term: { law.sparsityFactor($0) }, limit: law.cS,
      implied: analysis.fit == nil ? [] : implied.filter { $0.y > 0 })
  }
}

extension EffectiveParametersFigure {
  init?(_ analysis: SweepAnalysis) {
    guard !analysis.effectiveParameters.isEmpty else { return nil }
    let law = analysis.law
    let fitted =
      analysis.fit == nil
      ? []
      : Observations(
        analysis.runs(.fitted) + analysis.runs(.heldOut)
      ).sparsities
    self.init(
      multiplier: { law.effectiveParameterMultiplier(sparsity: $0) },
      limit: analysis.effectiveParameterLimit, marked: fitted, largestFitted: fitted.last)
  }
}
