/// How many ticks of a panel have labels.
public struct TickCount: Hashable, Sendable {
  public var x: Int
  public var y: Int
}

/// A figure with every position decided: the result of `Figure.layout`.
public struct FigureLayout: Hashable, Sendable {
  public var scene: Scene
  /// The plotting areas of the panels.
  public var frames: [Rect]
  /// How many ticks of each panel's axes have labels.
  public var labelledTicks: [TickCount]
  /// The outlines of labels inside the panels, by panel, as corner points.
  public var labelOutlines: [[[Point]]]
  /// Labels that found no room without covering others.
  public var labelsLeftOut: [String]
}

extension Figure {
  /// Decides where everything goes: a pure function of its arguments.
  public func layout(preset: Preset, measurer: some TextMeasurer) -> FigureLayout {
    if legend?.position == .inside {
      let attempt = LayoutPass(self, preset: preset, legendInside: true, measurer: measurer)
      if attempt.legendIsClear { return attempt.result }
    }
    return LayoutPass(self, preset: preset, legendInside: false, measurer: measurer).result
  }
}

/// One layout of a figure, with the legend's position settled.
struct LayoutPass<Measurer: TextMeasurer> {
  let figure: Figure
  let theme: Theme
  let measurer: Measurer
  let shape: GridShape
  let metrics: GridMetrics
  private(set) var result: FigureLayout
  /// Whether a legend inside the panel covers nothing.
  private(set) var legendIsClear = true

  init(_ figure: Figure, preset: Preset, legendInside: Bool, measurer: Measurer) {
    self.figure = figure
    self.measurer = measurer
    let theme = preset.theme
    self.theme = theme
    let rooms = figure.panels.map { $0.endLabelRoom(theme, measurer: measurer) }
    let shape = GridShape(
      figure, width: preset.width, minPanelWidth: preset.minPanelWidth,
      labelRoom: rooms.max() ?? 0)
    self.shape = shape
    let outside = legendInside ? nil : figure.legend.flatMap { $0.isEmpty ? nil : $0 }
    func legendLayout(isColumn: Bool) -> LegendLayout? {
      outside.map {
        LegendLayout(
          $0, width: preset.width - 4, isColumn: isColumn, theme: theme, measurer: measurer)
      }
    }
    func grid(legendHeight: Double) -> GridMetrics {
      GridMetrics(
        figure, shape: shape, preset: preset, legendHeight: legendHeight, measurer: measurer)
    }
    var legend = legendLayout(isColumn: true)
    var place: Point?
    var metrics = grid(legendHeight: 0)
    let free = metrics.freeCells
    if let size = legend?.size, size.width <= free.width, size.height <= free.height {
      place = Point(free.minX, free.minY)
    } else {
      legend = legendLayout(isColumn: false)
      if let legend { metrics = grid(legendHeight: legend.size.height) }
    }
    self.metrics = metrics
    let size = Size(width: preset.width, height: metrics.height)
    result = FigureLayout(
      scene: Scene(size: size), frames: metrics.frames.map(\.rect),
      labelledTicks: zip(metrics.xAxes, metrics.yAxes).map {
        TickCount(x: $0.labelCount, y: $1.labelCount)
      }, labelOutlines: [], labelsLeftOut: [])
    if let legend {
      let left = min(
        metrics.frames.first?.rect.minX ?? 0, preset.width - 2 - legend.size.width)
      result.scene.elements += legend.elements(at: place ?? Point(max(left, 2), 2))
    }
    for panel in figure.panels.indices { draw(panel, legendInside: legendInside) }
    drawSharedLabels()
  }

  private mutating func draw(_ index: Int, legendInside: Bool) {
    let panel = figure.panels[index]
    let frame = metrics.frames[index]
    let drawing = PanelDrawing(panel.marks, frame: frame, theme: theme)
    let axes = AxesDrawing(
      frame: frame, x: metrics.xAxes[index], y: metrics.yAxes[index],
      showsXLabels: shape.showsXLabels(index), showsYLabels: shape.showsYLabels(index),
      showsYSpine: panel.y.ticks != .none,
      theme: theme)
    var inset: [SceneElement] = []
    var reserved: [Rect] = []
    if legendInside, index == 0, let legend = figure.legend, !legend.isEmpty {
      let layout = LegendLayout(
        legend, width: frame.rect.width, isColumn: true, theme: theme, measurer: measurer)
      let corner = FreeCorner(layout.size, in: frame.rect, obstacles: drawing.obstacles)
      legendIsClear = corner.isClear
      inset = layout.elements(at: Point(corner.rect.minX, corner.rect.minY))
      reserved.append(corner.rect)
    }
    let labels = PanelLabels(
      panel.marks, drawing: drawing, avoiding: reserved, theme: theme, measurer: measurer)
    var elements = axes.grid + drawing.fills + axes.lines
    elements += drawing.ink(interruptedBy: labels.gaps)
    elements += inset + labels.elements + axes.labels
    let ends = EndLabels(panel.marks, frame: frame, theme: theme, measurer: measurer)
    elements += ends.elements
    if !panel.title.isEmpty {
      let block = panel.title.block(size: theme.titleSize, measurer: measurer)
      let origin = block.origin(
        at: Point(frame.rect.centre.x, frame.rect.minY - 4), horizontal: .centre,
        vertical: .bottom)
      elements += block.elements(origin: origin, color: theme.textColor)
    }
    result.scene.elements += elements
    result.labelOutlines.append(labels.outlines.map(\.corners))
    result.labelsLeftOut += labels.leftOut + ends.leftOut
  }

  /// Draws axis labels: once for all panels that share an axis, else one for each.
  private mutating func drawSharedLabels() {
    for group in metrics.xLabels(figure.panels, shape: shape, theme: theme) {
      guard let area = metrics.area(of: group.panels) else { continue }
      // Labels of neighbours must not meet in the gap between their panels.
      let isAlone = group.panels.count == shape.columns
      let room = area.width + (isAlone ? 30 : max(metrics.columnGap - 8, 0))
      let block = fitting(group, room: room)
      // A label wider than its panel stays on the page.
      let half = block.width / 2
      let x = min(max(area.centre.x, half + 1), result.scene.size.width - half - 1)
      let origin = block.origin(
        at: Point(x, group.position), horizontal: .centre, vertical: .top)
      result.scene.elements += block.elements(origin: origin, color: theme.textColor)
    }
    for group in metrics.yLabels(figure.panels, shape: shape, theme: theme) {
      guard let area = metrics.area(of: group.panels) else { continue }
      let block = fitting(group, room: area.height + 24)
      let half = block.width / 2
      let y = min(max(area.centre.y, half + 1), metrics.height - half - 1)
      let pivot = Point(group.position, y)
      let origin = block.origin(at: pivot, horizontal: .centre, vertical: .top)
      result.scene.elements += block.elements(
        origin: origin, angle: -.pi / 2, pivot: pivot, color: theme.textColor)
    }
  }

  /// The label, or its short form, or either in smaller type, whichever has room first.
  private func fitting(_ group: GridMetrics.LabelGroup, room: Double) -> TextBlock {
    let forms = [group.label] + (group.shortLabel.map { [$0] } ?? [])
    let sizes = [theme.labelSize, theme.tickSize, 6].filter { $0 <= theme.labelSize }
    let blocks = sizes.flatMap { size in
      forms.map { $0.block(size: size, measurer: measurer) }
    }
    return blocks.first { $0.width <= room } ?? blocks[blocks.count - 1]
  }
}
