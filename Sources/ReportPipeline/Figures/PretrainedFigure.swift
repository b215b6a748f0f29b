import Plotting
import RunLogs

/// Pruning a trained dense model against training a sparse one from scratch: the data that the
/// latter needs for equal loss.
package struct PretrainedFigure: FigureSource {
  package static let name = "pretrained"

  /// One pruned run.
  package struct PrunedRun: Hashable, Sendable {
    package var sparsity: Double
    package var n: Double
    /// Data of the pruning stage.
    package var pruningData: Double
    /// Data from scratch for equal loss, as a multiple of the pruning data alone.
    package var ofPruning: Double
    /// The same as a multiple of dense training and pruning together.
    package var ofBoth: Double
    package var ofPruningInterval: ClosedRange<Double>?
    package var ofBothInterval: ClosedRange<Double>?

    package init(
      sparsity: Double, n: Double, pruningData: Double, ofPruning: Double, ofBoth: Double,
      ofPruningInterval: ClosedRange<Double>? = nil, ofBothInterval: ClosedRange<Double>? = nil
    ) {
      self.sparsity = sparsity
      self.n = n
      self.pruningData = pruningData
      self.ofPruning = ofPruning
      self.ofBoth = ofBoth
      self.ofPruningInterval = ofPruningInterval
      self.ofBothInterval = ofBothInterval
    }
  }

  package var runs: [PrunedRun]
  package var units: FigureUnits

  package init(runs: [PrunedRun], units: FigureUnits) {
    self.runs = runs
    self.units = units
  }

  package var isDrawable: Bool { !runs.isEmpty }

  package func figure() -> Figure {
    let series = SparsitySeries(runs.map(\.sparsity))
    let sizes = Level.grouping(runs.map(\.n), tolerance: 0.06)
    let slots = max(series.values.count * sizes.count, 1)
    let width = min(0.035, 0.21 / Double(slots))
    // A small shift keeps the error bars of one stage apart.
    func shift(_ run: PrunedRun) -> Double {
      let sparsity = series.index(of: run.sparsity)
      let size = sizes.firstIndex { $0.contains(run.n) } ?? 0
      let slot = Double(sparsity * sizes.count + size) - Double(slots - 1) / 2
      return Scale.log10.value(at: width * slot)
    }
    func panel(
      _ title: RichText, _ value: (PrunedRun) -> Double,
      _ interval: (PrunedRun) -> ClosedRange<Double>?
    ) -> Panel {
      let equal = RuleMark(
        "equal", .horizontal, at: 1, style: LineStyle(.gray(0.35), dash: .dotted))
      let points = series.values.indices.compactMap { index -> Mark? in
        let members = runs.filter { series.index(of: $0.sparsity) == index }
        guard !members.isEmpty else { return nil }
        return .points(
          PointsMark(
            "S=\(series.name(index))",
            points: members.map {
              DataPoint($0.pruningData * shift($0), value($0), interval: interval($0))
            }, marker: series.marker(index)))
      }
      let x: RichText =
        units.data.isEmpty ? "Pruning data" : "Pruning data (\(units.data))"
      return Panel(
        title: title, x: Axis(x, scale: .log10, format: .si, padding: 0.1),
        y: Axis(
          "Data from scratch, multiple", short: "Data, multiple", scale: .log10, includes: [1],
          padding: 0.06),
        marks: [.rule(equal)] + points)
    }
    return Figure(
      name: Self.name,
      panels: [
        panel("of the pruning data", \.ofPruning, \.ofPruningInterval),
        panel("of dense training and pruning", \.ofBoth, \.ofBothInterval),
      ], arrangement: .grid(maxColumns: 2, sharesX: true, sharesY: true),
      legend: Legend([series.legendGroup(lines: false)]), aspect: 0.75)
  }
}
