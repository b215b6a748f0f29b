/// The drawing of one panel's marks, and what its labels must keep clear of.
struct PanelDrawing {
  let frame: PanelFrame
  let theme: Theme
  private(set) var fills: [SceneElement] = []
  /// Lines, error bars and markers, a mark on top of those before it, with the line's mark.
  private var ink: [(line: Int?, element: SceneElement)] = []
  private(set) var obstacles = LabelPlacement.Obstacles()

  init(_ marks: [Mark], frame: PanelFrame, theme: Theme) {
    self.frame = frame
    self.theme = theme
    for (index, mark) in marks.enumerated() {
      switch mark {
      case .line(let mark): add(mark, id: index)
      case .band(let mark): add(mark)
      case .points(let mark): add(mark)
      case .region(let mark): add(mark)
      case .span(let mark): add(mark)
      case .rule(let mark): add(mark, id: index)
      case .text: break
      }
    }
  }

  /// Lines, error bars and markers, with the lines interrupted where their own labels stand.
  func ink(interruptedBy gaps: [Int: Quad]) -> [SceneElement] {
    ink.flatMap { line, element -> [SceneElement] in
      guard let line, let gap = gaps[line], case .path(let path, let fill, let style) = element
      else { return [element] }
      return Clipping.outside(gap, of: path.points).map {
        .path(Path(through: $0), fill: fill, stroke: style)
      }
    }
  }

  private mutating func add(_ mark: LineMark, id: Int) {
    let pieces = Clipping.polylines(mark.points.map(frame.point), to: frame.rect)
    for piece in pieces {
      let line = Path(through: piece)
      ink.append((id, .path(line, fill: nil, stroke: mark.style.stroke(theme))))
      obstacles.add(line: piece, id: id)
    }
    if mark.isArrow, let piece = pieces.last, let tip = piece.last,
      let before = piece.dropLast().last
    {
      let back = before - tip
      let unit = back * (theme.markerSize * 1.3 / max(back.length, 1e-9))
      let head = [-0.4, 0.4].map { tip + unit.rotated(by: $0, about: Point(0, 0)) }
      let shape = Path(through: [tip, head[0], head[1]], closed: true)
      ink.append((nil, .path(shape, fill: mark.style.color, stroke: nil)))
    }
  }

  private mutating func add(_ mark: BandMark) {
    var lower: [Point] = []
    var upper: [Point] = []
    func flush(into fills: inout [SceneElement]) {
      let outline = Clipping.polygon(upper + lower.reversed(), to: frame.rect)
      if lower.count > 1, outline.count > 2 {
        fills.append(.path(Path(through: outline, closed: true), fill: mark.color, stroke: nil))
      }
      lower = []
      upper = []
    }
    for point in mark.points {
      guard let interval = point.interval, let low = frame.point(point.x, interval.lowerBound),
        let high = frame.point(point.x, interval.upperBound)
      else {
        flush(into: &fills)
        continue
      }
      lower.append(low)
      upper.append(high)
    }
    flush(into: &fills)
  }

  private mutating func add(_ mark: PointsMark) {
    let bar = Stroke(color: mark.marker.color, width: theme.lineWidth * 0.7)
    let isVertical = mark.intervals == .vertical
    var markers: [SceneElement] = []
    for point in mark.points {
      if let interval = point.interval,
        let low = isVertical
          ? frame.point(point.x, interval.lowerBound) : frame.point(interval.lowerBound, point.y),
        let high = isVertical
          ? frame.point(point.x, interval.upperBound) : frame.point(interval.upperBound, point.y),
        let (start, end) = Clipping.segment(low, high, in: frame.rect)
      {
        let cap = theme.markerSize * 0.35
        let across = isVertical ? Point(cap, 0) : Point(0, cap)
        var outline: [Path.Segment] = [.move(start), .line(end)]
        outline += barEnd(start, cap: across, isCut: start != low, inwards: end - start)
        outline += barEnd(end, cap: across, isCut: end != high, inwards: start - end)
        ink.append((nil, .path(Path(outline), fill: nil, stroke: bar)))
        obstacles.boxes.append(
          Rect(around: start - across).union(Rect(around: start + across))
            .union(Rect(around: end - across)).union(Rect(around: end + across)))
      }
      guard let place = frame.point(point), frame.rect.inset(by: -0.5).contains(place) else {
        continue
      }
      markers.append(
        mark.marker.element(
          at: place, diameter: theme.markerSize, lineWidth: theme.lineWidth * 0.8))
      let reach = theme.markerSize * mark.marker.scale * 0.55
      obstacles.boxes.append(
        Rect(
          minX: place.x - reach, minY: place.y - reach, maxX: place.x + reach,
          maxY: place.y + reach))
    }
    ink += markers.map { (nil, $0) }
  }

  /// A cap across the end of an error bar, or an arrowhead where the frame cuts it and the interval
  /// goes on.
  private func barEnd(
    _ end: Point, cap: Point, isCut: Bool, inwards: Point
  ) -> [Path.Segment] {
    guard isCut else { return [.move(end - cap), .line(end + cap)] }
    let length = max(abs(inwards.x) + abs(inwards.y), 1e-9)
    let back = inwards * (theme.markerSize * 0.6 / length)
    return [.move(end + back - cap), .line(end), .line(end + back + cap)]
  }

  private mutating func add(_ mark: RegionMark) {
    let corners = mark.outline.compactMap(frame.point)
    guard corners.count == mark.outline.count else { return }
    let outline = Clipping.polygon(corners, to: frame.rect)
    if outline.count > 2 {
      fills.append(.path(Path(through: outline, closed: true), fill: mark.color, stroke: nil))
    }
  }

  private mutating func add(_ mark: SpanMark) {
    let map = mark.axis == .horizontal ? frame.x : frame.y
    let low = min(max(map.offset(of: mark.range.lowerBound), 0), map.length)
    let high = min(max(map.offset(of: mark.range.upperBound), 0), map.length)
    guard high > low else { return }
    let rect = frame.rect
    let area =
      mark.axis == .horizontal
      ? Rect(minX: rect.minX + low, minY: rect.minY, maxX: rect.minX + high, maxY: rect.maxY)
      : Rect(minX: rect.minX, minY: rect.maxY - high, maxX: rect.maxX, maxY: rect.maxY - low)
    fills.append(.path(Path(area), fill: mark.color, stroke: nil))
  }

  private mutating func add(_ mark: RuleMark, id: Int) {
    guard let ends = ends(of: mark) else { return }
    let line = Path(through: ends)
    ink.append((id, .path(line, fill: nil, stroke: mark.style.stroke(theme))))
    obstacles.add(line: ends, id: id)
  }

  /// Where a rule enters and leaves the panel; nothing where it lies outside.
  func ends(of mark: RuleMark) -> [Point]? {
    let map = mark.direction == .vertical ? frame.x : frame.y
    let offset = map.offset(of: mark.value)
    guard offset >= -0.01, offset <= map.length + 0.01 else { return nil }
    let rect = frame.rect
    return mark.direction == .vertical
      ? [Point(rect.minX + offset, rect.maxY), Point(rect.minX + offset, rect.minY)]
      : [Point(rect.minX, rect.maxY - offset), Point(rect.maxX, rect.maxY - offset)]
  }
}
