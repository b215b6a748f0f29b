import Plotting

/// The relative error of each prediction against model size, sparsity and data.
package struct ResidualsFigure: FigureSource {
  package static let name = "residuals"

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
    func panel(_ x: Axis, _ quantity: @escaping (FigureRun) -> Double) -> Panel {
      Panel(
        x: x, y: Axis("Error (%)", includes: FigureRun.leastErrors, padding: 0.08),
        marks: [.rule(.zero)]
          + sparsityPoints(shown, series: series) { run in
            run.relativeError.map { DataPoint(quantity(run), 100 * $0) }
          })
    }
    let sparsity = Axis(
      FigureUnits.sparsityLabel, scale: .sparsity,
      ticks: SparsityTicks(values: shown.map(\.sparsity)).rule, format: .percent, padding: 0.08)
    let dataLabel: RichText = units.data.isEmpty ? "Data *D*" : "Data *D* (\(units.data))"
    var groups = [series.legendGroup(lines: false)]
    if shown.contains(where: \.isHeldOut) { groups.append(.heldOut(lines: false)) }
    var panels = [
      panel(Axis("Parameters *N*", scale: .log10, format: .si, padding: 0.08)) { $0.n }
    ]
    if series.values.count > 1 { panels.append(panel(sparsity) { $0.sparsity }) }
    panels.append(
      panel(Axis(dataLabel, short: "Data *D*", scale: .log10, format: .si, padding: 0.08)) {
        $0.d
      })
    return Figure(
      name: Self.name, panels: panels,
      arrangement: .grid(maxColumns: 3, sharesX: false, sharesY: true),
      legend: Legend(groups), aspect: 0.9)
  }
}
