import Foundation
import Plotting
import ScalingLaws

/// Loss against sparsity where the training compute is fixed: the valley whose bottom is the
/// optimal sparsity, for a few sizes and budgets and both ways of counting.
package struct FixedComputeFigure: SweepFigure {
  package static let name = "loss-at-fixed-compute"

  /// One way of counting at one size and budget.
  package struct Valley: Sendable {
    /// As the results name it: `dense`.
    package var accounting: String
    /// The loss that the budget buys at a sparsity.
    package var loss: @Sendable (_ sparsity: Double) -> Double
    /// The best sparsity and its interval.
    package var best: Double
    package var interval: ClosedRange<Double>?
    /// The sparsities whose loss is within the tolerance of the best.
    package var nearOptimal: ClosedRange<Double>
    /// Sparsity, and the loss straight from runs, with its interval.
    package var measured: [DataPoint]

    package init(
      accounting: String, loss: @escaping @Sendable (_ sparsity: Double) -> Double, best: Double,
      interval: ClosedRange<Double>? = nil, nearOptimal: ClosedRange<Double>,
      measured: [DataPoint] = []
    ) {
      self.accounting = accounting
      self.loss = loss
      self.best = best
      self.interval = interval
      self.nearOptimal = nearOptimal
      self.measured = measured
    }
  }

  /// One size and budget.
  package struct Setting: Sendable {
    package var n: Double
    /// The budget as a multiple of Chinchilla compute.
    package var multiple: Double
    package var valleys: [Valley]

    package init(n: Double, multiple: Double, valleys: [Valley]) {
      self.n = n
      self.multiple = multiple
      self.valleys = valleys
    }
  }

  package var settings: [Setting]
  /// The relative loss that counts as equally good.
  package var tolerance: Double
  /// The largest sparsity with runs.
  package var largestFitted: Double?

  package init(settings: [Setting], tolerance: Double, largestFitted: Double? = nil) {
    self.settings = settings
    self.tolerance = tolerance
    self.largestFitted = largestFitted
  }

  init?(_ sweep: FigureSweep) {
    guard let models = sweep.models, let optima = sweep.analysis.optima else { return nil }
    let runs = sweep.concludingRuns
    let both = [("dense", models.dense), ("sparse", models.nonZero)]
    let choices = runs.isEmpty ? Self.standard(models.dense) : Self.covered(sweep, both.map(\.1))
    let replicates = sweep.bandReplicates
    self.init(
      settings: choices.map { n, flops in
        Setting(
          n: n, multiple: flops / models.dense.chinchillaFlops(nonZeroParameters: n),
          valleys: both.map { name, model in
            let best = model.optimum(nonZeroParameters: n, flops: flops)
            return Valley(
              accounting: name,
              loss: { model.loss(nonZeroParameters: n, sparsity: $0, flops: flops) },
              best: best.sparsity,
              interval: replicates?.optimalSparsityInterval(
                model, nonZeroParameters: n, flops: flops),
              nearOptimal: model.nearOptimalSparsities(
                nonZeroParameters: n, flops: flops, tolerance: optima.tolerance),
              measured: Self.measured(sweep, n, flops, model))
          })
      }, tolerance: optima.tolerance,
      largestFitted: runs.map(\.sparsity).max())
  }

  /// A size of a billion at three budgets, for a law without runs.
  private static func standard(_ model: ComputeModel) -> [(Double, Double)] {
    [1, 10, 100].map { (1e9, $0 * model.chinchillaFlops(nonZeroParameters: 1e9)) }
  }

  /// Three sizes, each at the budget that most of its runs can be brought to.
  private static func covered(
    _ sweep: FigureSweep, _ models: [ComputeModel]
  ) -> [(Double, Double)] {
    let runs = sweep.concludingRuns
    let sizes = sweep.style.mostCovered(.size, by: runs, most: 3)
    return sizes.compactMap { level in
      let n = sweep.style.sizes.levels[level]
      let own = runs.filter { sweep.style.sizes.has($0, at: level) }
      let flops = own.map {
        models[0].flops(nonZeroParameters: n, sparsity: $0.sparsity, data: $0.d)
      }
      guard let low = flops.min(), let high = flops.max(), low > 0, high.isFinite else {
        return nil
      }
      // Of budgets that equally many runs reach, the one whose optimum lies deepest inside.
      func score(_ budget: Double) -> (Int, Double) {
        let points = models.reduce(0) { $0 + measured(sweep, n, budget, $1).count }
        let best = models[1].optimum(nonZeroParameters: n, flops: budget).sparsity
        return (points, -abs(best - 0.5))
      }
      let budgets = Scale.log10.samples(in: low...max(high, low * 1.001), count: 25)
      return budgets.max { score($0) < score($1) }.map { (n, $0) }
    }
  }

  /// Losses at a budget straight from runs, with intervals from repeats.
  private static func measured(
    _ sweep: FigureSweep, _ n: Double, _ flops: Double, _ model: ComputeModel
  ) -> [DataPoint] {
    let losses = sweep.analysis.measured
    let size = sweep.style.sizes.index(of: n)
    return losses.series.filter {
      sweep.style.sizes.index(of: $0.nonZeroParameters) == size
    }.compactMap { series in
      let data = model.data(nonZeroParameters: n, sparsity: series.sparsity, flops: flops)
      return losses.logLoss(series, data: data).map { loss in
        DataPoint(
          series.sparsity, exp(losses.value(loss)),
          interval: losses.interval(loss).map { exp($0.lowerBound)...exp($0.upperBound) })
      }
    }
  }

  package var isDrawable: Bool { !settings.isEmpty }

  package var captionValues: TemplateValues {
    let middle = settings.isEmpty ? nil : settings[settings.count / 2]
    func best(_ index: Int) -> String {
      guard let valleys = middle?.valleys, valleys.indices.contains(index) else { return "–" }
      return withInterval(valleys[index].best, valleys[index].interval, .percent(0))
    }
    return [
      "valley_size": .text(middle.map { NumberText.size($0.n) } ?? "–"),
      "valley_multiple": .text(middle.map { NumberText.multiple($0.multiple) } ?? "–"),
      "valley_best_dense": .text(best(0)), "valley_best_sparse": .text(best(1)),
      "valley_tolerance": .text(NumberText.percent(tolerance, 1)),
      "has_best_bars": .flag(settings.contains { $0.valleys.contains { $0.interval != nil } }),
      "has_valley_points": .flag(
        settings.contains { $0.valleys.contains { !$0.measured.isEmpty } }),
      "has_point_bars": .flag(
        settings.contains { $0.valleys.contains { $0.measured.contains { $0.interval != nil } } }),
    ]
  }

  package func figure() -> Figure {
    let panels = settings.map { setting -> Panel in
      var panel = panel(setting)
      let multiple = NumberFormat.factor.rounded(setting.multiple)
      panel.title = "*N* = \(Quantity.size.text(setting.n)) at \(multiple)"
      return panel
    }
    var entries = [AccountingStyle.dense, .nonZero].map { style in
      Legend.Entry(
        RichText(plain: style.name),
        .init(line: LineStyle(style.color), marker: Marker(style.shape, color: style.color)))
    }
    entries.append(
      .init(
        "best", .init(marker: Marker(.diamond, color: Palette.reference, isHollow: true))))
    entries.append(
      .init(
        RichText(plain: "within " + NumberText.percent(tolerance, 1)),
        .init(fill: Palette.reference.withAlpha(0.3)))
    )
    return Figure(
      name: Self.name, panels: panels,
      arrangement: panels.count == 1
        ? .single : .grid(maxColumns: 3, sharesX: true, sharesY: true),
      legend: Legend([Legend.Group(entries), .beyondData]), height: .medium)
  }

  private func panel(_ setting: Setting) -> Panel {
    let far = min(max(0.875, 1 - (1 - (largestFitted ?? 0.875)) / 1.6), 0.99)
    let samples = Scale.sparsity.samples(
      in: 0...far, count: 80, including: [largestFitted ?? 0] + setting.valleys.map(\.best))
    var fills: [Mark] = []
    var lines: [Mark] = []
    var points: [Mark] = []
    for valley in setting.valleys {
      let style = AccountingStyle.named(valley.accounting)
      let least = valley.loss(valley.best)
      func excess(_ loss: Double) -> Double { 100 * (loss / least - 1) }
      let curvePoints = samples.map { DataPoint($0, excess(valley.loss($0))) }
      let zone = valley.nearOptimal
      fills.append(
        .span(
          SpanMark(
            "\(style.name) within tolerance", axis: .horizontal,
            range: zone.lowerBound...max(zone.lowerBound, min(zone.upperBound, far)),
            color: style.color.withAlpha(0.14))))
      lines += curve(style.name, curvePoints, style: LineStyle(style.color)) {
        $0.x <= (largestFitted ?? 1) + 1e-9
      }
      if !valley.measured.isEmpty {
        points.append(
          .points(
            PointsMark(
              "\(style.name) between runs",
              points: valley.measured.map { point in
                DataPoint(
                  point.x, excess(point.y),
                  interval: point.interval.map { excess($0.lowerBound)...excess($0.upperBound) })
              },
              marker: Marker(style.shape, color: style.color, scale: 0.8))))
      }
      points.append(
        .points(
          PointsMark(
            "\(style.name) best",
            points: [
              DataPoint(
                valley.best, 0, interval: valley.interval.map { $0.clamped(to: 0...far) })
            ], marker: Marker(.diamond, color: style.color, isHollow: true),
            intervals: .horizontal)))
    }
    // What is much worse than the best is of no interest.
    let values = setting.valleys.flatMap { valley in
      valley.measured.flatMap { [$0.y, $0.interval?.upperBound ?? $0.y] }
        .map { 100 * ($0 / valley.loss(valley.best) - 1) }
    }
    let top = max(10 * 100 * tolerance, (values.max() ?? 0) * 1.1)
    return Panel(
      x: Axis(
        FigureUnits.sparsityLabel, scale: .sparsity,
        domain: Scale.sparsity.domain(covering: [0, far], padding: 0.04),
        ticks: .at([0, 0.5, 0.75, 0.875, 0.9375, 0.25]), format: .percent),
      y: Axis(
        "Loss above the best (%)", short: "Above the best (%)",
        domain: Scale.linear.domain(covering: values + [-0.05 * top, top], padding: 0.02)),
      marks: fills + lines + points)
  }
}
