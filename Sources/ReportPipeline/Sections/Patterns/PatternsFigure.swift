import Plotting
import ScalingLaws

/// The loss of N:M patterns over what unstructured sparsity would reach at the same size,
/// sparsity and data.
package struct PatternsFigure: SweepFigure {
  package static let name = "n-m-patterns"

  /// One run with a pattern.
  package struct PatternRun: Hashable, Sendable {
    /// As in `2:4`.
    package var pattern: String
    /// Of the pattern: one half for `2:4`.
    package var sparsity: Double
    package var n: Double
    /// Loss over the law's prediction for an unstructured run, less one.
    package var excess: Double
    package var interval: ClosedRange<Double>?

    package init(
      pattern: String, sparsity: Double, n: Double, excess: Double,
      interval: ClosedRange<Double>? = nil
    ) {
      self.pattern = pattern
      self.sparsity = sparsity
      self.n = n
      self.excess = excess
      self.interval = interval
    }
  }

  package var runs: [PatternRun]
  package var sizes: Series

  package init(runs: [PatternRun], sizes: Series? = nil) {
    self.runs = runs
    self.sizes = sizes ?? Series(.size, runs.map(\.n))
  }

  init?(_ sweep: FigureSweep) {
    guard let patterns = sweep.analysis.patterns else { return nil }
    self.init(
      runs: patterns.summaries.flatMap { summary in
        patterns.runs.filter { $0.run.pattern == summary.pattern }.map { run in
          PatternRun(
            pattern: run.run.pattern.description, sparsity: summary.nominalSparsity,
            n: run.run.nonZeroParameters, excess: run.excess.value, interval: run.excess.interval)
        }
      }, sizes: sweep.style.sizes.levels.isEmpty ? nil : sweep.style.sizes)
    costs = patterns.summaries.map { summary in
      summary.pattern.description + " "
        + withInterval(summary.excess.value, summary.excess.interval, .signedPercent(1), named: "")
    }
  }

  package var captionValues: TemplateValues {
    ["pattern_costs": .text(Words.list(costs))]
  }

  /// Each pattern with its mean cost.
  package var costs: [String] = []

  package var isDrawable: Bool { !runs.isEmpty }

  package func figure() -> Figure {
    // Patterns of one sparsity stand together, with room before the next.
    var patterns: [(name: String, sparsity: Double, place: Double)] = []
    for run in runs.sorted(by: { $0.sparsity < $1.sparsity })
    where !patterns.contains(where: { $0.name == run.pattern }) {
      let gap = patterns.last.map { $0.sparsity == run.sparsity ? 1 : 1.6 } ?? 0
      patterns.append((run.pattern, run.sparsity, (patterns.last?.place ?? 0) + gap))
    }
    let used = sizes.levels.indices.filter { level in
      runs.contains { sizes.index(of: $0.n) == level }
    }
    var marks: [Mark] = [
      .rule(
        RuleMark(
          "unstructured", .horizontal, at: 0,
          style: LineStyle(Palette.reference, dash: .dotted), label: "unstructured"))
    ]
    for (slot, level) in used.enumerated() {
      // Sizes stand side by side within their pattern.
      let shift = 0.16 * (Double(slot) - Double(used.count - 1) / 2)
      let points = runs.filter { sizes.index(of: $0.n) == level }.compactMap {
        run -> DataPoint? in
        guard let pattern = patterns.first(where: { $0.name == run.pattern }) else { return nil }
        return DataPoint(
          pattern.place + shift, 100 * run.excess,
          interval: run.interval.map { (100 * $0.lowerBound)...(100 * $0.upperBound) })
      }
      marks.append(
        .points(
          PointsMark("N=\(sizes.name(level))", points: points, marker: sizes.marker(level))))
    }
    let last = patterns.last?.place ?? 0
    for pair in zip(patterns, patterns.dropFirst()) where pair.0.sparsity != pair.1.sparsity {
      marks.append(
        .rule(
          RuleMark(
            "next sparsity", .vertical, at: (pair.0.place + pair.1.place) / 2,
            style: LineStyle(Palette.faint, scale: 0.5))))
    }
    let names = patterns.map { pattern -> RichText in
      "\(pattern.name), \(Quantity.sparsity.text(pattern.sparsity))"
    }
    return Figure(
      name: Self.name,
      panels: [
        Panel(
          x: Axis(
            "Pattern and its sparsity", domain: -0.6...(last + 0.6),
            ticks: .labelled(patterns.map(\.place), names)),
          y: Axis(
            "Loss over unstructured (%)", short: "Excess loss (%)", includes: [-0.5, 0.5],
            padding: 0.1), marks: marks)
      ], legend: Legend([sizes.legendGroup(lines: false, only: used)].compactMap { $0 }),
      height: .medium)
  }
}
