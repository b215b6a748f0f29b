import CairoRendering
import Plotting

/// A small figure with every kind of mark, rich text and a turned label.
enum Sample {
  static let figure: Figure = {
    let points = (0..<30).map { index -> DataPoint in
      let x = Scale.log10.value(at: 4 + Double(index) / 10)
      let y = 2 + 3 / (1 + Double(index) / 5)
      return DataPoint(x, y, interval: (0.95 * y)...(1.06 * y))
    }
    let marker = Marker(.diamond, color: Palette.gold, isHollow: true)
    let few = points.enumerated().filter { $0.offset.isMultiple(of: 5) }.map(\.element)
    return Figure(
      name: "sample",
      panels: [
        Panel(
          title: "*S* = 75 %, *b*_{*S*} < 1 & rising",
          x: Axis("Non-zero parameters *N*", scale: .log10, format: .powerOfTen),
          y: Axis("Loss *L* (nats)", scale: .log10),
          marks: [
            .span(SpanMark("span", axis: .horizontal, range: 1e5...3e5, color: .gray(0.9))),
            .band(BandMark("band", points: points, color: Palette.purple.withAlpha(0.2))),
            .rule(
              RuleMark(
                "limit", .horizontal, at: 2.5, style: LineStyle(.gray(0.4), dash: .dotted),
                label: "limit")),
            .line(
              LineMark(
                "fit", points: points.map { DataPoint($0.x, $0.y) },
                style: LineStyle(Palette.purple, dash: .dashed), label: LineLabel("fit", .onLine))),
            .points(PointsMark("runs", points: few, marker: marker)),
          ])
      ],
      legend: Legend([
        Legend.Group([.init("runs", .init(marker: marker))])
      ]))
  }()

  static let metadata = FigureMetadata(
    title: "Loss <against> size & \"more\"",
    description: "A curve falls from 5 to 2.4 \u{2013} with \u{2265} 3 points.",
    properties: [.init("digest", "0123abcd")])

  static func bytes(_ format: ImageFormat, _ renderer: CairoRenderer) throws -> [UInt8] {
    try renderer.render(figure, preset: .icml, as: format, metadata: metadata)
  }

  /// A renderer with whatever font of the theme this machine has.
  static func renderer() throws -> CairoRenderer { try CairoRenderer() }
}

extension [UInt8] {
  func contains(text: String) -> Bool {
    let needle = Array(text.utf8)
    guard let first = needle.first else { return true }
    return indices.contains { self[$0] == first && self[$0...].starts(with: needle) }
  }
}
