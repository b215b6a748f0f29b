import Plotting
import RunLogs

/// Measured losses and the law along one of its quantities: small multiples by a second, a curve
/// for each level of the third.
package struct LossCurves: Sendable {
  var name: String
  var runs: [FigureRun]
  var units: FigureUnits
  var style: SweepStyle
  var law: LossFunction?
  /// The quantity along x.
  var along: Quantity
  /// The quantity that tells curves apart.
  var by: Quantity
  /// The quantity that tells panels apart.
  var panels: Quantity
  var mostPanels = 6
  var height = FigureHeight.large
  /// Whether curves are named at their ends though they are few enough to be listed.
  var isNamedAtEnds = false
  /// What its caption concludes.
  var effect: LossEffect?
  /// Further marks of the panel of a level.
  var extra: @Sendable (_ panel: Int) -> [Mark] = { _ in [] }

  /// The levels that have a panel: those with the most runs.
  var shown: [Int] { style.mostCovered(panels, by: runs, most: mostPanels) }

  /// The levels without one, as a caption lists them.
  var leftOut: [String] {
    let shown = shown
    return style[panels].levels.indices.filter { !shown.contains($0) }.map(style[panels].name)
  }

  /// The levels that have a curve and a marker; a run has those of the nearest.
  var series: Series { style[by].readable }

  func figure() -> Figure {
    let shown = shown
    let unit = panels == .data && !units.data.isEmpty ? " \(units.data)" : ""
    let drawn = shown.map { level -> Panel in
      var panel = panel(level)
      if !style[panels].isDense {
        panel.title = "\(panels.symbol) = \(style[panels].name(level) + unit)"
      }
      return panel
    }
    let groups = [
      series.legendGroup(unit: by == .data ? units.data : "", lines: law != nil), .heldOut,
      .beyondData,
    ].compactMap { $0 }
    return Figure(
      name: name, panels: drawn,
      arrangement: drawn.count == 1
        ? .single : .grid(maxColumns: drawn.count == 4 ? 4 : 3, sharesX: true, sharesY: true),
      legend: Legend(groups), height: height)
  }

  /// The panel of one level, without a title.
  func panel(_ level: Int) -> Panel {
    let series = series
    let members = runs.filter { style[panels].has($0, at: level) }
    let drawn = runs.drawn.filter { style[panels].has($0, at: level) }
    let values = runs.map(along.value)
    var x = along.axis(units, values: along == .sparsity ? values + [0] : [], padding: 0.06)
    let domain = x.scale.domain(
      covering: values + (along == .sparsity ? [0, 0.25] : []), padding: 0)
    x.domain = along.scale.domain(covering: [domain.lowerBound, domain.upperBound], padding: 0.05)
    var curves: [Mark] = []
    var points: [Mark] = []
    for index in series.levels.indices.reversed() {
      let own = members.filter { series.has($0, at: index) }
      guard !own.isEmpty else { continue }
      if let law {
        let fitted = own.filter { !$0.isHeldOut }.map(along.value)
        let ends = [fitted.min(), fitted.max()].compactMap { $0 }
        let xs = x.scale.samples(in: domain, count: 40, including: ends).filter {
          along != .sparsity || $0 >= 0
        }
        curves += curve(
          series.label(index, "law"),
          xs.map { value in
            func at(_ quantity: Quantity) -> Double {
              if quantity == along { return value }
              return quantity == by ? series.levels[index] : style[quantity].levels[level]
            }
            return DataPoint(value, law(at(.sparsity), at(.size), at(.data)))
          }, style: LineStyle(series.color(index), scale: 0.8),
          label: (isNamedAtEnds || series.levels.count > Series.mostListed) && !series.isDense
            ? LineLabel(RichText(plain: series.name(index)), .end) : nil
        ) { point in ends.count == 2 && ends[0] <= point.x && point.x <= ends[1] }
      }
    }
    for isHeldOut in [false, true] {
      for index in series.levels.indices.reversed() {
        let own = drawn.filter { series.has($0, at: index) && $0.isHeldOut == isHeldOut }
        guard !own.isEmpty else { continue }
        points.append(
          .points(
            PointsMark(
              series.label(index, isHeldOut ? "held out" : "measured"),
              points: own.merged.map {
                DataPoint(along.value($0.run), $0.run.loss, interval: $0.range)
              },
              marker: series.marker(
                index, isHollow: isHeldOut, scale: drawn.count > 100 ? 0.7 : 1))))
      }
    }
    return Panel(
      x: x,
      y: Axis(units.lossLabel, short: units.shortLossLabel, scale: .log10, padding: 0.05),
      marks: curves + points + extra(level))
  }
}
