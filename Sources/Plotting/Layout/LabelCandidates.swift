/// Where labels of each kind could stand, with how good each place is.
enum LabelCandidates {
  private static let gap = 3.2

  /// Places on or beside a line, at many positions along its visible pieces.
  static func along(
    _ pieces: [[Point]], label: LineLabel, block: TextBlock
  ) -> [LabelPlacement.Candidate] {
    let lengths = pieces.map { $0.pathLength }
    let total = lengths.reduce(0, +)
    guard total > 0 else { return [] }
    let samples = 49
    return (0..<samples).flatMap { sample -> [LabelPlacement.Candidate] in
      let share = (Double(sample) + 0.5) / Double(samples)
      guard let (centre, direction) = place(share * total, on: pieces, lengths, block.width)
      else { return [] }
      var angle = Plotting.angle(of: direction)
      if angle > .pi / 2 { angle -= .pi }
      if angle < -.pi / 2 { angle += .pi }
      let cost = 3 * abs(share - label.preferredPosition)
      switch label.placement {
      case .onLine: return [.init(centre: centre, angle: angle, cost: cost)]
      case .beside:
        let distance = block.height / 2 + gap
        return [-1.0, 1.0].map { side in
          let offset = Point(0, side * distance).rotated(by: angle, about: Point(0, 0))
          return .init(centre: centre + offset, angle: angle, cost: cost + (side > 0 ? 0.3 : 0))
        }
      case .end: return []
      case .upright:
        let across = block.width / 2 + gap
        let up = block.height / 2 + gap
        let offsets = [
          Point(0, -up), Point(0, up), Point(across, 0), Point(-across, 0), Point(across, -up),
          Point(-across, -up), Point(across, up), Point(-across, up),
        ]
        return offsets.enumerated().map { index, offset in
          .init(centre: centre + offset, angle: 0, cost: cost + 0.1 * Double(index))
        }
      }
    }
  }

  /// The point at a distance along the pieces and the direction of the line about there.
  private static func place(
    _ distance: Double, on pieces: [[Point]], _ lengths: [Double], _ width: Double
  ) -> (Point, Point)? {
    var rest = distance
    for (piece, length) in zip(pieces, lengths) {
      if rest <= length {
        guard let centre = piece.point(atDistance: rest) else { return nil }
        // The direction over the label's own length, so that letters follow the line.
        let before = piece.point(atDistance: max(rest - width / 2, 0)) ?? centre
        let after = piece.point(atDistance: min(rest + width / 2, length)) ?? centre
        let direction = after - before
        return direction.length > 0 ? (centre, direction) : nil
      }
      rest -= length
    }
    return nil
  }

  /// Places beside a straight rule: best near its far end.
  static func beside(
    rule: RuleMark, ends: [Point], block: TextBlock
  ) -> [LabelPlacement.Candidate] {
    guard let start = ends.first, let end = ends.last else { return [] }
    return (0..<25).flatMap { step -> [LabelPlacement.Candidate] in
      let share = Double(step) / 24
      let at = start + (end - start) * share
      let cost = 3 * (1 - share)
      let offsets =
        rule.direction == .horizontal
        ? [Point(0, -block.height / 2 - gap), Point(0, block.height / 2 + gap)]
        : [Point(block.width / 2 + gap, 0), Point(-block.width / 2 - gap, 0)]
      return offsets.enumerated().map { index, offset in
        .init(centre: at + offset, angle: 0, cost: cost + 0.4 * Double(index))
      }
    }
  }

  /// Places near a point, or anywhere in an area, best first.
  static func around(
    _ place: TextMark.Place, frame: PanelFrame, block: TextBlock
  ) -> [LabelPlacement.Candidate] {
    switch place {
    case .near(let x, let y):
      guard let centre = frame.point(x, y) else { return [] }
      return near(centre, block: block)
    case .frame(let across, let down):
      let rect = frame.rect
      let centre = Point(rect.minX + across * rect.width, rect.minY + down * rect.height)
      return within(rect, best: centre) { _ in true }
    case .within(let x, let y):
      guard let a = frame.point(x.lowerBound, y.lowerBound),
        let b = frame.point(x.upperBound, y.upperBound)
      else { return [] }
      let area = Rect(
        minX: min(a.x, b.x), minY: min(a.y, b.y), maxX: max(a.x, b.x), maxY: max(a.y, b.y))
      return within(area, best: area.centre) { _ in true }
    case .inside(let outline):
      let corners = Clipping.polygon(outline.compactMap(frame.point), to: frame.rect)
      guard corners.count > 2 else { return [] }
      let area = corners.dropFirst().reduce(Rect(around: corners[0])) {
        $0.union(Rect(around: $1))
      }
      let middle = corners.reduce(Point(0, 0), +) * (1 / Double(corners.count))
      return within(area, best: middle) { centre in
        Quad(centre: centre, size: block.size, angle: 0).corners.allSatisfy {
          corners.encloses($0)
        }
      }
    }
  }

  private static func near(_ centre: Point, block: TextBlock) -> [LabelPlacement.Candidate] {
    [3.5, 7.0, 12.0, 20.0, 32.0].enumerated().flatMap { ring, gap in
      let across = block.width / 2 + gap
      let up = block.height / 2 + gap
      let offsets = [
        Point(across, 0), Point(across, -up), Point(0, -up), Point(-across, -up),
        Point(-across, 0), Point(0, up), Point(across, up), Point(-across, up),
      ]
      return offsets.enumerated().map { index, offset in
        let cost = 0.1 * Double(index) + 1.2 * Double(ring)
        return LabelPlacement.Candidate(centre: centre + offset, angle: 0, cost: cost)
      }
    }
  }

  private static func within(
    _ area: Rect, best: Point, where fits: (Point) -> Bool
  ) -> [LabelPlacement.Candidate] {
    let steps = 24
    let reach = max(area.width, area.height, 1)
    return (0...steps).flatMap { row in
      (0...steps).compactMap { column -> LabelPlacement.Candidate? in
        let centre = Point(
          area.minX + area.width * Double(column) / Double(steps),
          area.minY + area.height * Double(row) / Double(steps))
        guard fits(centre) else { return nil }
        return .init(centre: centre, angle: 0, cost: 3 * (centre - best).length / reach)
      }
    }
  }
}

extension Rect {
  init(around point: Point) {
    self.init(minX: point.x, minY: point.y, maxX: point.x, maxY: point.y)
  }
}

extension [Point] {
  var pathLength: Double { zip(self, dropFirst()).reduce(0) { $0 + ($1.1 - $1.0).length } }

  /// The point at a distance from the start along the line through the points.
  func point(atDistance distance: Double) -> Point? {
    var rest = distance
    for (start, end) in zip(self, dropFirst()) {
      let length = (end - start).length
      if rest <= length, length > 0 { return start + (end - start) * (rest / length) }
      rest -= length
    }
    return last
  }

  /// Whether the polygon holds the point (even-odd rule).
  func encloses(_ point: Point) -> Bool {
    guard var previous = last else { return false }
    var isInside = false
    for corner in self {
      if (corner.y > point.y) != (previous.y > point.y) {
        let crossing =
          corner.x + (previous.x - corner.x) * (point.y - corner.y) / (previous.y - corner.y)
        if point.x < crossing { isInside.toggle() }
      }
      previous = corner
    }
    return isInside
  }
}
