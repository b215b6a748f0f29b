import Plotting

/// The sparsity term of the law against inverse density: a power law that saturates.
package struct SparsityTermFigure: FigureSource {
  package static let name = "sparsity-term"

  /// a_S (1 - S)^b_S + c_S at sparsity S.
  package var term: @Sendable (_ sparsity: Double) -> Double
  package var interval: (@Sendable (_ sparsity: Double) -> ClosedRange<Double>?)?
  /// What the term falls to for S -> 1.
  package var limit: Double
  /// The term that each run's loss implies given the rest of the law, at its sparsity (as x).
  package var implied: [DataPoint]

  package init(
    term: @escaping @Sendable (_ sparsity: Double) -> Double,
    interval: (@Sendable (_ sparsity: Double) -> ClosedRange<Double>?)? = nil, limit: Double,
    implied: [DataPoint] = []
  ) {
    self.term = term
    self.interval = interval
    self.limit = limit
    self.implied = implied
  }

  package var isDrawable: Bool { true }

  package func figure() -> Figure {
    let most = max(0.984375, implied.map(\.x).filter { $0 < 1 }.max() ?? 0)
    let curve = Scale.sparsity.samples(in: 0...most, count: 80).map {
      DataPoint(1 / (1 - $0), term($0), interval: interval?($0))
    }
    let color = OkabeIto.blue
    var marks: [Mark] = []
    if interval != nil {
      marks.append(
        .band(BandMark("interval", points: curve, color: color.withAlpha(0.18))))
    }
    if limit > 0 {
      marks.append(
        .rule(
          RuleMark(
            "limit", .horizontal, at: limit, style: LineStyle(.gray(0.35), dash: .dotted),
            label: "*c*_{*S*}")))
    }
    if !implied.isEmpty {
      marks.append(
        .points(
          PointsMark(
            "implied by runs", points: implied.map { DataPoint(1 / (1 - $0.x), $0.y) },
            marker: Marker(.circle, color: .gray(0.55), scale: 0.75))))
    }
    marks.append(.line(LineMark("sparsity term", points: curve, style: LineStyle(color))))
    let label: RichText = "*a*_{*S*} (1 \u{2212} *S*)^{*b*}^_{*S*} + *c*_{*S*}"
    let points = implied.map { DataPoint($0.x, $0.y) }.filter { $0.y > 0 }
    let range = RobustRange(curve, reach: 1.5).shown + RobustRange(points, reach: 1).shown
    let y = Axis(
      "Sparsity term", scale: .log10,
      domain: Scale.log10.domain(
        covering: range + [limit].filter { $0 * 4 > (curve.last?.y ?? 0) }, padding: 0.08))
    // Above the falling curve, where the band does not reach.
    marks.append(.text(TextMark(label, .frame(0.55, 0.15), color: color.darker)))
    return Figure(
      name: Self.name,
      panels: [
        Panel(
          x: Axis(
            "Inverse density 1 / (1 \u{2212} *S*)", scale: .log10,
            ticks: .at([1, 2, 4, 8, 16, 32, 64, 128]), padding: 0.03), y: y, marks: marks)
      ], aspect: 0.56)
  }
}
