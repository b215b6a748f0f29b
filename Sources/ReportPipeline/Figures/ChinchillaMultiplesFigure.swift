import Plotting

/// The multiple of Chinchilla compute at which each sparsity becomes optimal.
package struct ChinchillaMultiplesFigure: FigureSource {
  package static let name = "chinchilla-multiples"

  /// One way of counting compute.
  package struct Accounting: Sendable {
    package var name: String
    /// Sparsity, multiple and the multiple's interval.
    package var thresholds: [DataPoint]

    package init(name: String, thresholds: [DataPoint]) {
      self.name = name
      self.thresholds = thresholds
    }
  }

  package var accountings: [Accounting]
  /// The largest sparsity with runs; thresholds beyond it are hollow.
  package var largestFitted: Double?

  package init(accountings: [Accounting], largestFitted: Double? = nil) {
    self.accountings = accountings
    self.largestFitted = largestFitted
  }

  package var isDrawable: Bool { accountings.contains { !$0.thresholds.isEmpty } }

  private var range: RobustRange { RobustRange(accountings.flatMap(\.thresholds), reach: 100) }

  /// Whether the frame cuts an interval.
  package var hasCutIntervals: Bool { range.isCut }

  package func figure() -> Figure {
    var marks: [Mark] = [
      .rule(
        RuleMark(
          "Chinchilla compute", .horizontal, at: 1, style: LineStyle(.gray(0.35), dash: .dotted),
          label: "Chinchilla compute"))
    ]
    let dashes: [LineStyle.Dash] = [.solid, .dashed, .dashDotted, .dotted]
    var legend: [Legend.Entry] = []
    for (index, accounting) in accountings.enumerated() {
      let color = OkabeIto.sequence[index % OkabeIto.sequence.count]
      let points = accounting.thresholds.sorted { $0.x < $1.x }
      let style = LineStyle(color, dash: dashes[index % dashes.count])
      let marker = Marker(MarkerShape.sequence(index), color: color)
      // Side by side, so that no interval hides behind another.
      let shift = (Double(index) - Double(accountings.count - 1) / 2) * 0.9
      marks.append(
        .line(
          LineMark(
            accounting.name, points: points.map { DataPoint($0.x, $0.y) }, style: style,
            shift: shift)))
      for isHollow in [false, true] {
        let members = points.filter { ($0.x > (largestFitted ?? 1) + 0.005) == isHollow }
        guard !members.isEmpty else { continue }
        var shape = marker
        shape.isHollow = isHollow
        marks.append(
          .points(
            PointsMark(
              accounting.name + (isHollow ? " beyond the data" : ""), points: members,
              marker: shape, shift: shift)))
      }
      legend.append(
        .init(RichText(plain: accounting.name), .init(line: style, marker: marker)))
    }
    let y = Axis(
      "Multiple of Chinchilla compute", scale: .log10,
      domain: Scale.log10.domain(covering: range.shown + [1], padding: 0.05))
    let sparsities = accountings.flatMap { $0.thresholds.map(\.x) }
    return Figure(
      name: Self.name,
      panels: [
        Panel(
          x: Axis(
            FigureUnits.sparsityLabel, scale: .sparsity,
            ticks: SparsityTicks(values: sparsities).rule, format: .percent, padding: 0.05),
          y: y, marks: marks)
      ], legend: Legend([Legend.Group(legend)], position: .inside), aspect: 0.56)
  }
}
