import Plotting

/// The mean error of the law for each size, in panels by sparsity: where the two together show what
/// neither shows alone.
package struct ResidualMapFigure: SweepFigure {
  package static let name = "residual-map"
  static let concludes = false

  package var runs: [FigureRun]
  package var units: FigureUnits
  package var style: SweepStyle

  static let mostPanels = 6

  package init(runs: [FigureRun], units: FigureUnits, style: SweepStyle? = nil) {
    self.runs = runs.filter { $0.predicted != nil }
    self.units = units
    self.style = style ?? SweepStyle(runs)
  }

  init?(_ sweep: FigureSweep) {
    self.init(runs: sweep.concludingRuns, units: sweep.units, style: sweep.style)
  }

  private var shown: [Int] { style.mostCovered(.sparsity, by: runs, most: Self.mostPanels) }

  /// The mean error, in per cent, of the runs of each size at a sparsity, with two standard errors of
  /// their scatter: of the noise that they share one cell says nothing.
  private func means(_ sparsity: Int) -> [(size: Int, point: DataPoint)] {
    style.sizes.levels.indices.compactMap { size in
      let errors = runs.filter {
        style.sizes.has($0, at: size) && style.sparsities.has($0, at: sparsity)
      }.compactMap(\.relativeError).map { 100 * $0 }
      return GroupMean(errors).map {
        (size, DataPoint(style.sizes.levels[size], $0.mean, interval: $0.interval))
      }
    }
  }

  package var isDrawable: Bool {
    style.sizes.levels.count > 1 && style.sparsities.levels.count > 1 && !runs.isEmpty
  }

  package var captionValues: TemplateValues {
    let all = shown.flatMap { sparsity in means(sparsity).map { (sparsity, $0) } }
    // A single run's error is its own; the worst of several runs says more.
    let several = all.filter { $0.1.point.interval != nil }
    let worst = (several.isEmpty ? all : several).max {
      abs($0.1.point.y) < abs($1.1.point.y)
    }
    guard let (sparsity, (size, point)) = worst else { return [:] }
    let leftOut = style.sparsities.levels.indices.filter { !shown.contains($0) }
    let error = withInterval(
      point.y / 100, point.interval.map { ($0.lowerBound / 100)...($0.upperBound / 100) },
      .signedPercent(2), named: FigureRun.twoErrors)
    return [
      "has_panels_left_out": .flag(!leftOut.isEmpty),
      "panels_left_out": .text(leftOut.map(style.sparsities.name).joined(separator: ", ")),
      "map_worst_error": .text(error),
      "map_worst_size": .text(NumberText.size(style.sizes.levels[size])),
      "map_worst_sparsity": .text(NumberText.sparsity(style.sparsities.levels[sparsity])),
    ]
  }

  package func figure() -> Figure {
    let panels = shown.map { sparsity -> Panel in
      let color = style.sparsities.color(sparsity)
      let means = means(sparsity).map(\.point)
      return Panel(
        title: "*S* = \(style.sparsities.name(sparsity))",
        x: Quantity.size.axis(units, padding: 0.08),
        y: Axis(
          "Mean error (%)", includes: FigureRun.leastErrors, padding: 0.08),
        marks: [
          .rule(.zero),
          .line(
            LineMark(
              "joined", points: means.map { DataPoint($0.x, $0.y) },
              style: LineStyle(color, scale: 0.6))),
          .points(
            PointsMark(
              "mean error", points: means, marker: style.sparsities.marker(sparsity))),
        ])
    }
    return Figure(
      name: Self.name, panels: panels,
      arrangement: .grid(maxColumns: panels.count == 4 ? 4 : 3, sharesX: true, sharesY: true),
      height: .small)
  }
}
