extension Mark {
  /// The values of x that the axis must show.
  var xValues: [Double] {
    switch self {
    case .line(let mark): mark.points.map(\.x)
    case .band(let mark): mark.points.map(\.x)
    case .points(let mark):
      mark.points.map(\.x)
        + (mark.intervals == .horizontal ? mark.points.flatMap(\.intervalEnds) : [])
    case .region(let mark): mark.extendsAxes ? mark.outline.map(\.x) : []
    case .rule(let mark): mark.direction == .vertical ? [mark.value] : []
    case .span, .text: []
    }
  }

  /// The values of y, ends of intervals included, that the axis must show.
  var yValues: [Double] {
    switch self {
    case .line(let mark): mark.points.map(\.y)
    case .band(let mark): mark.points.flatMap(\.intervalEnds)
    case .points(let mark):
      mark.points.map(\.y)
        + (mark.intervals == .vertical ? mark.points.flatMap(\.intervalEnds) : [])
    case .region(let mark): mark.extendsAxes ? mark.outline.map(\.y) : []
    case .rule(let mark): mark.direction == .horizontal ? [mark.value] : []
    case .span, .text: []
    }
  }
}

extension DataPoint {
  fileprivate var intervalEnds: [Double] {
    interval.map { [$0.lowerBound, $0.upperBound] } ?? []
  }
}
