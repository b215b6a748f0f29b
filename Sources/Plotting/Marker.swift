/// The shape of a data point; shapes tell series apart where colour does not.
public enum MarkerShape: Hashable, Sendable, CaseIterable {
  case circle, square, triangle, diamond, invertedTriangle, pentagon, rightTriangle, leftTriangle
  case cross, plus

  /// The shape of the series with the given index; they repeat after eight.
  ///
  /// Cross and plus are not among them, because they cannot be hollow.
  public static func sequence(_ index: Int) -> MarkerShape {
    let filled = MarkerShape.allCases.dropLast(2)
    return filled[((index % filled.count) + filled.count) % filled.count]
  }
}

/// How a data point is drawn.
public struct Marker: Hashable, Sendable {
  public var shape: MarkerShape
  public var color: Color
  /// White inside, for held-out and otherwise special points.
  public var isHollow: Bool
  /// Size as a multiple of the theme's marker size.
  public var scale: Double

  public init(_ shape: MarkerShape, color: Color, isHollow: Bool = false, scale: Double = 1) {
    self.shape = shape
    self.color = color
    self.isHollow = isHollow
    self.scale = scale
  }
}

extension Marker {
  /// The drawing of the marker at `centre`; `diameter` is that of a circle, and other shapes are
  /// given about the same area.
  func element(at centre: Point, diameter: Double, lineWidth: Double) -> SceneElement {
    let radius = diameter * scale / 2
    // The outline of a hollow marker lies half outside: shrink it to look as large as a filled one.
    let reach = isHollow ? radius - lineWidth * 0.3 : radius
    let path = shape.path(centre: centre, radius: max(reach, 0))
    if shape == .cross || shape == .plus {
      return .path(path, fill: nil, stroke: Stroke(color: color, width: lineWidth * 1.4))
    }
    if isHollow {
      return .path(path, fill: .white, stroke: Stroke(color: color, width: lineWidth))
    }
    // The white rim separates points that overlap.
    return .path(path, fill: color, stroke: Stroke(color: .white, width: lineWidth * 0.5))
  }
}

extension MarkerShape {
  func path(centre: Point, radius: Double) -> Path {
    switch self {
    case .circle: circle(centre, radius)
    case .square: polygon(centre, radius * 1.25, sides: 4, turn: .pi / 4)
    case .triangle: polygon(centre, radius * 1.4, sides: 3, turn: -.pi / 2)
    case .diamond: polygon(centre, radius * 1.3, sides: 4, turn: 0)
    case .invertedTriangle: polygon(centre, radius * 1.4, sides: 3, turn: .pi / 2)
    case .rightTriangle: polygon(centre, radius * 1.4, sides: 3, turn: 0)
    case .leftTriangle: polygon(centre, radius * 1.4, sides: 3, turn: .pi)
    case .pentagon: polygon(centre, radius * 1.15, sides: 5, turn: -.pi / 2)
    case .cross: strokes(centre, radius, directions: [Point(0.8, 0.8), Point(0.8, -0.8)])
    case .plus: strokes(centre, radius, directions: [Point(1.1, 0), Point(0, 1.1)])
    }
  }

  private func circle(_ centre: Point, _ radius: Double) -> Path {
    let handle = radius * 0.5522847498
    func at(_ x: Double, _ y: Double) -> Point { Point(centre.x + x, centre.y + y) }
    return Path([
      .move(at(radius, 0)),
      .curve(at(radius, handle), at(handle, radius), at(0, radius)),
      .curve(at(-handle, radius), at(-radius, handle), at(-radius, 0)),
      .curve(at(-radius, -handle), at(-handle, -radius), at(0, -radius)),
      .curve(at(handle, -radius), at(radius, -handle), at(radius, 0)),
      .close,
    ])
  }

  private func polygon(_ centre: Point, _ radius: Double, sides: Int, turn: Double) -> Path {
    let corners = (0..<sides).map { index in
      let angle = turn + 2 * .pi * Double(index) / Double(sides)
      return centre + Point(cosine(angle), sine(angle)) * radius
    }
    return Path(through: corners, closed: true)
  }

  private func strokes(_ centre: Point, _ radius: Double, directions: [Point]) -> Path {
    Path(
      directions.flatMap { direction in
        [.move(centre - direction * radius), .line(centre + direction * radius)]
          as [Path.Segment]
      })
  }
}
