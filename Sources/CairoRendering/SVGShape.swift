import Plotting

/// A small drawing without its place: what two markers of one series have in common.
struct SVGShape: Hashable {
  let path: Path
  let fill: Color?
  let stroke: Stroke?

  /// Longer paths are curves of data, which do not repeat.
  private static let mostSegments = 12

  /// The shape, starting at the origin, and where it starts; nothing for long paths.
  static func split(
    _ path: Path, _ fill: Color?, _ stroke: Stroke?
  ) -> (shape: SVGShape, place: Point)? {
    guard path.segments.count > 3, path.segments.count <= mostSegments,
      case .move(let start)? = path.segments.first
    else { return nil }
    // Rounded, so that equal shapes at different places are equal in all digits.
    func relative(_ point: Point) -> Point {
      Point(rounded(point.x - start.x), rounded(point.y - start.y))
    }
    let segments = path.segments.map { segment -> Path.Segment in
      switch segment {
      case .move(let point): .move(relative(point))
      case .line(let point): .line(relative(point))
      case .curve(let a, let b, let c): .curve(relative(a), relative(b), relative(c))
      case .close: .close
      }
    }
    return (SVGShape(path: Path(segments), fill: fill, stroke: stroke), start)
  }

  /// To a hundredth of a point, and without a negative zero.
  private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 + 0 }
}
