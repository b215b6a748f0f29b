import Plotting
import Testing

@Suite struct GeometryTests {
  private let frame = Rect(x: 0, y: 0, width: 100, height: 50)

  @Test func turnedLabelsCollideOnlyWhereTheyMeet() {
    let size = Size(width: 40, height: 6)
    let a = Quad(centre: Point(50, 25), size: size, angle: 0.6)
    let parallel = Quad(centre: Point(46, 32), size: size, angle: 0.6)
    let crossing = Quad(centre: Point(50, 25), size: size, angle: -0.6)
    #expect(a.bounds.intersects(parallel.bounds))
    #expect(!a.intersects(parallel))
    #expect(a.intersects(crossing))
    #expect(a.intersects(a))
  }

  @Test func segmentsMeetQuads() {
    let quad = Quad(Rect(x: 10, y: 10, width: 10, height: 10))
    #expect(quad.intersects(segmentFrom: Point(0, 15), to: Point(30, 15)))
    #expect(quad.intersects(segmentFrom: Point(12, 12), to: Point(13, 13)))
    #expect(!quad.intersects(segmentFrom: Point(0, 0), to: Point(30, 5)))
    #expect(!quad.intersects(segmentFrom: Point(0, 15), to: Point(9, 15)))
    #expect(!quad.intersects(segmentFrom: Point(0, 19), to: Point(11, 31)))
  }

  @Test func clippedLinesStayInsideAndBreakAtGaps() {
    let points: [Point?] = [
      Point(-10, 25), Point(50, 25), nil, Point(60, 10), Point(60, 90), Point(200, 90),
      Point(90, 40),
    ]
    let pieces = Clipping.polylines(points, to: frame)
    #expect(pieces.count == 3)
    #expect(pieces.joined().allSatisfy { frame.inset(by: -1e-9).contains($0) })
    #expect(pieces.first == [Point(0, 25), Point(50, 25)])
  }

  @Test func clippedAreaOfACoveringPolygonIsTheFrame() {
    let outline = Rect(x: -1e4, y: -1e4, width: 3e4, height: 3e4).corners
    let clipped = Clipping.polygon(outline, to: frame)
    #expect(Set(clipped) == Set(frame.corners))
    #expect(Clipping.polygon(Rect(x: 200, y: 0, width: 5, height: 5).corners, to: frame).isEmpty)
  }

  @Test func aLineIsInterruptedWhereItsLabelStands() {
    let gap = Quad(Rect(x: 40, y: 20, width: 20, height: 10))
    let line = [Point(0, 25), Point(50, 25), Point(100, 25)]
    #expect(
      Clipping.outside(gap, of: line)
        == [[Point(0, 25), Point(40, 25)], [Point(60, 25), Point(100, 25)]])
    let elsewhere = [Point(0, 0), Point(100, 0)]
    #expect(Clipping.outside(gap, of: elsewhere) == [elsewhere])
  }

  @Test func clippingKeepsExactlyTheInsideOfRandomLines() {
    var generator = Generator(state: 3)
    for _ in 0..<500 {
      let a = Point(300 * generator.next() - 100, 200 * generator.next() - 75)
      let b = Point(300 * generator.next() - 100, 200 * generator.next() - 75)
      let middle = Point((a.x + b.x) / 2, (a.y + b.y) / 2)
      let visible = Clipping.segment(a, b, in: frame)
      if frame.contains(a) && frame.contains(b) {
        #expect(visible.map { [$0.0, $0.1] } == [a, b])
      }
      if frame.contains(middle) { #expect(visible != nil) }
      for end in [visible?.0, visible?.1].compactMap({ $0 }) {
        #expect(frame.inset(by: -1e-9).contains(end))
      }
    }
  }
}
