import Plotting
import RunLogs
import ScalingLaws

/// N* and D* against the training budget: the size and the data of the compute-optimal dense
/// model, with the runs behind them.
package struct ComputeOptimalFigure: SweepFigure {
  package static let name = "compute-optimal"

  /// One of the two quantities of a budget.
  package struct Part: Sendable {
    package var quantity: Quantity
    package var best: @Sendable (_ flops: Double) -> Double?
    package var interval: (@Sendable (_ flops: Double) -> ClosedRange<Double>?)?
    /// The same by the published law.
    package var published: (@Sendable (_ flops: Double) -> Double?)?

    package init(
      _ quantity: Quantity, best: @escaping @Sendable (_ flops: Double) -> Double?,
      interval: (@Sendable (_ flops: Double) -> ClosedRange<Double>?)? = nil,
      published: (@Sendable (_ flops: Double) -> Double?)? = nil
    ) {
      self.quantity = quantity
      self.best = best
      self.interval = interval
      self.published = published
    }
  }

  package var parts: [Part]
  /// The dense runs.
  package var runs: [FigureRun]
  package var units: FigureUnits
  /// What is drawn.
  package var budgets: ClosedRange<Double>
  /// Whether runs stand behind the optimum of a budget.
  package var isInside: @Sendable (_ flops: Double) -> Bool
  package var flopsPerParameter: Double

  package init(
    parts: [Part], runs: [FigureRun], units: FigureUnits, budgets: ClosedRange<Double>,
    flopsPerParameter: Double, isInside: @escaping @Sendable (_ flops: Double) -> Bool
  ) {
    self.parts = parts
    self.runs = runs
    self.units = units
    self.budgets = budgets
    self.flopsPerParameter = flopsPerParameter
    self.isInside = isInside
  }

  init?(_ sweep: FigureSweep) {
    guard let result = sweep.analysis.computeOptimal, let first = result.entries.first,
      let last = result.entries.last
    else { return nil }
    let model = result.model
    var published: ComputeModel?
    if let literature = sweep.published {
      published = model
      published?.law = literature.law
    }
    // Where N* is no power of C each point would be searched anew for each replicate.
    let replicates = model.contourSlope == nil ? nil : result.replicates
    func part(
      _ quantity: Quantity, _ value: @escaping @Sendable (ComputeModel.DenseOptimum) -> Double
    ) -> Part {
      var part = Part(quantity) { model.denseOptimum(flops: $0).map(value) }
      if let replicates {
        part.interval = { flops in
          replicates.interval(in: model) { $0.denseOptimum(flops: flops).map(value) ?? .nan }
        }
      }
      if let published {
        part.published = { published.denseOptimum(flops: $0).map(value) }
      }
      return part
    }
    let dense = sweep.runs.filter { nominalSparsity($0.sparsity) == 0 }
    let range = result.coverage?.flops ?? first.flops...last.flops
    self.init(
      parts: [part(.size) { $0.parameters }, part(.data) { $0.data }],
      runs: sweep.hasFit ? dense : [],
      units: sweep.units,
      budgets: min(range.lowerBound, first.flops)...max(range.upperBound, last.flops),
      flopsPerParameter: model.flopsPerParameter
    ) { flops in
      guard let coverage = result.coverage else { return true }
      return model.denseOptimum(flops: flops).map { coverage.contains($0, flops: flops) } ?? false
    }
  }

  package var isDrawable: Bool { !parts.isEmpty && budgets.lowerBound < budgets.upperBound }

  package var captionValues: TemplateValues {
    runs.drawnValues.appending([
      "has_runs": .flag(!runs.isEmpty),
      "has_published_lines": .flag(parts.contains { $0.published != nil }),
    ])
  }

  // Thin and on top: where it lies on the law's line both are seen.
  private static let publishedStyle = LineStyle(Palette.purple, scale: 0.6)

  package func figure() -> Figure {
    let entries: [Legend.Entry] = [
      .init("best by the law", .init(line: LineStyle(Palette.categories[0]))),
      .init("run", .init(marker: Self.marker(isHeldOut: false, 1))),
      .init("published", .init(line: Self.publishedStyle)),
    ]
    return Figure(
      name: Self.name, panels: parts.map(panel),
      arrangement: .grid(maxColumns: 2, sharesX: true, sharesY: false),
      legend: Legend([.init(entries), .heldOut, .beyondData]), height: .medium)
  }

  private static func marker(isHeldOut: Bool, _ scale: Double) -> Marker {
    Marker(.circle, color: Palette.reference, isHollow: isHeldOut, scale: 0.55 * scale)
  }

  private func panel(_ part: Part) -> Panel {
    let symbol = part.quantity.symbol.plainText
    let ends = runs.map(flops)
    let drawn = runs.drawn
    let samples = Scale.log10.samples(
      in: budgets, count: 61, including: [ends.min(), ends.max()].compactMap { $0 })
    var marks: [Mark] = []
    for isHeldOut in [false, true] {
      let members = drawn.filter { $0.isHeldOut == isHeldOut }
      guard !members.isEmpty else { continue }
      marks.append(
        .points(
          PointsMark(
            isHeldOut ? "runs, held out" : "runs",
            points: members.map { DataPoint(flops($0), part.quantity.value($0)) },
            marker: Self.marker(isHeldOut: isHeldOut, runs.count > 100 ? 0.7 : 1))))
    }
    if let interval = part.interval {
      let few = Scale.log10.samples(in: budgets, count: 25)
      marks.append(
        .band(
          BandMark(
            "\(symbol) interval",
            points: few.compactMap { x in
              part.best(x).map { DataPoint(x, $0, interval: interval(x)) }
            }, color: Palette.categories[0].withAlpha(0.2))))
    }
    marks += curve(
      symbol, samples.compactMap { x in part.best(x).map { DataPoint(x, $0) } },
      style: LineStyle(Palette.categories[0], scale: 1.2)
    ) { isInside($0.x) }
    if let published = part.published {
      marks.append(
        .line(
          LineMark(
            "\(symbol) published",
            points: samples.compactMap { x in
              published(x).map { DataPoint(x, $0) }
            }, style: Self.publishedStyle)))
    }
    var y = part.quantity.axis(units)
    y.padding = 0.04
    if part.quantity == .size { y.label = "Model size *N* (parameters)" }
    return Panel(
      x: Axis(
        "Training compute *C* (FLOPs)", short: "Compute *C* (FLOPs)", scale: .log10,
        domain: Scale.log10.domain(
          covering: [budgets.lowerBound, budgets.upperBound], padding: 0.03),
        format: .powerOfTen), y: y, marks: marks)
  }

  private func flops(_ run: FigureRun) -> Double { flopsPerParameter * run.n * run.d }
}
