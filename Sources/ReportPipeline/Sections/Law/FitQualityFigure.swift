import Plotting

/// Predicted against measured loss, with the relative error below.
package struct FitQualityFigure: SweepFigure {
  package static let name = "fit-quality"
  static let concludes = false

  package var runs: [FigureRun]
  package var units: FigureUnits
  package var style: SweepStyle

  package init(runs: [FigureRun], units: FigureUnits, style: SweepStyle? = nil) {
    self.runs = runs
    self.units = units
    self.style = style ?? SweepStyle(runs)
  }

  /// Nil without a fit: the published law alone has no quality of fit.
  init?(_ sweep: FigureSweep) {
    guard sweep.hasFit else { return nil }
    self.init(runs: sweep.runs, units: sweep.units, style: sweep.style)
  }

  package var isDrawable: Bool { runs.contains { $0.predicted != nil } }

  package var captionValues: TemplateValues {
    runs.filter { $0.predicted != nil }.drawnValues
  }

  package func figure() -> Figure {
    let shown = runs.filter { $0.predicted != nil }
    let drawn = shown.drawn
    let values = drawn.flatMap { [$0.loss, $0.predicted ?? $0.loss] }
    let domain = Scale.log10.domain(covering: values, padding: 0.04)
    let diagonal = LineMark(
      "predicted = measured",
      points: [domain.lowerBound, domain.upperBound].map { DataPoint($0, $0) },
      style: LineStyle(Palette.reference, scale: 0.7))
    let unit = units.loss.isEmpty ? "" : " (\(units.loss))"
    // Many runs are told apart by the cloud they form, not one by one.
    let scale = runs.count > 100 ? 0.65 : 0.9
    let top = Panel(
      x: Axis(RichText(), scale: .log10, domain: domain),
      y: Axis("Predicted loss\(unit)", short: "Predicted loss", scale: .log10, domain: domain),
      marks: [.line(diagonal)]
        + levelPoints(drawn, series: style.sparsities, scale: scale) { run in
          run.predicted.map { DataPoint(run.loss, $0) }
        })
    let bottom = Panel(
      x: Axis("Measured loss\(unit)", scale: .log10, domain: domain),
      y: Axis("Error (%)", includes: FigureRun.leastErrors, padding: 0.08),
      marks: [.rule(.zero)]
        + levelPoints(drawn, series: style.sparsities, scale: scale) { run in
          run.relativeError.map { DataPoint(run.loss, 100 * $0) }
        })
    let groups = [style.sparsities.legendGroup(lines: false), .heldOut].compactMap { $0 }
    return Figure(
      name: Self.name, panels: [top, bottom], arrangement: .stack(heights: [2.2, 1]),
      legend: Legend(groups), height: .large)
  }
}
