/// The measured grid of a figure: where each panel's plotting area is, and with which ticks.
struct GridMetrics: Hashable, Sendable {
  private(set) var frames: [PanelFrame] = []
  private(set) var xAxes: [AxisLayout] = []
  private(set) var yAxes: [AxisLayout] = []
  /// Height of the whole figure in points.
  private(set) var height = 0.0
  /// The room of the cells that no panel takes; empty where there are none.
  private(set) var freeCells = Rect(minX: 0, minY: 0, maxX: 0, maxY: 0)

  static let margin = 2.0
  static let labelGap = 3.5

  init(
    _ figure: Figure, shape: GridShape, preset: Preset, legendHeight: Double,
    measurer: some TextMeasurer
  ) {
    let panels = figure.panels
    let (theme, width) = (preset.theme, preset.width)
    let endRoom = panels.map { $0.endLabelRoom(theme, measurer: measurer) }
    let xDomains = GridMetrics.domains(figure, shape.sharesX, \.x) { $0.xValues }
    let yDomains = GridMetrics.domains(figure, shape.sharesY, \.y) { $0.yValues }
    var columns = Columns(plotWidth: max(width / Double(shape.columns) - 30, 20))
    var rows = Rows(heights: shape.weights.map { $0 / shape.weights[0] * columns.plotWidth })
    // Ticks depend on lengths and margins on ticks: three rounds settle both.
    for _ in 0..<3 {
      xAxes = panels.indices.map { index in
        AxisLayout(
          panels[index].x, domain: xDomains[index], length: columns.plotWidth,
          orientation: .horizontal, theme: theme, measurer: measurer)
      }
      yAxes = panels.indices.map { index in
        AxisLayout(
          panels[index].y, domain: yDomains[index], length: rows.heights[shape.row(of: index)],
          orientation: .vertical, theme: theme, measurer: measurer)
      }
      columns = self.columns(
        panels, shape: shape, width: width, plotWidth: columns.plotWidth, endRoom: endRoom,
        theme: theme)
      rows = self.rows(
        figure, shape: shape, preset: preset, legendHeight: legendHeight)
    }
    height = rows.end
    if shape.rows * shape.columns > panels.count, let top = rows.tops.last,
      let left = columns.lefts.dropFirst(panels.count % shape.columns).first,
      let right = columns.lefts.last, let tall = rows.heights.last
    {
      // Numbers of the panels above stand at its top.
      let numbers = shape.sharesX ? GridMetrics.numbersHeight(theme) : 0
      freeCells = Rect(
        minX: left, minY: top + numbers, maxX: right + columns.plotWidth, maxY: top + tall)
    }
    frames = panels.indices.map { index in
      let (row, column) = (shape.row(of: index), shape.column(of: index))
      let rect = Rect(
        x: columns.lefts[column], y: rows.tops[row], width: columns.plotWidth,
        height: rows.heights[row])
      return PanelFrame(
        rect: rect, xScale: panels[index].x.scale, xDomain: xDomains[index],
        yScale: panels[index].y.scale, yDomain: yDomains[index])
    }
  }

  /// The range of each panel's axis, which is one for all where they share it.
  private static func domains(
    _ figure: Figure, _ isShared: Bool, _ axis: KeyPath<Panel, Axis>, _ values: (Mark) -> [Double]
  ) -> [ClosedRange<Double>] {
    guard isShared, let first = figure.panels.first else {
      return figure.panels.map { $0[keyPath: axis].resolvedDomain(of: $0.marks.flatMap(values)) }
    }
    let all = figure.panels.flatMap { $0.marks.flatMap(values) + $0[keyPath: axis].includes }
    let domain = first[keyPath: axis].resolvedDomain(of: all)
    return figure.panels.map { _ in domain }
  }
}

// MARK: Columns

extension GridMetrics {
  /// Where the columns' plotting areas are.
  private struct Columns {
    var plotWidth: Double
    var lefts: [Double] = []
  }

