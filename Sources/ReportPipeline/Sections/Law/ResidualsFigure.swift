import Plotting
import ScalingLaws

/// The relative error of each prediction against model size, sparsity and data: single runs where
/// they are few, else the means of groups over them.
package struct ResidualsFigure: SweepFigure {
  package static let name = "residuals"

  package var runs: [FigureRun]
  package var units: FigureUnits
  package var style: SweepStyle

  /// More runs than this are drawn as means of groups.
  package static let mostSingle = 60

  package init(runs: [FigureRun], units: FigureUnits, style: SweepStyle? = nil) {
    self.runs = runs
    self.units = units
    self.style = style ?? SweepStyle(runs)
  }

  init?(_ sweep: FigureSweep) {
    self.init(runs: sweep.concludingRuns, units: sweep.units, style: sweep.style)
  }

  package var isDrawable: Bool { runs.contains { $0.predicted != nil } }

  private var isGrouped: Bool { runs.count > Self.mostSingle }

  package var captionValues: TemplateValues { ["has_group_means": .flag(isGrouped)] }

  /// The mean error of the runs of one level and two standard errors, in per cent.
  struct GroupMean {
    var value: Double
    var mean: Double
    var standardError: Double
    /// By the rule of the report's residual trends.
    var isNotable: Bool { abs(mean) > ResidualTrend.notableErrors * standardError }

    init?(_ value: Double, _ errors: [Double]) {
      guard errors.count >= 4 else { return nil }
      let count = Double(errors.count)
      let mean = errors.reduce(0, +) / count
      let squares = errors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      self.value = value
      self.mean = mean
      standardError = (squares / (count - 1) / count).squareRoot()
    }
  }

  private func means(_ quantity: Quantity, _ shown: [FigureRun]) -> [GroupMean] {
    let series = style[quantity]
    return series.levels.indices.compactMap { level in
      GroupMean(
        series.levels[level],
        shown.filter { series.has($0, at: level) }.compactMap(\.relativeError).map { 100 * $0 })
    }
  }

  private static let mean = Marker(.circle, color: Palette.ink)
  private static let notable = Marker(.diamond, color: Palette.purple, scale: 1.25)

  package func figure() -> Figure {
    let shown = runs.filter { $0.predicted != nil }
    let quantities = [Quantity.size, .sparsity, .data].filter {
      $0 != .sparsity || style.sparsities.levels.count > 1
    }
    let groups = quantities.map { means($0, shown) }
    let panels = zip(quantities, groups).map { quantity, means -> Panel in
      var marks: [Mark] = [.rule(.zero)]
      if isGrouped {
        marks.append(
          .points(
            PointsMark(
              "runs",
              points: shown.compactMap { run in
                run.relativeError.map { DataPoint(quantity.value(run), 100 * $0) }
              }, marker: Marker(.circle, color: Palette.faint, scale: 0.5))))
        for isNotable in [false, true] {
          let members = means.filter { $0.isNotable == isNotable }
          guard !members.isEmpty else { continue }
          marks.append(
            .points(
              PointsMark(
                isNotable ? "mean, notable" : "mean",
                points: members.map {
                  DataPoint(
                    $0.value, $0.mean,
                    interval: ($0.mean - 2 * $0.standardError)...($0.mean + 2 * $0.standardError))
                }, marker: isNotable ? Self.notable : Self.mean)))
        }
      } else {
        marks += levelPoints(shown, series: style.sparsities) { run in
          run.relativeError.map { DataPoint(quantity.value(run), 100 * $0) }
        }
      }
      return Panel(
        x: quantity.axis(units, values: shown.map(quantity.value), padding: 0.08),
        y: Axis(
          "Predicted over measured \u{2212} 1 (%)", short: "Error (%)",
          includes: FigureRun.leastErrors, padding: 0.08),
        marks: marks)
    }
    return Figure(
      name: Self.name, panels: panels,
      arrangement: .grid(maxColumns: 3, sharesX: false, sharesY: true),
      legend: legend(groups.joined().contains(where: \.isNotable)), height: .medium)
  }

  private func legend(_ hasNotable: Bool) -> Legend {
    guard isGrouped else {
      return Legend([style.sparsities.legendGroup(lines: false)].compactMap { $0 })
    }
    var entries: [Legend.Entry] = [
      .init("run", .init(marker: Marker(.circle, color: Palette.faint, scale: 0.5))),
      .init("mean, two standard errors", .init(marker: Self.mean)),
    ]
    if hasNotable {
      entries.append(.init("more than three from zero", .init(marker: Self.notable)))
    }
    return Legend([Legend.Group(entries)])
  }
}
