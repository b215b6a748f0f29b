import Plotting

/// Predicted against measured loss, with the relative error below.
package struct FitQualityFigure: FigureSource {
  package static let name = "fit-quality"

  package var runs: [FigureRun]
  package var units: FigureUnits

  package init(runs: [FigureRun], units: FigureUnits) {
    self.runs = runs
    self.units = units
  }

  package var isDrawable: Bool { runs.contains { $0.predicted != nil } }

  package func figure() -> Figure {
    let shown = runs.filter { $0.predicted != nil }
    let series = SparsitySeries(shown.map(\.sparsity))
    let values = shown.flatMap { [$0.loss, $0.predicted ?? $0.loss] }
    let domain = Scale.log10.domain(covering: values, padding: 0.04)
    let diagonal = LineMark(
      "predicted = measured",
      points: [domain.lowerBound, domain.upperBound].map { DataPoint($0, $0) },
      style: LineStyle(.gray(0.45), scale: 0.7))
    let unit = units.loss.isEmpty ? "" : " (\(units.loss))"
    let x = Axis("Measured loss\(unit)", scale: .log10, domain: domain)
    let top = Panel(
      x: Axis(RichText(), scale: .log10, domain: domain),
      y: Axis("Predicted loss\(unit)", scale: .log10, domain: domain),
      marks: [.line(diagonal)]
        + sparsityPoints(shown, series: series) { run in
          run.predicted.map { DataPoint(run.loss, $0) }
        })
    let bottom = Panel(
      x: x, y: Axis("Error (%)", includes: FigureRun.leastErrors, padding: 0.08),
      marks: [.rule(.zero)]
        + sparsityPoints(shown, series: series) { run in
          run.relativeError.map { DataPoint(run.loss, 100 * $0) }
        })
    var groups = [series.legendGroup(lines: false)]
    if shown.contains(where: \.isHeldOut) { groups.append(.heldOut(lines: false)) }
    return Figure(
      name: Self.name, panels: [top, bottom], arrangement: .stack(heights: [2.2, 1]),
      legend: Legend(groups), aspect: 0.5)
  }
}

extension FigureRun {
  /// Errors in per cent that every axis of errors shows: those of rounding must not fill it.
  static var leastErrors: [Double] { [-0.25, 0.25] }
}

extension RuleMark {
  /// The line of no error.
  static var zero: RuleMark {
    RuleMark("zero", .horizontal, at: 0, style: LineStyle(.gray(0.45), scale: 0.7))
  }
}
