import Plotting
import RunLogs

/// Loss over training for each sparsity, with the pruning window shaded.
package struct TrainingCurvesFigure: FigureSource {
  package static let name = "training-curves"

  /// One run's loss over training.
  package struct Curve: Hashable, Sendable {
    package var name: String
    package var n: Double
    package var sparsity: Double
    package var d: Double
    /// Share of training done and loss there.
    package var points: [DataPoint]

    package init(name: String, n: Double, sparsity: Double, d: Double, points: [DataPoint]) {
      self.name = name
      self.n = n
      self.sparsity = sparsity
      self.d = d
      self.points = points
    }
  }

  package var curves: [Curve]
  package var units: FigureUnits
  /// Shares of training between which weights are pruned.
  package var window: ClosedRange<Double>?
  package var maxPanels = 4

  package init(curves: [Curve], units: FigureUnits, window: ClosedRange<Double>? = nil) {
    self.curves = curves
    self.units = units
    self.window = window
  }

  package var isDrawable: Bool { curves.contains { $0.points.count > 2 } }

  /// The amount of data whose runs are drawn: that of the most runs, of those the largest.
  var amount: Level? {
    let usable = curves.filter { $0.points.count > 2 }
    let amounts = Level.grouping(usable.map(\.d), tolerance: 0.06)
    func count(_ level: Level) -> Int { usable.count { level.contains($0.d) } }
    let most = amounts.map(count).max() ?? 0
    return amounts.last { count($0) == most }
  }

  package func figure() -> Figure {
    let amount = amount
    let members = curves.filter { $0.points.count > 2 && amount?.contains($0.d) ?? true }
    let series = SparsitySeries(members.map(\.sparsity))
    let all = Level.grouping(members.map(\.n), tolerance: 0.06)
    let sizes =
      all.count <= maxPanels
      ? all : (0..<maxPanels).map { all[$0 * (all.count - 1) / (maxPanels - 1)] }
    let panels = sizes.map { size -> Panel in
      var marks: [Mark] = []
      if let window {
        let range = (100 * window.lowerBound)...(100 * window.upperBound)
        marks.append(
          .span(SpanMark("pruning", axis: .horizontal, range: range, color: .gray(0.93))))
      }
      for curve in members where size.contains(curve.n) {
        let index = series.index(of: curve.sparsity)
        marks.append(
          .line(
            LineMark(
              curve.name, points: curve.points.map { DataPoint(100 * $0.x, $0.y) },
              style: series.dashedLine(index, scale: 0.9))))
      }
      return Panel(
        title: "*N* = \(NumberFormat.si.rounded(size.value))",
        x: Axis("Training done (%)", domain: 0...100),
        y: Axis(units.lossLabel, short: units.shortLossLabel, scale: .log10), marks: marks)
    }
    var groups = [series.legendGroup(lines: true, markers: false)]
    if window != nil {
      groups.append(Legend.Group([.init("pruning", .init(fill: .gray(0.9)))]))
    }
    return Figure(
      name: Self.name, panels: panels,
      arrangement: panels.count == 1
        ? .single : .grid(maxColumns: 4, sharesX: true, sharesY: true), legend: Legend(groups),
      aspect: panels.count == 1 ? 0.6 : 1.1)
  }
}
