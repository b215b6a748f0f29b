/// Placing labels so that they cover neither each other nor, where it can be helped, the data.
///
/// Labels are placed one after the other, each at its cheapest candidate that stays inside the
/// frame and clear of those before; then each is reconsidered twice in view of all others. The
/// result depends on nothing but the arguments.
package struct LabelPlacement {
  /// A place where a label could stand.
  package struct Candidate: Hashable, Sendable {
    package var centre: Point
    package var angle: Double
    /// How far the place is from ideal; crossing a line costs 4, covering a marker 6.
    package var cost: Double

    package init(centre: Point, angle: Double, cost: Double) {
      self.centre = centre
      self.angle = angle
      self.cost = cost
    }
  }

  package struct Request: Hashable, Sendable {
    package var size: Size
    package var candidates: [Candidate]
    /// The line that the label may cover because it names it.
    package var ownLine: Int?
    /// Room that the label keeps free around itself.
    package var clearance = 1.5

    package init(size: Size, candidates: [Candidate], ownLine: Int? = nil) {
      self.size = size
      self.candidates = candidates
      self.ownLine = ownLine
    }
  }

  /// What labels should not cover.
  package struct Obstacles: Sendable {
    struct Line: Sendable {
      var id: Int
      var points: [Point]
      var bounds: Rect
    }

    private(set) var lines: [Line] = []
    package var boxes: [Rect] = []

    /// Whether a label here would stand on a marker or nearly so, and clear of every line.
    func boxesTouch(_ label: Quad) -> Bool {
      let bounds = label.bounds.inset(by: -1.5)
      let near = Quad(bounds)
      return boxes.contains { bounds.intersects($0) }
        && !lines.contains { line in
          zip(line.points, line.points.dropFirst()).contains {
            near.intersects(segmentFrom: $0, to: $1)
          }
        }
    }

    package init() {}

    package mutating func add(line points: [Point], id: Int) {
      let bounds = points.reduce(
        Rect(minX: .infinity, minY: .infinity, maxX: -.infinity, maxY: -.infinity)
      ) { $0.union(Rect(minX: $1.x, minY: $1.y, maxX: $1.x, maxY: $1.y)) }
      lines.append(Line(id: id, points: points, bounds: bounds))
    }
  }

  static let lineCost = 4.0
  static let markerCost = 6.0

  package let frame: Rect
  package let obstacles: Obstacles

  package init(frame: Rect, obstacles: Obstacles) {
    self.frame = frame
    self.obstacles = obstacles
  }

  /// The chosen candidate of each request; nothing where none is free.
  package func place(_ requests: [Request]) -> [Candidate?] {
    let priced = requests.map(price)
    var chosen = [Int?](repeating: nil, count: requests.count)
    for _ in 0..<3 {
      for index in requests.indices {
        let others = requests.indices.compactMap { other in
          other == index ? nil : chosen[other].map { priced[other][$0].quad }
        }
        chosen[index] = priced[index].firstIndex { option in
          !others.contains { $0.intersects(option.quad) }
        }
      }
    }
    return requests.indices.map { index in chosen[index].map { priced[index][$0].candidate } }
  }

  private struct Priced {
    var candidate: Candidate
    var quad: Quad
    var cost: Double
  }

  /// The candidates inside the frame with their full costs, cheapest first.
  private func price(_ request: Request) -> [Priced] {
    let size = Size(
      width: request.size.width + 2 * request.clearance,
      height: request.size.height + 2 * request.clearance)
    return request.candidates.compactMap { candidate in
      let quad = Quad(centre: candidate.centre, size: size, angle: candidate.angle)
      let bounds = quad.bounds
      guard frame.contains(bounds) else { return nil }
      var cost = candidate.cost
      for line in obstacles.lines where line.id != request.ownLine {
        if line.bounds.intersects(bounds.inset(by: -0.1)), crosses(line, quad, bounds) {
          cost += LabelPlacement.lineCost
        }
      }
      for box in obstacles.boxes where box.intersects(bounds) && quad.intersects(Quad(box)) {
        cost += LabelPlacement.markerCost
      }
      return Priced(candidate: candidate, quad: quad, cost: cost)
    }
    .enumerated()
    .sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }
    .map(\.element)
  }

  private func crosses(_ line: Obstacles.Line, _ quad: Quad, _ bounds: Rect) -> Bool {
    zip(line.points, line.points.dropFirst()).contains { start, end in
      min(start.x, end.x) <= bounds.maxX && max(start.x, end.x) >= bounds.minX
        && min(start.y, end.y) <= bounds.maxY && max(start.y, end.y) >= bounds.minY
        && quad.intersects(segmentFrom: start, to: end)
    }
  }
}
