import Foundation
import Plotting
import ScalingLaws

extension SparsityTermFigure {
  /// With the term that each fitted run's loss implies, given the rest of the law.
  init?(_ analysis: SweepAnalysis) {
    guard let law = analysis.law.closed, law.respondsToSparsity else { return nil }
    let implied = analysis.figureRuns.filter { !$0.isHeldOut || analysis.basis == .refit }
      .map { run in
        DataPoint(
          run.sparsity,
          analysis.law.sizeTerm(impliedBy: run.loss, data: run.d) * pow(run.n, law.bN))
      }
    let replicates = analysis.finalFit?.uncertainty?.distribution
    // The term in the units of the estimate, so that only its shape varies.
    let interval: @Sendable (Double) -> ClosedRange<Double>? = { sparsity in
      replicates?.interval { (other: ScalingLaw) in
        other.closed.map {
          $0.sparsityFactor(sparsity) * law.sparsityFactor(0) / $0.sparsityFactor(0)
        } ?? .nan
      }
    }
    self.init(
      term: { law.sparsityFactor($0) }, interval: interval,
      limit: law.cS,
      implied: analysis.checkFit == nil ? [] : implied.filter { $0.y > 0 })
  }
}

extension EffectiveParametersFigure {
  init?(_ analysis: SweepAnalysis) {
    guard let multipliers = analysis.multipliers else { return nil }
    let law = analysis.law
    let fitted = Observations(analysis.study.concludingRuns).sparsities
    let replicates = analysis.finalFit?.uncertainty?.distribution
    let interval: @Sendable (Double) -> ClosedRange<Double>? = { sparsity in
      replicates?.multiplierInterval(sparsity: sparsity)
    }
    self.init(
      multiplier: { law.effectiveParameterMultiplier(sparsity: $0) }, interval: interval,
      limit: multipliers.limit, marked: fitted, largestFitted: fitted.last)
  }
}
