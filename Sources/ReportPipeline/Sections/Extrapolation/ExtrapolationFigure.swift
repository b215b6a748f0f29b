import Plotting

/// Each held-out run: what was measured, what the law predicts without it, and the error.
package struct ExtrapolationFigure: SweepFigure {
  package static let name = "extrapolation"

  /// The runs that were held out, with predictions; others are passed over.
  package var runs: [FigureRun]
  package var units: FigureUnits

  package init(runs: [FigureRun], units: FigureUnits) {
    self.runs = runs
    self.units = units
  }

  init?(_ sweep: FigureSweep) {
    self.init(runs: sweep.runs.filter(\.isHeldOut), units: sweep.units)
  }

  /// More rows would leave no room for their names in print.
  package static let mostRuns = 24

  /// Where there are too many, an even choice by size, sparsity and data that keeps the first, the
  /// last and the one with the largest error.
  private var shown: [FigureRun] {
    let all = runs.filter { $0.isHeldOut && $0.predicted != nil }
    // By nominal values: counts of weights differ between sparsities by a rounding.
    let style = SweepStyle(all)
    func place(_ run: FigureRun) -> (Int, Int, Int, String) {
      (
        style.sizes.index(of: run.n) ?? 0, style.sparsities.index(of: run.sparsity) ?? 0,
        style.amounts.index(of: run.d) ?? 0, run.name
      )
    }
    let ordered = all.sorted { place($0) < place($1) }
    let most = Self.mostRuns
    guard ordered.count > most else { return ordered }
    func error(_ index: Int) -> Double { abs(ordered[index].relativeError ?? 0) }
    var chosen = evenChoice(most, of: ordered.count)
    if let worst = ordered.indices.max(by: { error($0) < error($1) }), !chosen.contains(worst) {
      // In place of its neighbour, but never of an end.
      let neighbour = (1..<(most - 1)).min { abs(chosen[$0] - worst) < abs(chosen[$1] - worst) }
      chosen[neighbour ?? 1] = worst
    }
    return chosen.map { ordered[$0] }
  }

  package var isDrawable: Bool { !shown.isEmpty }

  package func figure() -> Figure {
    let shown = self.shown
    let rows = shown.indices.map { Double(shown.count - 1 - $0) }
    let isDense = Series(.sparsity, runs.map(\.sparsity)).isDense
    let quantities: [Quantity] = isDense ? [.size, .data] : [.size, .sparsity, .data]
    var seen: [String: Int] = [:]
    let names = shown.map { run -> RichText in
      let name = quantities.map { $0.text($0.value(run)) }.joined(separator: ", ")
      seen[name, default: 0] += 1
      // Runs of one setting are told apart by number.
      let count = seen[name] ?? 1
      return RichText(plain: count == 1 ? name : "\(name) (\(count))")
    }
    let y = Axis(
      isDense ? "*N*, *D* of held-out run" : "*N*, *S*, *D* of held-out run",
      domain: -0.6...(Double(shown.count) - 0.4),
      ticks: .labelled(rows, names))
    let predicted = Marker(.diamond, color: Palette.gold)
    let measured = Marker(.circle, color: Palette.ink, isHollow: true)
    let losses = Panel(
      x: Axis(units.lossLabel, short: units.shortLossLabel, scale: .log10, padding: 0.06), y: y,
      marks: [
        .points(
          PointsMark(
            "predicted",
            points: zip(shown, rows).map {
              DataPoint($0.predicted ?? .nan, $1, interval: $0.interval)
            }, marker: predicted, intervals: .horizontal)),
        .points(
          PointsMark(
            "measured", points: zip(shown, rows).map { DataPoint($0.loss, $1) }, marker: measured)
        ),
      ])
    let errors = Panel(
      x: Axis("Error of prediction (%)", short: "Error (%)", includes: [0], padding: 0.08), y: y,
      marks: [
        .rule(RuleMark("zero", .vertical, at: 0, style: RuleMark.zero.style)),
        .points(
          PointsMark(
            "error",
            points: zip(shown, rows).map { run, row in
              DataPoint(
                100 * (run.relativeError ?? .nan), row,
                interval: run.interval.map { interval in
                  let low = 100 * (interval.lowerBound / run.loss - 1)
                  let high = 100 * (interval.upperBound / run.loss - 1)
                  return low...high
                })
            }, marker: predicted, intervals: .horizontal)),
      ])
    let hasIntervals = shown.contains { $0.interval != nil }
    let legend = Legend([
      Legend.Group([
        .init("measured", .init(marker: measured)),
        .init(
          hasIntervals ? "predicted, with 95\u{2009}% interval" : "predicted",
          .init(marker: predicted)),
      ])
    ])
    return Figure(
      name: Self.name, panels: [losses, errors],
      arrangement: .grid(maxColumns: 2, sharesX: false, sharesY: true), legend: legend,
      panelHeight: max(12 * Double(shown.count) + 10, 60))
  }
}
