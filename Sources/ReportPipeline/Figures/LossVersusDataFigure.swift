import Plotting

/// Loss against data for each model size, one panel for each sparsity.
package struct LossVersusDataFigure: FigureSource {
  package static let name = "loss-vs-data"

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
      name: Self.name, runs: runs, units: units, law: law, interval: interval, along: \.d,
      by: \.n, xAxis: Axis(units.dataLabel, scale: .log10, format: .si), legendTitle: "*N*:"
    ).figure()
  }
}
