/// A panel's place on the page and its mapping from data to points.
struct PanelFrame: Hashable, Sendable {
  let rect: Rect
  let x: AxisMap
  let y: AxisMap

  init(
    rect: Rect, xScale: Scale, xDomain: ClosedRange<Double>, yScale: Scale,
    yDomain: ClosedRange<Double>
  ) {
    self.rect = rect
    x = AxisMap(scale: xScale, domain: xDomain, length: rect.width)
    y = AxisMap(scale: yScale, domain: yDomain, length: rect.height)
  }

  /// Far outside any page, and small enough for every renderer's arithmetic.
  private static let bound = 1e5

  /// The place of a data point, or nothing where an axis has none for it.
  func point(_ xValue: Double, _ yValue: Double) -> Point? {
    let across = x.offset(of: xValue)
    let up = y.offset(of: yValue)
    guard !across.isNaN, !up.isNaN else { return nil }
    func clamp(_ value: Double) -> Double { min(max(value, -PanelFrame.bound), PanelFrame.bound) }
    return Point(rect.minX + clamp(across), rect.maxY - clamp(up))
  }

  func point(_ point: DataPoint) -> Point? { self.point(point.x, point.y) }
}