  /// Each column's margin for numbers and label, and equal plots in what is left of the width.
  private func columns(
    _ panels: [Panel], shape: GridShape, width: Double, plotWidth: Double, endRoom: [Double],
    theme: Theme
  ) -> Columns {
    let labelRoom = theme.labelSize * 1.1 + GridMetrics.labelGap
    let sharesLabel = GridMetrics.sharesYLabel(panels, shape)
    var margins = [Double](repeating: 0, count: shape.columns)
    var overhangs = [(low: Double, high: Double)](repeating: (0, 0), count: shape.columns)
    for index in panels.indices {
      let column = shape.column(of: index)
      if shape.showsXLabels(index) {
        let over = xAxes[index].overhang(length: plotWidth)
        overhangs[column].low = max(overhangs[column].low, over.low)
        overhangs[column].high = max(overhangs[column].high, over.high)
      }
      overhangs[column].high = max(overhangs[column].high, endRoom[index])
      var margin = theme.tickLength
      if shape.showsYLabels(index) {
        margin += yAxes[index].labelWidth + AxesDrawing.labelGap
        if !sharesLabel, !panels[index].y.label.isEmpty { margin += labelRoom }
      }
      margins[column] = max(margins[column], margin)
    }
    if sharesLabel { margins[0] += labelRoom }
    var spaces: [Double] = []
    for column in 0..<shape.columns {
      let low = overhangs[column].low
      guard column > 0 else {
        spaces.append(max(margins[column], low))
        continue
      }
      // Numbers at the ends of neighbouring axes must not read as one.
      let gap = theme.tickSize * 1.1
      let ends = endRoom.indices.filter { shape.column(of: $0) == column - 1 }.map { endRoom[$0] }
      spaces.append(
        gap + max(margins[column] + (ends.max() ?? 0), overhangs[column - 1].high + low))
    }
    let end = max(overhangs.last?.high ?? 0, 1)
    let used = 2 * GridMetrics.margin + spaces.reduce(0, +) + end
    var result = Columns(plotWidth: max((width - used) / Double(shape.columns), 10))
    var x = GridMetrics.margin
    for space in spaces {
      x += space
      result.lefts.append(x)
      x += result.plotWidth
    }
    return result
  }
}

// MARK: Rows

extension GridMetrics {
  /// Where the rows' plotting areas are.
  private struct Rows {
    var heights: [Double]
    var tops: [Double] = []
    /// The bottom of the figure.
    var end = 0.0
  }

  /// From the top: the legend, then each row's title, plot, numbers and axis label.
  private func rows(
    _ figure: Figure, shape: GridShape, preset: Preset, legendHeight: Double
  ) -> Rows {
    let (panels, theme) = (figure.panels, preset.theme)
    let hasTitle = panels.contains { !$0.title.isEmpty }
    let titleHeight = hasTitle ? theme.titleSize * 1.15 + 4 : theme.tickSize * 0.45
    let below = (0..<shape.rows).map { row -> Double in
      let isLast = row == shape.rows - 1
      // A title stands closer to its own panel than to the one above.
      var room = isLast ? GridMetrics.margin : theme.tickSize * (hasTitle ? 1.1 : 0.6)
      guard isLast || !shape.sharesX else { return room }
      let members = panels.indices.filter {
        shape.row(of: $0) == row || isLast && shape.showsXLabels($0)
      }
      if members.contains(where: { !xAxes[$0].ticks.isEmpty }) {
        room += GridMetrics.numbersHeight(theme)
      }
      if members.contains(where: { !panels[$0].x.label.isEmpty }) {
        room += theme.labelSize * 1.1 + GridMetrics.labelGap
      }
      return room
    }
    let legendRoom = legendHeight > 0 ? legendHeight + 6 : 0
    let fixed =
      GridMetrics.margin + legendRoom + titleHeight * Double(shape.rows) + below.reduce(0, +)
    // A stack is one plot in parts, and as high as one.
    let heightRows = figure.arrangement.isStack ? 1 : shape.rows
    let wanted =
      figure.panelHeight.map { $0 * Double(shape.rows) + fixed }
      ?? preset.height(figure.height, rows: heightRows)
    let available = max(min(wanted, preset.maxHeight) - fixed, 20 * Double(shape.rows))
    let unit = available / shape.weights.reduce(0, +)
    var result = Rows(heights: shape.weights.map { $0 * unit })
    var y = GridMetrics.margin + legendRoom
    for row in 0..<shape.rows {
      y += titleHeight
      result.tops.append(y)
      y += result.heights[row] + below[row]
    }
    result.end = y
    return result
  }
}
