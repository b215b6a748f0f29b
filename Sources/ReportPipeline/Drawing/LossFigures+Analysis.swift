import Plotting
import ScalingLaws

extension LossVersusSparsityFigure {
  /// Nil without a fit: a point or two on a published law are no figure.
  init?(_ analysis: SweepAnalysis) {
    guard analysis.checkFit != nil else { return nil }
    self.init(
      runs: analysis.figureRuns, units: analysis.figureUnits, law: analysis.checkLoss)
  }
}

extension LossVersusParametersFigure {
  /// Nil without a fit: a point or two on a published law are no figure.
  init?(_ analysis: SweepAnalysis) {
    guard analysis.checkFit != nil else { return nil }
    self.init(
      runs: analysis.figureRuns, units: analysis.figureUnits, law: analysis.checkLoss)
  }
}

extension LossVersusDataFigure {
  /// Nil without a fit: a point or two on a published law are no figure.
  init?(_ analysis: SweepAnalysis) {
    guard analysis.checkFit != nil else { return nil }
    self.init(
      runs: analysis.figureRuns, units: analysis.figureUnits, law: analysis.checkLoss)
  }
}

extension FitQualityFigure {
  /// Nil without a fit: the published law alone has no quality of fit.
  init?(_ analysis: SweepAnalysis) {
    guard analysis.checkFit != nil else { return nil }
    self.init(runs: analysis.figureRuns, units: analysis.figureUnits)
  }
}

extension ResidualsFigure {
  init?(_ analysis: SweepAnalysis) {
    guard analysis.checkFit != nil else { return nil }
    self.init(runs: analysis.figureRuns, units: analysis.figureUnits)
  }
}

extension ExtrapolationFigure {
  init(_ analysis: SweepAnalysis) {
    self.init(runs: analysis.figureRuns.filter(\.isHeldOut), units: analysis.figureUnits)
  }
}
