import Plotting
import ScalingLaws

/// The relative error of each prediction against model size, sparsity and data: single runs where
/// they are few, else the means of groups over them.
package struct ResidualsFigure: SweepFigure {
  package static let name = "residuals"
  static let concludes = false

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

  package var captionValues: TemplateValues {
    let shown = runs.filter { $0.predicted != nil }
    let groups = zip(quantities, means).flatMap { quantity, means in means.map { (quantity, $0) } }
    let worst = groups.max {
      abs($0.1.error.mean / $0.1.error.standardError)
        < abs($1.1.error.mean / $1.1.error.standardError)
    }
    let squares = shown.compactMap(\.relativeError).map { $0 * $0 }
    let rms = (squares.reduce(0, +) / Double(max(squares.count, 1))).squareRoot()
    let words = worst.map { quantity, level in
      "\(quantity.symbol.plainText) \(isBinned(quantity) ? "about" : "=") "
        + quantity.text(level.value)
    }
    return shown.drawnValues.appending([
      "has_levels": .flag(!groups.isEmpty),
      "has_bins": .flag(quantities.contains(where: isBinned)),
      "has_group_means": .flag(isGrouped && !groups.isEmpty),
      "has_notable_levels": .flag(groups.contains { $0.1.isNotable }),
      "residual_rms": .text(NumberText.percent(rms)),
      "worst_level": .text(words ?? ""),
      "worst_level_error": .text(
        worst.map { _, level in
          withInterval(
            level.error.mean / 100,
            (level.error.interval.lowerBound / 100)...(level.error.interval.upperBound / 100),
            .signedPercent(2))
        } ?? ""),
      "notable_levels": .text(NumberText.count(groups.count { $0.1.isNotable })),
      "all_levels": .text(NumberText.count(groups.count)),
    ])
  }

  /// The mean error, in per cent, of the runs of one level, by the rule of the report's residual
  /// trends.
  private struct LevelMean {
    var value: Double
    var error: ClusteredMean
    var isNotable = false
  }

  /// The groups of the runs where a quantity has more levels than a figure can show.
  private static let bins = 12

  private func isBinned(_ quantity: Quantity) -> Bool {
    isGrouped && style[quantity].levels.count > Series.mostDrawn
  }

  /// The mean of each level, or of equal shares of the runs in the order of the quantity.
  ///
  /// Of fewer than four runs a mean says too little.
  private var means: [[LevelMean]] {
    let shown = runs.filter { $0.relativeError != nil }
    var means = quantities.map { quantity in
      groups(quantity, shown).compactMap { value, runs -> LevelMean? in
        guard runs.count >= 4 else { return nil }
        return ClusteredMean(
          runs.map { 100 * ($0.relativeError ?? 0) }, clusters: runs.map(cluster)
        ).map { LevelMean(value: value, error: $0) }
      }
    }
    let count = means.joined().count
    for axis in means.indices {
      for level in means[axis].indices {
        means[axis][level].isNotable = means[axis][level].error.isNotable(among: count)
      }
    }
    return means
  }

  private func groups(
    _ quantity: Quantity, _ shown: [FigureRun]
  ) -> [(value: Double, runs: [FigureRun])] {
    let series = style[quantity]
    guard isBinned(quantity) else {
      let byLevel = Dictionary(grouping: shown) { series.index(of: quantity.value($0)) }
      return series.levels.indices.map { (series.levels[$0], byLevel[$0] ?? []) }
    }
    let sorted = shown.sorted { quantity.value($0) < quantity.value($1) }
    return (0..<Self.bins).compactMap { bin in
      let runs = sorted[(bin * sorted.count / Self.bins)..<((bin + 1) * sorted.count / Self.bins)]
      return runs.isEmpty
        ? nil : (quantity.value(runs[runs.startIndex + runs.count / 2]), Array(runs))
    }
  }

  /// Runs of one size and sparsity.
  private func cluster(_ run: FigureRun) -> [Int?] {
    [Quantity.size, .sparsity].map { style[$0].index(of: $0.value(run)) }
  }

  private var quantities: [Quantity] {
    [.size, .sparsity, .data].filter { $0 != .sparsity || style.sparsities.levels.count > 1 }
  }

  private static let mean = Marker(.circle, color: Palette.ink)
  private static let notable = Marker(.diamond, color: Palette.purple, scale: 1.25)

  package func figure() -> Figure {
    let shown = runs.filter { $0.predicted != nil }
    let groups = means
    let drawn = shown.drawn
    let panels = zip(quantities, groups).map { quantity, means -> Panel in
      var marks: [Mark] = [.rule(.zero)]
      if isGrouped {
        marks.append(
          .points(
            PointsMark(
              "runs",
              points: drawn.compactMap { run in
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
                  DataPoint($0.value, $0.error.mean, interval: $0.error.interval)
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
      .init("mean, 95 % interval", .init(marker: Self.mean)),
    ]
    if hasNotable {
      entries.append(.init("beyond chance", .init(marker: Self.notable)))
    }
    return Legend([Legend.Group(entries)])
  }
}
