/// Cutting lines and areas to a panel, so that scenes need no clip paths.
package enum Clipping {
  /// The visible pieces of a line; `nil` points interrupt it.
  package static func polylines(_ points: [Point?], to rect: Rect) -> [[Point]] {
    var pieces: [[Point]] = []
    var current: [Point] = []
    func flush() {
      if current.count > 1 { pieces.append(current) }
      current = []
    }
    for (start, end) in zip(points, points.dropFirst()) {
      guard let start, let end, let visible = segment(start, end, in: rect) else {
        flush()
        continue
      }
      if current.last != visible.0 {
        flush()
        current = [visible.0]
      }
      current.append(visible.1)
    }
    flush()
    return pieces
  }

  /// The part of a segment within the rectangle (Liang and Barsky 1984).
  package static func segment(_ a: Point, _ b: Point, in rect: Rect) -> (Point, Point)? {
    var enter = 0.0
    var leave = 1.0
    let along = b - a
    for (direction, distance) in [
      (-along.x, a.x - rect.minX), (along.x, rect.maxX - a.x),
      (-along.y, a.y - rect.minY), (along.y, rect.maxY - a.y),
    ] {
      if direction == 0 {
        if distance < 0 { return nil }
      } else if direction < 0 {
        enter = max(enter, distance / direction)
      } else {
        leave = min(leave, distance / direction)
      }
    }
    guard enter < leave else { return nil }
    return (enter == 0 ? a : a + along * enter, leave == 1 ? b : a + along * leave)
  }

  /// The pieces of a line that lie outside a label's outline.
  package static func outside(_ gap: Quad, of points: [Point]) -> [[Point]] {
    var pieces: [[Point]] = []
    var current: [Point] = []
    func flush() {
      if current.count > 1 { pieces.append(current) }
      current = []
    }
    for (start, end) in zip(points, points.dropFirst()) {
      if current.isEmpty { current = [start] }
      guard let (enter, leave) = gap.shares(ofSegmentFrom: start, to: end) else {
        current.append(end)
        continue
      }
      current.append(start + (end - start) * enter)
      if enter <= 0 { current = [] }
      flush()
      if leave < 1 { current = [start + (end - start) * leave, end] }
    }
    flush()
    return pieces
  }

  /// The visible part of an area (Sutherland and Hodgman 1974).
  package static func polygon(_ corners: [Point], to rect: Rect) -> [Point] {
    let sides: [(Point) -> Double] = [
      { $0.x - rect.minX }, { rect.maxX - $0.x }, { $0.y - rect.minY }, { rect.maxY - $0.y },
    ]
    var result = corners
    for inside in sides {
      guard var previous = result.last else { return [] }
      var kept: [Point] = []
      for corner in result {
        let (before, now) = (inside(previous), inside(corner))
        if (before >= 0) != (now >= 0) {
          kept.append(previous + (corner - previous) * (before / (before - now)))
        }
        if now >= 0 { kept.append(corner) }
        previous = corner
      }
      result = kept
    }
    return result
  }
}
