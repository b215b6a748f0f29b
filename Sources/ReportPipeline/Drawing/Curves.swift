import Plotting

/// The marks of a curve: solid where data stand behind it, dashed where it is extrapolated.
///
/// - Parameters:
///   - points: in the order of the curve.
///   - isInside: whether runs surround a point of the curve.
func curve(
  _ name: String, _ points: [DataPoint], style: LineStyle, label: LineLabel? = nil,
  isInside: (DataPoint) -> Bool
) -> [Mark] {
  var pieces: [(isInside: Bool, points: [DataPoint])] = []
  let inside = points.map(isInside)
  for index in points.indices.dropLast() {
    let both = inside[index] && inside[index + 1]
    if let last = pieces.last, last.isInside == both {
      pieces[pieces.count - 1].points.append(points[index + 1])
    } else {
      pieces.append((both, [points[index], points[index + 1]]))
    }
  }
  // A label stands at the end of the curve, or else on its longest piece.
  let longest = pieces.indices.max { pieces[$0].points.count < pieces[$1].points.count }
  let labelled = label?.placement == .end ? pieces.indices.last : longest
  return pieces.enumerated().map { index, piece in
    var style = style
    style.dash = piece.isInside ? .solid : .dashed
    return .line(
      LineMark(
        piece.isInside ? name : "\(name), beyond the data", points: piece.points, style: style,
        label: index == labelled ? label : nil))
  }
}

extension Scale {
  /// Even samples of a domain and the values in it at which a curve changes its dash.
  func samples(in domain: ClosedRange<Double>, count: Int, including more: [Double]) -> [Double] {
    let all = samples(in: domain, count: count) + more.filter(domain.contains)
    return all.sorted().reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }
}

extension FigureRun {
  /// The most fitted runs, and the most held-out ones, that a figure draws one by one.
  static let mostDrawn = 500
  /// Of those that the law misses most, these many are always drawn.
  static let mostMissed = 10
}

extension [FigureRun] {
  /// The runs that a figure draws: of too many an even choice by loss and those that the law misses
  /// most, in their order.
  var drawn: [FigureRun] {
    let chosen = [false, true].flatMap { isHeldOut -> [Int] in
      let own = indices.filter { self[$0].isHeldOut == isHeldOut }
      guard own.count > FigureRun.mostDrawn else { return own }
      let byLoss = own.sorted { (self[$0].loss, $0) < (self[$1].loss, $1) }
      let missed = own.sorted {
        (abs(self[$1].relativeError ?? 0), $0) < (abs(self[$0].relativeError ?? 0), $1)
      }
      return evenChoice(FigureRun.mostDrawn, of: own.count).map { byLoss[$0] }
        + missed.prefix(FigureRun.mostMissed)
    }
    return Set(chosen).sorted().map { self[$0] }
  }

  /// What a caption says where not all of them are drawn.
  var drawnValues: TemplateValues {
    let drawn = drawn.count
    return [
      "has_runs_left_out": .flag(drawn < count), "runs_drawn": .text(NumberText.count(drawn)),
      "runs_all": .text(NumberText.count(count)),
    ]
  }

  /// Runs that differ in their seed alone as one, with the mean of their losses and the range.
  var merged: [(run: FigureRun, range: ClosedRange<Double>?)] {
    func rounded(_ value: Double) -> Double { (Scale.log10.position(of: value) * 2000).rounded() }
    return groups { [rounded($0.n), rounded(1 - $0.sparsity), rounded($0.d)] }.map { _, runs in
      var run = runs[0]
      run.loss = runs.reduce(0) { $0 + $1.loss } / Double(runs.count)
      let losses = runs.map(\.loss).sorted()
      return (run, runs.count > 1 ? losses[0]...losses[losses.count - 1] : nil)
    }
  }
}

