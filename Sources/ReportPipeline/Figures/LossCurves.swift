import Plotting
import RunLogs

/// The law along one of its axes: small multiples by sparsity, a curve for each level of the
/// remaining quantity.
struct LossCurves {
  var name: String
  var runs: [FigureRun]
  var units: FigureUnits
  var law: LossFunction?
  var interval: LossInterval?
  /// The quantity along x.
  var along: KeyPath<FigureRun, Double> & Sendable
  /// The quantity that tells curves apart.
  var by: KeyPath<FigureRun, Double> & Sendable
  var xAxis: Axis
  var legendTitle: RichText
  var maxPanels = 4

  func figure() -> Figure {
    let curves = OrderedSeries(Level.grouping(runs.map { $0[keyPath: by] }, tolerance: 0.06))
    let sparsities = SparsitySeries(runs.map(\.sparsity))
    let chosen =
      sparsities.values.count <= maxPanels
      ? Array(sparsities.values.indices)
      : (0..<maxPanels).map { $0 * (sparsities.values.count - 1) / (maxPanels - 1) }
    let range = Scale.log10.domain(covering: runs.map { $0[keyPath: along] }, padding: 0.04)
    let xs = Scale.log10.samples(in: range, count: 48)
    let panels = chosen.map { index -> Panel in
      let members = runs.filter { sparsities.index(of: $0.sparsity) == index }
      return Panel(
        title: "*S* = \(sparsities.name(index))", x: xAxis,
        y: Axis(units.lossLabel, short: units.shortLossLabel, scale: .log10, padding: 0.05),
        marks: marks(members, curves: curves, sparsity: sparsities.values[index], xs: xs))
    }
    var groups = [curves.legendGroup(title: legendTitle, format: .si, lines: law != nil)]
    if runs.contains(where: \.isHeldOut) { groups.append(.heldOut(lines: law != nil)) }
    return Figure(
      name: name, panels: panels,
      arrangement: panels.count == 1
        ? .single : .grid(maxColumns: 4, sharesX: true, sharesY: true),
      legend: Legend(groups), aspect: panels.count == 1 ? 0.62 : (panels.count > 3 ? 1.15 : 0.95))
  }

  private func marks(
    _ runs: [FigureRun], curves: OrderedSeries, sparsity: Double, xs: [Double]
  ) -> [Mark] {
    var bands: [Mark] = []
    var lines: [Mark] = []
    var points: [Mark] = []
    for index in curves.levels.indices.reversed() {
      let level = curves.levels[index]
      let members = runs.filter { level.contains($0[keyPath: by]) }
      guard !members.isEmpty else { continue }
      let color = curves.colors[index]
      let name = NumberFormat.si.rounded(level.value).plainText
      if let law {
        let fit = xs.map { x -> DataPoint in
          let (n, d) = by == \FigureRun.n ? (level.value, x) : (x, level.value)
          return DataPoint(x, law(sparsity, n, d), interval: interval?(sparsity, n, d))
        }
        if interval != nil {
          bands.append(
            .band(BandMark("\(name) interval", points: fit, color: color.withAlpha(0.18))))
        }
        let isHeldOut = members.allSatisfy(\.isHeldOut)
        lines.append(
          .line(
            LineMark(
              "\(name) fit", points: fit,
              style: LineStyle(color, dash: isHeldOut ? .dashed : .solid, scale: 0.8))))
      }
      for isHeldOut in [false, true] {
        let shown = members.filter { $0.isHeldOut == isHeldOut }
        guard !shown.isEmpty else { continue }
        points.append(
          .points(
            PointsMark(
              "\(name) \(isHeldOut ? "held out" : "measured")",
              points: shown.map { DataPoint($0[keyPath: along], $0.loss) },
              marker: curves.marker(index, isHollow: isHeldOut))))
      }
    }
    return bands + lines + points
  }
}
