import Plotting
import ScalingLaws

/// Errors on held-out sizes, and how many measurements their intervals hold, against how far the
/// prediction goes by each measure of size.
package struct LadderFigure: SweepFigure {
  package static let name = "error-by-distance"

  package var rungs: [Ladder.Rung]
  package var isDense: Bool

  package init(rungs: [Ladder.Rung], isDense: Bool) {
    self.rungs = rungs
    self.isDense = isDense
  }

  init?(_ sweep: FigureSweep) {
    guard let ladder = sweep.analysis.ladder else { return nil }
    self.init(rungs: ladder.rungs, isDense: sweep.analysis.isDense)
  }

  package var isDrawable: Bool { rungs.count > 1 }

  /// A way to say how much larger the runs held out are.
  private struct Measure {
    var name: RichText
    var marker: Marker
    var ratio: (Ladder.Rung) -> Double
  }

  private var measures: [Measure] {
    [
      Measure(name: "in *N*", marker: Marker(.circle, color: Palette.ink), ratio: \.sizeRatio),
      Measure(
        name: "in dense size", marker: Marker(.square, color: Palette.gold), ratio: \.denseRatio),
      Measure(
        name: "in compute", marker: Marker(.triangle, color: Palette.purple),
        ratio: \.computeRatio),
    ].filter { !isDense || $0.name != "in dense size" }
  }

  package func figure() -> Figure {
    var marks: [Mark] = []
    for rung in rungs {
      let ratios = measures.map { $0.ratio(rung) }.sorted()
      let error = 100 * rung.meanAbsoluteRelativeError
      let name = rung.sizes == 1 ? "largest size" : "\(rung.sizes) largest sizes"
      marks.append(
        .line(
          LineMark(
            name, points: ratios.map { DataPoint($0, error) },
            style: LineStyle(Palette.faint, scale: 0.7))))
      let covered =
        rung.covered.of > 0 ? ": \(rung.covered.inside) of \(rung.covered.of) covered" : ""
      marks.append(
        .text(
          TextMark(
            RichText(plain: name + covered), .near(x: ratios[ratios.count - 1], y: error))))
    }
    marks += measures.map { measure in
      .points(
        PointsMark(
          measure.name.plainText,
          points: rungs.map {
            DataPoint(measure.ratio($0), 100 * $0.meanAbsoluteRelativeError)
          }, marker: measure.marker))
    }
    let ratios = rungs.flatMap { rung in measures.map { $0.ratio(rung) } }
    // With room for the words behind the last marker.
    let most = (ratios.max() ?? 1) * 4
    return Figure(
      name: Self.name,
      panels: [
        Panel(
          x: Axis(
            "Largest held out over largest kept", scale: .log10,
            domain: Scale.log10.domain(covering: ratios + [1, most], padding: 0.04),
            ticks: .at((0..<12).map { Double(1 << $0) })),
          y: Axis("Mean error (%)", includes: [0], padding: 0.12), marks: marks)
      ],
      legend: Legend([
        Legend.Group(
          title: "times larger", measures.map { .init($0.name, .init(marker: $0.marker)) })
      ]), height: .small)
  }
}
