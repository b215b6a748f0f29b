/// A laid-out drawing: what goes where, in points, back to front.
///
/// A scene is a plain value; renderers turn it into files and decide nothing.
public struct Scene: Hashable, Sendable {
  public var size: Size
  public var elements: [SceneElement]

  public init(size: Size, elements: [SceneElement] = []) {
    self.size = size
    self.elements = elements
  }
}

/// One thing that a renderer draws.
public enum SceneElement: Hashable, Sendable {
  case path(Path, fill: Color?, stroke: Stroke?)
  case text(PlacedText)
}

/// How an outline is drawn.
public struct Stroke: Hashable, Sendable {
  public enum Cap: Hashable, Sendable { case butt, round }

  public var color: Color
  /// Width in points.
  public var width: Double
  /// Lengths of dashes and gaps in points; empty for a solid line.
  public var dash: [Double]
  public var cap: Cap

  public init(color: Color, width: Double, dash: [Double] = [], cap: Cap = .butt) {
    self.color = color
    self.width = width
    self.dash = dash
    self.cap = cap
  }
}

/// A string in one font on one baseline.
public struct PlacedText: Hashable, Sendable {
  public var string: String
  public var font: Font
  /// The left end of the baseline.
  public var origin: Point
  /// Turn about the origin in radians, clockwise on paper.
  public var angle: Double
  public var color: Color
  /// The width in points of a white rim that keeps text legible over lines; 0 for none.
  public var halo: Double

  public init(
    _ string: String, font: Font, origin: Point, angle: Double = 0, color: Color, halo: Double = 0
  ) {
    self.string = string
    self.font = font
    self.origin = origin
    self.angle = angle
    self.color = color
    self.halo = halo
  }
}

/// A sequence of straight and curved pieces.
public struct Path: Hashable, Sendable {
  public enum Segment: Hashable, Sendable {
    case move(Point)
    case line(Point)
    case curve(Point, Point, Point)
    case close
  }

  public var segments: [Segment]

  public init(_ segments: [Segment] = []) { self.segments = segments }

  /// Straight lines through the points.
  public init(through points: [Point], closed: Bool = false) {
    segments = points.enumerated().map { $0.offset == 0 ? .move($0.element) : .line($0.element) }
    if closed, !points.isEmpty { segments.append(.close) }
  }

  public init(_ rect: Rect) { self.init(through: rect.corners, closed: true) }

  /// The ends of the path's straight pieces, in order.
  var points: [Point] {
    segments.compactMap { segment in
      switch segment {
      case .move(let point), .line(let point), .curve(_, _, let point): point
      case .close: nil
      }
    }
  }
}