/// The points of runs, a mark for each level of a quantity, held-out runs hollow and on top.
///
/// - Parameter isShown: whether the legend or the axis names the levels.
func levelPoints(
  _ runs: [FigureRun], series: Series, scale: Double = 1, _ point: (FigureRun) -> DataPoint?
) -> [Mark] {
  [false, true].flatMap { isHeldOut in
    let groups = Dictionary(grouping: runs.filter { $0.isHeldOut == isHeldOut }) {
      series.index(of: series.quantity.value($0))
    }
    return series.levels.indices.compactMap { level -> Mark? in
      let points = (groups[level] ?? []).compactMap(point)
      guard !points.isEmpty else { return nil }
      return .points(
        PointsMark(
          series.label(level, isHeldOut ? "held out" : series.isDense ? "measured" : ""),
          points: points,
          marker: series.marker(level, isHollow: isHeldOut, scale: scale)))
    }
  }
}

extension Legend.Group {
  /// The entry that explains hollow markers.
  static let heldOut = Legend.Group([
    .init("held out", .init(marker: Marker(.circle, color: Palette.reference, isHollow: true)))
  ])

  /// The entry that explains the shaded part of training.
  static let pruning = Legend.Group([.init("pruning", .init(fill: SpanMark.pruning))])

  /// The entry that explains dashed curves.
  static let beyondData = Legend.Group([
    .init("beyond the data", .init(line: LineStyle(Palette.reference, dash: .dashed)))
  ])
}

extension SpanMark {
  /// The shade of the part of training in which sparsity grows.
  static let pruning = Color.gray(0.93)
}

extension RuleMark {
  /// The line of no error.
  static let zero = RuleMark(
    "zero", .horizontal, at: 0, style: LineStyle(Palette.reference, scale: 0.7))
}

/// What an axis shows of values with intervals: all values, and of intervals no more than a
/// reader can use.
///
/// The interval of a weakly determined number may reach over tens of decades and would press
/// everything else into a line. It is then cut at the frame.
struct RobustRange {
  private(set) var shown: [Double] = []

  /// - Parameters:
  ///   - points: Values and their intervals.
  ///   - reach: How many times beyond the outermost values intervals are followed.
  init(_ points: [DataPoint], reach: Double) {
    let values = readable(points.map(\.y).filter(\.isFinite))
    guard let low = values.min(), let high = values.max() else { return }
    let (least, most) = (low > 0 ? low / reach : low * reach, high > 0 ? high * reach : high)
    let ends = points.compactMap(\.interval).flatMap { [$0.lowerBound, $0.upperBound] }
    shown = values + ends.filter { !$0.isNaN }.map { min(max($0, least), most) }
  }
}

extension Axis {
  /// The training budget, over the budgets that the runs of each accounting had.
  static func chinchillaMultiples(_ domain: ClosedRange<Double>) -> Axis {
    Axis(
      "Training compute, multiple of Chinchilla", short: "Multiple of Chinchilla",
      scale: .log10, domain: domain)
  }
}

/// From a tenth of Chinchilla compute to a hundred times, and further where runs are.
func multiplesDomain(covering covered: [ClosedRange<Double>?]) -> ClosedRange<Double> {
  let covered = covered.compactMap { $0 }
  let low = covered.map(\.lowerBound).min() ?? 0.1
  let high = covered.map(\.upperBound).max() ?? 100
  return max(min(low, 0.1), 1e-3)...min(max(high, 100), 1e4)
}

/// The positive values that one logarithmic axis can show: those within fifteen decades of their
/// median. What does not follow from the runs at all may lie hundreds of decades away; all values
/// where some are not positive.
func readable(_ values: [Double]) -> [Double] {
  guard !values.isEmpty, values.allSatisfy({ $0 > 0 }) else { return values }
  let places = values.map(Scale.log10.position)
  let middle = places.sorted()[places.count / 2]
  return zip(values, places).filter { abs($0.1 - middle) <= 15 }.map(\.0)
}
