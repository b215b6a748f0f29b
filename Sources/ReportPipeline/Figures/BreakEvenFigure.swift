import Plotting

/// The share of saved FLOPs that must become saved time before a sparsity is optimal, against
/// the training budget as a multiple of Chinchilla compute.
package struct BreakEvenFigure: FigureSource {
  package static let name = "break-even"

  package struct Curve: Hashable, Sendable {
    package var name: String
    package var sparsity: Double
    /// Multiple of Chinchilla compute and the efficiency, 0 to 1, at which the sparsity pays.
    package var points: [DataPoint]

    package init(name: String, sparsity: Double, points: [DataPoint]) {
      self.name = name
      self.sparsity = sparsity
      self.points = points
    }
  }

  package var curves: [Curve]

  package init(curves: [Curve]) { self.curves = curves }

  package var isDrawable: Bool { curves.contains { $0.points.count > 1 } }

  package func figure() -> Figure {
    let colors = ColorMap.viridis.colors(count: curves.count)
    let dashes: [LineStyle.Dash] = [.solid, .dashed, .dashDotted, .longDashed]
    var marks: [Mark] = []
    for (index, curve) in curves.enumerated() {
      let color = colors[index]
      let points = curve.points.map {
        DataPoint(
          $0.x, 100 * $0.y,
          interval: $0.interval.map { (100 * $0.lowerBound)...(100 * $0.upperBound) })
      }
      if points.contains(where: { $0.interval != nil }) {
        marks.append(
          .band(
            BandMark("\(curve.name) interval", points: points, color: color.withAlpha(0.16))))
      }
      marks.append(
        .line(
          LineMark(
            curve.name, points: points,
            style: LineStyle(color, dash: dashes[index % dashes.count]),
            label: LineLabel(RichText(plain: curve.name), .beside, preferredPosition: 0.5))))
    }
    return Figure(
      name: Self.name,
      panels: [
        Panel(
          x: Axis("Training compute, multiple of Chinchilla", scale: .log10, padding: 0.02),
          y: Axis("Break-even efficiency (%)", domain: 0...100), marks: marks)
      ], aspect: 0.56)
  }
}
