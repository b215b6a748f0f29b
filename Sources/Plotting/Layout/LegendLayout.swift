/// A legend laid out in rows, relative to its own top left corner.
package struct LegendLayout: Hashable, Sendable {
  package private(set) var elements: [SceneElement] = []
  package private(set) var size = Size(width: 0, height: 0)

  /// Lays the entries out in as few rows as the width allows, or one below the other.
  package init(
    _ legend: Legend, width: Double, isColumn: Bool = false, theme: Theme,
    measurer: some TextMeasurer
  ) {
    var flow = Flow(width: width, theme: theme)
    for group in legend.groups where !group.entries.isEmpty {
      var items: [Item] = []
      if !group.title.isEmpty {
        items.append(
          Item(sample: nil, label: group.title.block(size: theme.tickSize, measurer: measurer)))
      }
      items += group.entries.map {
        Item(
          sample: $0.sample, label: $0.label.block(size: theme.tickSize, measurer: measurer))
      }
      flow.add(items, isColumn: isColumn)
    }
    elements = flow.elements
    size = flow.size
  }

  /// The drawing with the legend's top left corner at `origin`.
  func elements(at origin: Point) -> [SceneElement] { elements.map { $0.moved(by: origin) } }

  /// One piece that is never broken over two rows.
  fileprivate struct Item {
    var sample: Legend.Sample?
    var label: TextBlock?

    init(sample: Legend.Sample?, label: TextBlock) {
      self.sample = sample
      self.label = label
    }

    var sampleWidth: Double {
      guard let sample else { return 0 }
      return sample.line != nil ? 19 : sample.fill != nil ? 12 : 7
    }

    var width: Double {
      return sampleWidth + (sample == nil ? 0 : 3.5) + (label?.width ?? 0)
    }
  }

  private struct Flow {
    let width: Double
    let theme: Theme
    var elements: [SceneElement] = []
    var size = Size(width: 0, height: 0)
    private var x = 0.0
    private var rowTop = 0.0
    private var rowHeight = 0.0

    private let columnGap = 9.0
    private let groupGap = 16.0
    private let rowGap = 3.5

    init(width: Double, theme: Theme) {
      self.width = width
      self.theme = theme
    }

    mutating func add(_ items: [Item], isColumn: Bool) {
      let total = items.map(\.width).reduce(0, +) + columnGap * Double(max(items.count - 1, 0))
      // A group that would break moves to a row of its own.
      if x > 0, isColumn || x - columnGap + groupGap + total > width {
        newRow()
      } else if x > 0 {
        x += groupGap - columnGap
      }
      for (index, item) in items.enumerated() {
        let leads = index == 0 && item.sample == nil && items.count > 1
        let companion = leads ? items[1].width + columnGap : 0
        let breaks = isColumn ? index > 0 : x + item.width + companion > width
        if x > 0, breaks { newRow() }
        draw(item)
        x += item.width + (leads ? 7 : columnGap)
        size.width = max(size.width, x - (leads ? 7 : columnGap))
        size.height = rowTop + rowHeight
      }
    }

    private mutating func newRow() {
      x = 0
      rowTop += rowHeight + rowGap
      rowHeight = 0
    }

    private mutating func draw(_ item: Item) {
      let height = theme.tickSize * 1.05
      rowHeight = max(rowHeight, height)
      let middle = rowTop + theme.tickSize * 0.525
      if let sample = item.sample { drawSample(sample, width: item.sampleWidth, middle: middle) }
      if let label = item.label {
        let left = x + item.sampleWidth + (item.sample == nil ? 0 : 3.5)
        let origin = label.origin(at: Point(left, middle), horizontal: .left, vertical: .middle)
        elements += label.elements(origin: origin, color: theme.textColor)
      }
    }

    private mutating func drawSample(_ sample: Legend.Sample, width: Double, middle: Double) {
      if let fill = sample.fill {
        let swatch = Rect(x: x, y: middle - 3, width: width, height: 6)
        elements.append(.path(Path(swatch), fill: fill, stroke: nil))
      }
      if let line = sample.line {
        let path = Path(through: [Point(x, middle), Point(x + width, middle)])
        elements.append(.path(path, fill: nil, stroke: line.stroke(theme)))
      }
      if let marker = sample.marker {
        elements.append(
          marker.element(
            at: Point(x + width / 2, middle), diameter: theme.markerSize,
            lineWidth: theme.lineWidth * 0.8))
      }
    }
  }
}

extension LineStyle {
  func stroke(_ theme: Theme) -> Stroke {
    let width = theme.lineWidth * scale
    return Stroke(
      color: color, width: width, dash: dash.pattern.map { $0 * width },
      cap: dash == .solid ? .round : .butt)
  }
}

extension SceneElement {
  func moved(by offset: Point) -> SceneElement {
    switch self {
    case .path(let path, let fill, let stroke):
      let segments = path.segments.map { segment -> Path.Segment in
        switch segment {
        case .move(let point): .move(point + offset)
        case .line(let point): .line(point + offset)
        case .curve(let a, let b, let c): .curve(a + offset, b + offset, c + offset)
        case .close: .close
        }
      }
      return .path(Path(segments), fill: fill, stroke: stroke)
    case .text(var text):
      text.origin = text.origin + offset
      return .text(text)
    }
  }
}
