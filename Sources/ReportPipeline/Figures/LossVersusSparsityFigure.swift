import Plotting
import RunLogs

/// Loss against sparsity for each model size, one panel for each amount of data.
///
/// The measured runs are markers, the law a curve; sizes that were held out are hollow and
/// dashed. Sparsity is spaced by the logarithm of density.
package struct LossVersusSparsityFigure: FigureSource {
  package static let name = "loss-vs-sparsity"

  package var runs: [FigureRun]
  package var units: FigureUnits
  /// The fitted law; without it only the runs are drawn.
  package var law: LossFunction?
  package var interval: LossInterval?
  /// The most panels that are drawn; of more amounts of data an even choice is shown.
  package var maxPanels = 6

  package init(
    runs: [FigureRun], units: FigureUnits, law: LossFunction? = nil,
    interval: LossInterval? = nil
  ) {
    self.runs = runs
    self.units = units
    self.law = law
    self.interval = interval
  }

  /// Dense runs alone say nothing of sparsity.
  package var isDrawable: Bool { runs.contains { $0.sparsity > 0 } }

  package func figure() -> Figure {
    let sizes = OrderedSeries(Level.grouping(runs.map(\.n), tolerance: 0.06))
    let panels = PanelChoice.byLevel(runs, of: \.d, tolerance: 0.06, most: maxPanels)
    let sparsities = runs.map(\.sparsity)
    let low = min(sparsities.min() ?? 0, 0)
    let high = max(sparsities.max() ?? 0, 0.25)
    let curve = Scale.sparsity.samples(in: low...high, count: 60)
    let ticks = SparsityTicks(values: sparsities + [0]).rule

    let drawn = panels.map { panel -> Panel in
      var bands: [Mark] = []
      var lines: [Mark] = []
      var points: [Mark] = []
      for index in sizes.levels.indices.reversed() {
        let members = panel.runs.filter { sizes.levels[index].contains($0.n) }
        guard let first = members.first else { continue }
        let isHeldOut = members.allSatisfy(\.isHeldOut)
        let name = "N=\(NumberFormat.si.rounded(sizes.levels[index].value).plainText)"
        if let law {
          let fit = curve.map {
            DataPoint(
              $0, law($0, first.n, panel.level.value),
              interval: interval?($0, first.n, panel.level.value))
          }
          if interval != nil {
            bands.append(
              .band(
                BandMark(
                  "\(name) interval", points: fit, color: sizes.colors[index].withAlpha(0.18))))
          }
          lines.append(
            .line(
              LineMark(
                "\(name) fit", points: fit,
                style: LineStyle(
                  sizes.colors[index], dash: isHeldOut ? .dashed : .solid, scale: 0.8))))
        }
        for hollow in [false, true] {
          let shown = members.filter { $0.isHeldOut == hollow }
          guard !shown.isEmpty else { continue }
          points.append(
            .points(
              PointsMark(
                "\(name) \(hollow ? "held out" : "measured")",
                points: shown.map { DataPoint($0.sparsity, $0.loss) },
                marker: sizes.marker(index, isHollow: hollow))))
        }
      }
      let x = Axis(
        FigureUnits.sparsityLabel, scale: .sparsity, includes: [low, high], ticks: ticks,
        format: .percent, padding: 0.06)
      let y = Axis(units.lossLabel, short: units.shortLossLabel, scale: .log10, padding: 0.05)
      let amount = NumberFormat.si.rounded(panel.level.value)
      let unit = units.data.isEmpty ? "" : " \(units.data)"
      return Panel(
        title: "*D* = \(amount)\(unit)", x: x, y: y, marks: bands + lines + points)
    }
    var groups = [
      sizes.legendGroup(title: "*N*:", format: .si, lines: law != nil)
    ]
    if runs.contains(where: \.isHeldOut) { groups.append(.heldOut(lines: law != nil)) }
    return Figure(
      name: Self.name, panels: drawn,
      arrangement: drawn.count == 1
        ? .single : .grid(maxColumns: drawn.count == 4 ? 4 : 3, sharesX: true, sharesY: true),
      legend: Legend(groups), aspect: drawn.count == 1 ? 0.62 : (drawn.count > 3 ? 1.1 : 0.95))
  }
}
