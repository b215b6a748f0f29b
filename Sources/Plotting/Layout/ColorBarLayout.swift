/// A horizontal strip of colours with its numbers below.
struct ColorBarLayout: Hashable, Sendable {
  private(set) var width: Double
  private(set) var height: Double
  private let elements: [SceneElement]

  init(_ bar: Legend.ColorBar, theme: Theme, measurer: some TextMeasurer) {
    let length = 110.0
    let thickness = theme.tickSize * 0.9
    let axis = Axis(RichText(), scale: bar.scale, format: bar.format)
    let layout = AxisLayout(
      axis, domain: bar.domain, length: length, orientation: .horizontal, theme: theme,
      measurer: measurer)
    let overhang = layout.overhang(length: length)
    var elements: [SceneElement] = []
    let steps = 48
    for step in 0..<steps {
      let share = (Double(step) + 0.5) / Double(steps)
      // Steps overlap a little so that no seam shows between them.
      let left = overhang.low + length * Double(step) / Double(steps)
      let right = min(left + length / Double(steps) + 0.4, overhang.low + length)
      let cell = Rect(minX: left, minY: 0, maxX: right, maxY: thickness)
      let color = bar.map.color(at: ColorMap.darkestToPalest(share))
      elements.append(.path(Path(cell), fill: color, stroke: nil))
    }
    let tickStroke = Stroke(color: theme.axisColor, width: theme.axisWidth)
    for tick in layout.ticks where tick.isMajor {
      let x = overhang.low + tick.offset
      let path = Path(through: [Point(x, thickness), Point(x, thickness + 2)])
      elements.append(.path(path, fill: nil, stroke: tickStroke))
      if let label = tick.label {
        let origin = label.origin(
          at: Point(x, thickness + 3.5), horizontal: .centre, vertical: .top)
        elements += label.elements(origin: origin, color: theme.textColor)
      }
    }
    self.elements = elements
    width = length + overhang.low + overhang.high
    height = thickness + 3.5 + layout.labelHeight + 1
  }

  func elements(at origin: Point) -> [SceneElement] { elements.map { $0.moved(by: origin) } }
}
