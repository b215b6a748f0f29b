import Plotting
import Testing

@Suite struct LabelPlacementTests {
  private let frame = Rect(x: 0, y: 0, width: 200, height: 120)

  private func candidates(_ generator: inout Generator, _ count: Int)
    -> [LabelPlacement.Candidate]
  {
    (0..<count).map { index in
      .init(
        centre: Point(200 * generator.next(), 120 * generator.next()),
        angle: 1.5 * generator.next() - 0.75, cost: Double(index) * 0.1)
    }
  }

  @Test(arguments: 0..<20)
  func placedLabelsNeverOverlapAndStayInside(seed: Int) {
    var generator = Generator(state: UInt64(seed))
    let requests = (0..<14).map { _ in
      LabelPlacement.Request(
        size: Size(width: 15 + 25 * generator.next(), height: 7),
        candidates: candidates(&generator, 40))
    }
    let placement = LabelPlacement(frame: frame, obstacles: .init())
    let places = placement.place(requests)
    var outlines: [Quad] = []
    for (request, place) in zip(requests, places) {
      guard let place else { continue }
      let quad = Quad(centre: place.centre, size: request.size, angle: place.angle)
      #expect(frame.contains(quad.bounds))
      for other in outlines { #expect(!quad.intersects(other)) }
      outlines.append(quad)
    }
    #expect(outlines.count >= 10)
    #expect(placement.place(requests) == places)
  }

  @Test func aFreePlaceIsPreferredToOneOnALineOrMarker() {
    var obstacles = LabelPlacement.Obstacles()
    obstacles.add(line: [Point(0, 20), Point(200, 20)], id: 1)
    obstacles.boxes.append(Rect(x: 95, y: 55, width: 10, height: 10))
    let request = LabelPlacement.Request(
      size: Size(width: 30, height: 8),
      candidates: [
        .init(centre: Point(100, 20), angle: 0, cost: 0),
        .init(centre: Point(100, 60), angle: 0, cost: 0.5),
        .init(centre: Point(100, 90), angle: 0, cost: 1),
      ])
    let placement = LabelPlacement(frame: frame, obstacles: obstacles)
    #expect(placement.place([request]).map { $0?.centre } == [Point(100, 90)])
    var own = request
    own.ownLine = 1
    #expect(placement.place([own]).map { $0?.centre } == [Point(100, 20)])
  }

  @Test func aLabelWithoutRoomIsLeftOut() {
    let only = [LabelPlacement.Candidate(centre: Point(100, 60), angle: 0, cost: 0)]
    let request = LabelPlacement.Request(size: Size(width: 30, height: 8), candidates: only)
    let places = LabelPlacement(frame: frame, obstacles: .init()).place([request, request])
    #expect(places.map { $0 != nil } == [true, false])
    let outside = LabelPlacement.Request(size: Size(width: 300, height: 8), candidates: only)
    #expect(LabelPlacement(frame: frame, obstacles: .init()).place([outside]) == [nil])
  }

  /// Labels keep 1.5 points around themselves free: boxes that touch are 3 apart.
  @Test(arguments: [(10.9, false), (11.1, true)])
  func labelsKeepClear(distance: Double, isPlaced: Bool) {
    let requests = [40.0, 40 + distance].map { y in
      LabelPlacement.Request(
        size: Size(width: 30, height: 8),
        candidates: [.init(centre: Point(100, y), angle: 0, cost: 0)])
    }
    let places = LabelPlacement(frame: frame, obstacles: .init()).place(requests)
    #expect(places.map { $0 != nil } == [true, isPlaced])
  }
}
