/// The numbers of a figure, one row for each point that it draws.
public struct FigureTable: Hashable, Sendable {
  public struct Row: Hashable, Sendable {
    /// The panel's title, or its axes where it has none.
    public var panel: String
    public var series: String
    public var x: Double
    public var y: Double
    public var interval: ClosedRange<Double>?
  }

  public var rows: [Row]

  public static let columns = ["panel", "series", "x", "y", "low", "high"]
}

extension Figure {
  /// What the figure shows, as numbers.
  public var table: FigureTable {
    FigureTable(
      rows: panels.flatMap { panel in
        let name = panel.title.isEmpty ? panel.x.label.plainText : panel.title.plainText
        return panel.marks.flatMap { mark in
          mark.tableRows.map { series, point in
            FigureTable.Row(
              panel: name, series: series, x: point.x, y: point.y, interval: point.interval)
          }
        }
      })
  }
}

extension Mark {
  fileprivate var tableRows: [(String, DataPoint)] {
    switch self {
    case .line(let mark): mark.points.map { (mark.name, $0) }
    case .band(let mark): mark.points.map { (mark.name, $0) }
    case .points(let mark): mark.points.map { (mark.name, $0) }
    case .region(let mark): mark.outline.map { (mark.name, $0) }
    case .rule(let mark):
      [
        (
          mark.name,
          mark.direction == .vertical
            ? DataPoint(mark.value, .nan) : DataPoint(.nan, mark.value)
        )
      ]
    case .span(let mark):
      [mark.range.lowerBound, mark.range.upperBound].map { end in
        (mark.name, mark.axis == .horizontal ? DataPoint(end, .nan) : DataPoint(.nan, end))
      }
    case .text: []
    }
  }
}
