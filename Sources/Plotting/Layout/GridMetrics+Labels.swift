extension GridMetrics {
  /// An axis label, which may stand for several panels.
  struct LabelGroup: Hashable, Sendable {
    var label: RichText
    var shortLabel: RichText?
    var panels: [Int]
    /// The top of an x label, or the left edge of a turned y label.
    var position: Double
  }

  /// Height of ticks and numbers under an axis.
  static func numbersHeight(_ theme: Theme) -> Double {
    theme.tickLength + AxesDrawing.labelGap + theme.tickSize * 0.95
  }

  /// Whether one y label serves several rows.
  static func sharesYLabel(_ panels: [Panel], _ shape: GridShape) -> Bool {
    shape.sharesY && shape.rows > 1 && !(panels.first?.y.label.isEmpty ?? true)
      && panels.dropFirst().allSatisfy { $0.y.label == panels.first?.y.label }
  }

  /// The x labels: one below all panels that share the axis, else one for each.
  func xLabels(_ panels: [Panel], shape: GridShape, theme: Theme) -> [LabelGroup] {
    let below = GridMetrics.numbersHeight(theme) + GridMetrics.labelGap
    if shape.sharesX, shape.columns > 1, let axis = panels.first?.x {
      let bottom = frames.map(\.rect.maxY).max() ?? 0
      return [
        LabelGroup(
          label: axis.label, shortLabel: axis.shortLabel,
          panels: panels.indices.filter { shape.row(of: $0) == 0 }, position: bottom + below)
      ]
    }
    return panels.indices.filter(shape.showsXLabels).map { index in
      LabelGroup(
        label: panels[index].x.label, shortLabel: panels[index].x.shortLabel, panels: [index],
        position: frames[index].rect.maxY + below)
    }
  }

  /// The y labels: one beside all rows that share the axis, else one for each panel with numbers.
  func yLabels(_ panels: [Panel], shape: GridShape, theme: Theme) -> [LabelGroup] {
    if GridMetrics.sharesYLabel(panels, shape), let axis = panels.first?.y {
      return [
        LabelGroup(
          label: axis.label, shortLabel: axis.shortLabel, panels: Array(panels.indices),
          position: GridMetrics.margin)
      ]
    }
    return panels.indices.filter(shape.showsYLabels).map { index in
      // Labels of one column stand in line, whatever the width of each panel's numbers.
      let inColumn = panels.indices.filter { shape.column(of: $0) == shape.column(of: index) }
      let numbers = inColumn.map { yAxes[$0].labelWidth }.max() ?? 0
      let offset =
        numbers + theme.tickLength + AxesDrawing.labelGap + GridMetrics.labelGap
        + theme.labelSize * 1.1
      return LabelGroup(
        label: panels[index].y.label, shortLabel: panels[index].y.shortLabel, panels: [index],
        position: frames[index].rect.minX - offset)
    }
  }

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
}
