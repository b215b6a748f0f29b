import Plotting

/// A figure's contents as another plotting library can draw them.
struct FigureRecord: Codable {
  struct Panel: Codable {
    var title: String
    var xLabel: String
    var yLabel: String
    var xScale: String
    var yScale: String
    var marks: [Mark]
  }

  struct Mark: Codable {
    var kind: String
    var name: String
    var x: [Double] = []
    var y: [Double] = []
    var low: [Double?] = []
    var high: [Double?] = []
    var text: String?
    var isVertical: Bool?
  }

  /// In points.
  var width: Double
  var height: Double
  var panels: [Panel]

  init(_ figure: Figure, size: Size) {
    width = size.width
    height = size.height
    panels = figure.panels.map { panel in
      Panel(
        title: panel.title.plainText, xLabel: panel.x.label.plainText,
        yLabel: panel.y.label.plainText, xScale: Self.name(panel.x.scale),
        yScale: Self.name(panel.y.scale), marks: panel.marks.map(Self.record))
    }
  }

  private static func name(_ scale: Scale) -> String {
    switch scale {
    case .linear: "linear"
    case .log10: "log"
    case .sparsity: "sparsity"
    }
  }

  private static func record(_ mark: Plotting.Mark) -> Mark {
    switch mark {
    case .line(let line): record("line", line.name, line.points)
    case .band(let band): record("band", band.name, band.points)
    case .points(let set): record("points", set.name, set.points)
    case .region(let region): record("region", region.name, region.outline)
    case .span(let span):
      Mark(
        kind: "span", name: span.name, x: [span.range.lowerBound, span.range.upperBound],
        isVertical: span.axis == .horizontal)
    case .rule(let rule):
      Mark(
        kind: "rule", name: rule.name, x: [rule.value], isVertical: rule.direction == .vertical)
    case .text(let text): Mark(kind: "text", name: "", text: text.text.plainText)
    }
  }

  private static func record(_ kind: String, _ name: String, _ points: [DataPoint]) -> Mark {
    let finite = points.filter { $0.x.isFinite && $0.y.isFinite }
    func end(_ value: Double?) -> Double? { value.flatMap { $0.isFinite ? $0 : nil } }
    return Mark(
      kind: kind, name: name, x: finite.map(\.x), y: finite.map(\.y),
      low: finite.map { end($0.interval?.lowerBound) },
      high: finite.map { end($0.interval?.upperBound) })
  }
}
