import Plotting

/// Loss against data for each model size, one panel for each sparsity.
package struct LossVersusDataFigure: SweepFigure {
  package static let name = "loss-vs-data"

  let curves: LossCurves

  package init(
    runs: [FigureRun], units: FigureUnits, style: SweepStyle? = nil, law: LossFunction? = nil
  ) {
    curves = LossCurves(
      name: Self.name, runs: runs, units: units, style: style ?? SweepStyle(runs), law: law,
      along: .data, by: .size, panels: .sparsity, height: .medium)
  }

  /// Nil without a fit: a point or two on a published law are no figure.
  init?(_ sweep: FigureSweep) {
    guard sweep.hasFit else { return nil }
    self.init(runs: sweep.runs, units: sweep.units, style: sweep.style, law: sweep.checkLoss)
  }

  package var isDrawable: Bool { !curves.runs.isEmpty }

  package var captionValues: TemplateValues { curves.captionValues }

  package func figure() -> Figure { curves.figure() }
}
