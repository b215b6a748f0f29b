/// The frame lines, grid, ticks and numbers of a panel.
struct AxesDrawing {
  private(set) var grid: [SceneElement] = []
  private(set) var lines: [SceneElement] = []
  private(set) var labels: [SceneElement] = []

  static let labelGap = 2.2

  init(
    frame: PanelFrame, x: AxisLayout, y: AxisLayout, showsXLabels: Bool, showsYLabels: Bool,
    showsYSpine: Bool = true,
    theme: Theme
  ) {
    let rect = frame.rect
    let gridStroke = Stroke(color: theme.gridColor, width: theme.gridWidth)
    let axisStroke = Stroke(color: theme.axisColor, width: theme.axisWidth)
    var ticks = Path()
    var gridPath = Path()
    for tick in x.ticks {
      let at = rect.minX + tick.offset
      let length = tick.isMajor ? theme.tickLength : theme.minorTickLength
      ticks.segments += [.move(Point(at, rect.maxY)), .line(Point(at, rect.maxY + length))]
      if tick.isMajor {
        gridPath.segments += [.move(Point(at, rect.minY)), .line(Point(at, rect.maxY))]
      }
      if showsXLabels, let label = tick.label {
        let below = Point(at, rect.maxY + theme.tickLength + AxesDrawing.labelGap)
        let origin = label.origin(
          at: Point(below.x, below.y + x.labelHeight), horizontal: .centre, vertical: .baseline)
        labels += label.elements(origin: origin, color: theme.textColor)
      }
    }
    for tick in y.ticks {
      let at = rect.maxY - tick.offset
      let length = tick.isMajor ? theme.tickLength : theme.minorTickLength
      ticks.segments += [.move(Point(rect.minX - length, at)), .line(Point(rect.minX, at))]
      if tick.isMajor {
        gridPath.segments += [.move(Point(rect.minX, at)), .line(Point(rect.maxX, at))]
      }
      if showsYLabels, let label = tick.label {
        let beside = Point(rect.minX - theme.tickLength - AxesDrawing.labelGap, at)
        let origin = label.origin(at: beside, horizontal: .right, vertical: .middle)
        labels += label.elements(origin: origin, color: theme.textColor)
      }
    }
    if !gridPath.segments.isEmpty {
      grid.append(.path(gridPath, fill: nil, stroke: gridStroke))
    }
    if !ticks.segments.isEmpty { lines.append(.path(ticks, fill: nil, stroke: axisStroke)) }
    let corners = [
      Point(rect.minX, rect.minY), Point(rect.minX, rect.maxY), Point(rect.maxX, rect.maxY),
    ]
    let spines = showsYSpine ? corners : Array(corners.dropFirst())
    lines.append(.path(Path(through: spines), fill: nil, stroke: axisStroke))
  }
}

/// The corner of a panel where a legend covers least.
struct FreeCorner {
  let rect: Rect
  let isClear: Bool

  init(_ size: Size, in frame: Rect, obstacles: LabelPlacement.Obstacles) {
    let margin = 4.0
    let lefts = [frame.maxX - margin - size.width, frame.minX + margin]
    let tops = [frame.minY + margin, frame.maxY - margin - size.height]
    let corners = tops.flatMap { top in
      lefts.map { Rect(x: $0, y: top, width: size.width, height: size.height) }
    }
    func cost(_ corner: Rect) -> Int {
      let roomy = Quad(corner.inset(by: -2))
      let lines = obstacles.lines.count { line in
        zip(line.points, line.points.dropFirst()).contains {
          roomy.intersects(segmentFrom: $0, to: $1)
        }
      }
      let boxes = obstacles.boxes.count { roomy.bounds.intersects($0) }
      return lines + boxes + (frame.contains(corner) ? 0 : 1000)
    }
    let costs = corners.map(cost)
    let best = costs.indices.min { costs[$0] < costs[$1] } ?? 0
    rect = corners[best]
    isClear = costs[best] == 0
  }
}
