/// A convex quadrilateral: the outline of a label, possibly turned.
package struct Quad: Hashable, Sendable {
  /// The corners in order around the outline.
  package let corners: [Point]

  package init(_ rect: Rect) { corners = rect.corners }

  /// A rectangle of the given size about `centre`, turned by `angle` radians.
  package init(centre: Point, size: Size, angle: Double) {
    let rect = Rect(
      x: centre.x - size.width / 2, y: centre.y - size.height / 2, width: size.width,
      height: size.height)
    corners = rect.corners.map { $0.rotated(by: angle, about: centre) }
  }

  /// The smallest upright rectangle around the outline.
  package var bounds: Rect {
    corners.reduce(
      Rect(minX: .infinity, minY: .infinity, maxX: -.infinity, maxY: -.infinity)
    ) { bounds, corner in
      bounds.union(Rect(minX: corner.x, minY: corner.y, maxX: corner.x, maxY: corner.y))
    }
  }

  /// Whether the two outlines share inner points (separating axis theorem).
  package func intersects(_ other: Quad) -> Bool {
    !separates(other.corners) && !other.separates(corners)
  }

  /// Whether any part of the segment lies inside the outline.
  package func intersects(segmentFrom a: Point, to b: Point) -> Bool {
    let along = b - a
    let normal = Point(-along.y, along.x)
    let sides = corners.map { normal.x * ($0.x - a.x) + normal.y * ($0.y - a.y) }
    if (sides.min() ?? 0) >= 0 || (sides.max() ?? 0) <= 0 { return false }
    return !separates([a, b])
  }

  /// The shares of its length at which a segment enters and leaves the outline; nothing where
  /// it passes by.
  package func shares(ofSegmentFrom a: Point, to b: Point) -> (enter: Double, leave: Double)? {
    var enter = 0.0
    var leave = 1.0
    let along = b - a
    for index in corners.indices {
      let start = corners[index]
      let side = corners[(index + 1) % corners.count] - start
      let outward = Point(side.y, -side.x)
      let speed = outward.x * along.x + outward.y * along.y
      let distance = outward.x * (start.x - a.x) + outward.y * (start.y - a.y)
      if speed == 0 {
        if distance < 0 { return nil }
      } else if speed > 0 {
        leave = min(leave, distance / speed)
      } else {
        enter = max(enter, distance / speed)
      }
    }
    return enter < leave ? (enter, leave) : nil
  }

  /// Whether a side of this outline has all of the points on its outer side.
  private func separates(_ points: [Point]) -> Bool {
    for index in corners.indices {
      let start = corners[index]
      let side = corners[(index + 1) % corners.count] - start
      // Corners run clockwise on paper, so the outer normal is (dy, -dx).
      let outward = Point(side.y, -side.x)
      if points.allSatisfy({ outward.x * ($0.x - start.x) + outward.y * ($0.y - start.y) >= 0 }) {
        return true
      }
    }
    return false
  }
}
