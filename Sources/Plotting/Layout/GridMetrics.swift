/// The measured grid of a figure: where each panel's plotting area is, and with which ticks.
struct GridMetrics: Hashable, Sendable {
  /// An axis label that stands for several panels.
  struct LabelGroup: Hashable, Sendable {
    var label: RichText
    var shortLabel: RichText?
    var panels: [Int]
    /// The top of an x label, or the left edge of a turned y label.
    var position: Double
  }

  private(set) var frames: [PanelFrame] = []
  private(set) var xAxes: [AxisLayout] = []
  private(set) var yAxes: [AxisLayout] = []
  private(set) var xLabelGroups: [LabelGroup] = []
  private(set) var yLabelGroups: [LabelGroup] = []
  private(set) var height = 0.0

  /// The distance between plotting areas in a row.
  var columnGap: Double {
    zip(frames, frames.dropFirst()).map { $1.rect.minX - $0.rect.maxX }.filter { $0 > 0 }.min()
      ?? 0
  }

  /// The area that the panels' plots cover together.
  func area(of panels: [Int]) -> Rect? {
    guard let first = panels.first else { return nil }
    return panels.dropFirst().reduce(frames[first].rect) { $0.union(frames[$1].rect) }
  }

  private static let margin = 2.0
  private static let labelGap = 3.5

  init(
    _ figure: Figure, shape: GridShape, width: Double, maxHeight: Double, legendHeight: Double,
    theme: Theme, measurer: some TextMeasurer
  ) {
    let xDomains = GridMetrics.domains(figure, shape.sharesX, \.x) { $0.xValues }
    let yDomains = GridMetrics.domains(figure, shape.sharesY, \.y) { $0.yValues }
    let panels = figure.panels
    let labelHeight = theme.labelSize * 1.1
    let sharedXLabel = shape.sharesX && shape.columns > 1
    let sharedYLabel =
      GridMetrics.haveOneLabel(panels.map(\.y.label)) && shape.count > 1
      && shape.rows > 1 && shape.sharesY
    let hasYLabel = panels.contains { !$0.y.label.isEmpty }
    let hasTitle = panels.contains { !$0.title.isEmpty }
    let titleHeight = hasTitle ? theme.titleSize * 1.15 + 4 : theme.tickSize * 0.45

    var plotWidth = max(width / Double(shape.columns) - 30, 20)
    var heights = shape.weights.map { $0 / shape.weights[0] * plotWidth * figure.aspect }
    var lefts: [Double] = []
    var tops: [Double] = []
    // Ticks depend on lengths and margins on ticks: three rounds settle both.
    for _ in 0..<3 {
      xAxes = panels.indices.map { index in
        AxisLayout(
          panels[index].x, domain: xDomains[index], length: plotWidth, orientation: .horizontal,
          theme: theme, measurer: measurer)
      }
      yAxes = panels.indices.map { index in
        AxisLayout(
          panels[index].y, domain: yDomains[index], length: heights[shape.row(of: index)],
          orientation: .vertical, theme: theme, measurer: measurer)
      }
      // Horizontally: each column's left margin, one plot width, and the gap that numbers need.
      var leftMargins = [Double](repeating: 0, count: shape.columns)
      var overhangs = [(low: Double, high: Double)](
        repeating: (0, 0), count: shape.columns)
      for index in panels.indices {
        let column = shape.column(of: index)
        let over = xAxes[index].overhang(length: plotWidth)
        if shape.showsXLabels(index) {
          overhangs[column].low = max(overhangs[column].low, over.low)
          overhangs[column].high = max(overhangs[column].high, over.high)
        }
        var margin = 0.0
        if shape.showsYLabels(index) {
          margin = yAxes[index].labelWidth + theme.tickLength + AxesDrawing.labelGap
          if !sharedYLabel, !panels[index].y.label.isEmpty {
            margin += labelHeight + GridMetrics.labelGap
          }
        } else {
          margin = theme.tickLength
        }
        leftMargins[column] = max(leftMargins[column], margin)
      }
      if sharedYLabel, hasYLabel { leftMargins[0] += labelHeight + GridMetrics.labelGap }
      var used = GridMetrics.margin * 2
      var offsets: [Double] = []
      var previousHigh = 0.0
      for column in 0..<shape.columns {
        let gap = column == 0 ? 0 : theme.tickSize * 1.1
        let needed = max(leftMargins[column], overhangs[column].low)
        let before =
          column == 0
          ? needed : max(leftMargins[column] + gap, previousHigh + overhangs[column].low + gap)
        used += before
        offsets.append(before)
        previousHigh = overhangs[column].high
      }
      used += max(previousHigh, 1)
      plotWidth = max((width - used) / Double(shape.columns), 10)
      lefts = []
      var x = GridMetrics.margin
      for before in offsets {
        x += before
        lefts.append(x)
        x += plotWidth
      }
      // Vertically: the legend, then each row's title, plot, numbers and label.
      let numbers = theme.tickLength + AxesDrawing.labelGap + theme.tickSize * 0.95
      let below = (0..<shape.rows).map { row -> Double in
        let inRow = panels.indices.filter { shape.row(of: $0) == row }
        let hasNumbers = inRow.contains { shape.showsXLabels($0) && !xAxes[$0].ticks.isEmpty }
        let hasLabel = inRow.contains { shape.showsXLabels($0) && !panels[$0].x.label.isEmpty }
        var room = hasNumbers && inRow.count == shape.columns || !shape.sharesX ? numbers : 0
        if hasNumbers, row == shape.rows - 1 { room = numbers }
        if hasLabel, row == shape.rows - 1 || !shape.sharesX {
          room += labelHeight + GridMetrics.labelGap
        }
        return room + (row == shape.rows - 1 ? GridMetrics.margin : theme.tickSize * 0.6)
      }
      let legendRoom = legendHeight > 0 ? legendHeight + 6 : 0
      let fixed =
        GridMetrics.margin + legendRoom + titleHeight * Double(shape.rows) + below.reduce(0, +)
      let first = figure.panelHeight ?? plotWidth * figure.aspect
      let wanted = shape.weights.map { $0 / shape.weights[0] * first }
      let available = max(maxHeight - fixed, 20 * Double(shape.rows))
      let shrink = min(1, available / wanted.reduce(0, +))
      heights = wanted.map { $0 * shrink }
      tops = []
      var y = GridMetrics.margin + legendRoom
      for row in 0..<shape.rows {
        y += titleHeight
        tops.append(y)
        y += heights[row] + below[row]
      }
      height = y
    }
    frames = panels.indices.map { index in
      let rect = Rect(
        x: lefts[shape.column(of: index)], y: tops[shape.row(of: index)], width: plotWidth,
        height: heights[shape.row(of: index)])
      return PanelFrame(
        rect: rect, xScale: panels[index].x.scale, xDomain: xDomains[index],
        yScale: panels[index].y.scale, yDomain: yDomains[index])
    }
    groupLabels(
      panels, shape: shape, sharedX: sharedXLabel, sharedY: sharedYLabel, theme: theme)
  }

