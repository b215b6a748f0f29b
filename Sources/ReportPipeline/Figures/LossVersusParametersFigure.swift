import Plotting

/// Loss against model size for each amount of data, one panel for each sparsity.
package struct LossVersusParametersFigure: FigureSource {
  package static let name = "loss-vs-parameters"

  package var runs: [FigureRun]
  package var units: FigureUnits
  package var law: LossFunction?
  package var interval: LossInterval?

  package init(
    runs: [FigureRun], units: FigureUnits, law: LossFunction? = nil,
    interval: LossInterval? = nil
  ) {
    self.runs = runs
    self.units = units
    self.law = law
    self.interval = interval
  }

  package var isDrawable: Bool { !runs.isEmpty }

  package func figure() -> Figure {
    LossCurves(
      name: Self.name, runs: runs, units: units, law: law, interval: interval, along: \.n,
      by: \.d, xAxis: Axis(FigureUnits.parametersLabel, scale: .log10, format: .si),
      legendTitle: units.data.isEmpty ? "*D*:" : "*D* (\(units.data)):"
    ).figure()
  }
}
