import Plotting
import ScalingLaws

/// The relative error of each prediction against model size, sparsity and data: single runs where
/// they are few, else the means of groups over them.
package struct ResidualsFigure: SweepFigure {
  package static let name = "residuals"
  static let concludes = false

  /// Those with a prediction.
  package let runs: [FigureRun]
  package let units: FigureUnits
  package let style: SweepStyle
  private let quantities: [Quantity]
  /// The mean errors of levels or groups along each quantity.
  private let trends: [ResidualTrend]

  /// More runs than this are drawn as means of groups.
  package static let mostSingle = 60
  /// The groups of the runs where a quantity has more levels than a figure can show.
  private static let bins = 12

  package init(runs: [FigureRun], units: FigureUnits, style: SweepStyle? = nil) {
    let runs = runs.filter { $0.predicted != nil }
    let style = style ?? SweepStyle(runs)
    (self.runs, self.units, self.style) = (runs, units, style)
    quantities = [.size, .sparsity, .data].filter {
      $0 != .sparsity || style.sparsities.levels.count > 1
    }
    trends = ResidualTrend.of(
      quantities.flatMap { Self.groups($0, of: runs, style) },
      relativeErrors: runs.map { $0.relativeError ?? .nan },
      clusters: runs.map { run in
        [Quantity.size, .sparsity].map { style[$0].index(of: $0.value(run)) }
      })
  }

  init?(_ sweep: FigureSweep) {
    self.init(runs: sweep.concludingRuns, units: sweep.units, style: sweep.style)
  }

  package var isDrawable: Bool { !runs.isEmpty }

  private var isGrouped: Bool { runs.count > Self.mostSingle }

  private static func isBinned(_ quantity: Quantity, _ count: Int, _ style: SweepStyle) -> Bool {
    count > mostSingle && style[quantity].levels.count > Series.mostDrawn
  }

  /// The runs of each level, or equal shares of them in the order of the quantity.
  private static func groups(
    _ quantity: Quantity, of runs: [FigureRun], _ style: SweepStyle
  ) -> [ResidualTrend.Group] {
    let series = style[quantity]
    guard isBinned(quantity, runs.count, style) else {
      let byLevel = Dictionary(grouping: runs.indices) {
        series.index(of: quantity.value(runs[$0]))
      }
      return series.levels.indices.map {
        .init(axis: quantity.axis, value: series.levels[$0], members: byLevel[$0] ?? [])
      }
    }
    let sorted = runs.indices.sorted { quantity.value(runs[$0]) < quantity.value(runs[$1]) }
    return (0..<bins).map { bin in
      let members = sorted[(bin * sorted.count / bins)..<((bin + 1) * sorted.count / bins)]
      let middle = runs[members[members.startIndex + members.count / 2]]
      return .init(axis: quantity.axis, value: quantity.value(middle), members: Array(members))
    }
  }

  package var captionValues: TemplateValues {
    let worst = trends.max {
      abs($0.mean / $0.standardError) < abs($1.mean / $1.standardError)
    }
    let squares = runs.compactMap(\.relativeError).map { $0 * $0 }
    let rms = (squares.reduce(0, +) / Double(max(squares.count, 1))).squareRoot()
    func isBinned(_ quantity: Quantity) -> Bool { Self.isBinned(quantity, runs.count, style) }
    let level = worst.flatMap { worst in
      quantities.first { $0.axis == worst.axis }.map { quantity in
        "\(quantity.symbol.plainText) \(isBinned(quantity) ? "about" : "=") "
          + quantity.text(worst.value)
      }
    }
    return runs.drawnValues.appending([
      "has_levels": .flag(!trends.isEmpty),
      "has_bins": .flag(quantities.contains(where: isBinned)),
      "has_group_means": .flag(isGrouped && !trends.isEmpty),
      "has_notable_levels": .flag(trends.contains(where: \.isNotable)),
      "residual_rms": .text(NumberText.percent(rms)),
      "worst_level": .text(level ?? ""),
      "worst_level_error": .text(
        worst.map { withInterval($0.mean, $0.error.interval, .signedPercent(2)) } ?? ""),
      "notable_levels": .text(NumberText.count(trends.count(where: \.isNotable))),
      "all_levels": .text(NumberText.count(trends.count)),
    ])
  }

  private static let run = Marker(.circle, color: Palette.faint, scale: 0.5)
  private static let mean = Marker(.circle, color: Palette.ink)
  private static let notable = Marker(.diamond, color: Palette.purple, scale: 1.25)

  package func figure() -> Figure {
    let drawn = runs.drawn
    let panels = quantities.map { quantity -> Panel in
      var marks: [Mark] = [.rule(.zero)]
      if isGrouped {
        marks.append(
          .points(
            PointsMark(
              "runs",
              points: drawn.compactMap { run in
                run.relativeError.map { DataPoint(quantity.value(run), 100 * $0) }
              }, marker: Self.run)))
        for isNotable in [false, true] {
          let members = trends.filter { $0.axis == quantity.axis && $0.isNotable == isNotable }
          guard !members.isEmpty else { continue }
          marks.append(
            .points(
              PointsMark(
                isNotable ? "mean, notable" : "mean",
                points: members.map {
                  let interval = $0.error.interval
                  return DataPoint(
                    $0.value, 100 * $0.mean,
                    interval: (100 * interval.lowerBound)...(100 * interval.upperBound))
                }, marker: isNotable ? Self.notable : Self.mean)))
        }
      } else {
        marks += levelPoints(runs, series: style.sparsities) { run in
          run.relativeError.map { DataPoint(quantity.value(run), 100 * $0) }
        }
      }
      return Panel(
        x: quantity.axis(units, values: runs.map(quantity.value), padding: 0.08),
        y: Axis(
          "Predicted over measured \u{2212} 1 (%)", short: "Error (%)",
          includes: FigureRun.leastErrors, padding: 0.08),
        marks: marks)
    }
    return Figure(
      name: Self.name, panels: panels,
      arrangement: .grid(maxColumns: 3, sharesX: false, sharesY: true),
      legend: Legend(
        isGrouped
          ? [
            .init([
              .init("run", .init(marker: Self.run)),
              .init("mean, 95\u{2009}% interval", .init(marker: Self.mean)),
              .init("beyond chance", .init(marker: Self.notable)),
            ])
          ] : [style.sparsities.legendGroup(lines: false)].compactMap { $0 }), height: .medium)
  }
}

extension Quantity {
  /// The same in the trends of the residuals.
  fileprivate var axis: ResidualTrend.Axis {
    switch self {
    case .sparsity: .sparsity
    case .size: .nonZeroParameters
    case .data: .data
    }
  }
}