  private mutating func groupLabels(
    _ panels: [Panel], shape: GridShape, sharedX: Bool, sharedY: Bool, theme: Theme
  ) {
    let numbers = theme.tickLength + AxesDrawing.labelGap + theme.tickSize * 0.95
    let lowest = panels.indices.filter(shape.showsXLabels)
    if sharedX, let first = panels.first {
      let bottom = frames.map(\.rect.maxY).max() ?? 0
      let lastRow = panels.indices.filter { shape.row(of: $0) == 0 }
      xLabelGroups = [
        LabelGroup(
          label: first.x.label, shortLabel: first.x.shortLabel, panels: lastRow,
          position: bottom + numbers + GridMetrics.labelGap)
      ]
    } else {
      xLabelGroups = lowest.map { index in
        LabelGroup(
          label: panels[index].x.label, shortLabel: panels[index].x.shortLabel, panels: [index],
          position: frames[index].rect.maxY + numbers + GridMetrics.labelGap)
      }
    }
    if sharedY, let first = panels.first {
      yLabelGroups = [
        LabelGroup(
          label: first.y.label, shortLabel: first.y.shortLabel, panels: Array(panels.indices),
          position: GridMetrics.margin)
      ]
    } else {
      yLabelGroups = panels.indices.filter(shape.showsYLabels).map { index in
        // Labels of one column stand in line, whatever the width of each panel's numbers.
        let inColumn = panels.indices.filter { shape.column(of: $0) == shape.column(of: index) }
        let widest = inColumn.map { yAxes[$0].labelWidth }.max() ?? 0
        let offset =
          widest + theme.tickLength + AxesDrawing.labelGap + GridMetrics.labelGap
          + theme.labelSize * 1.1
        return LabelGroup(
          label: panels[index].y.label, shortLabel: panels[index].y.shortLabel, panels: [index],
          position: frames[index].rect.minX - offset)
      }
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

  private static func haveOneLabel(_ labels: [RichText]) -> Bool {
    labels.dropFirst().allSatisfy { $0 == labels.first }
  }
}
