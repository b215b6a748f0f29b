import Plotting
import RunLogs

/// The loss of N:M patterns over what unstructured sparsity would reach at the same size,
/// sparsity and data.
package struct PatternsFigure: FigureSource {
  package static let name = "n-m-patterns"

  /// One run with a pattern.
  package struct PatternRun: Hashable, Sendable {
    /// As in `2:4`.
    package var pattern: String
    package var n: Double
    /// Loss over the law's prediction for an unstructured run, less one.
    package var excess: Double
    package var interval: ClosedRange<Double>?

    package init(
      pattern: String, n: Double, excess: Double, interval: ClosedRange<Double>? = nil
    ) {
      self.pattern = pattern
      self.n = n
      self.excess = excess
      self.interval = interval
    }
  }

  /// In the order in which patterns are listed.
  package var runs: [PatternRun]

  package init(runs: [PatternRun]) { self.runs = runs }

  package var isDrawable: Bool { !runs.isEmpty }

  package func figure() -> Figure {
    var patterns: [String] = []
    for run in runs where !patterns.contains(run.pattern) { patterns.append(run.pattern) }
    let sizes = OrderedSeries(Level.grouping(runs.map(\.n), tolerance: 0.15))
    var marks: [Mark] = [
      .rule(
        RuleMark(
          "unstructured", .horizontal, at: 0, style: LineStyle(.gray(0.35), dash: .dotted),
          label: "unstructured"))
    ]
    for index in sizes.levels.indices {
      // Sizes stand side by side within their pattern.
      let shift =
        sizes.levels.count == 1
        ? 0 : 0.5 * (Double(index) / Double(sizes.levels.count - 1) - 0.5)
      let points = runs.filter { sizes.levels[index].contains($0.n) }.compactMap {
        run -> DataPoint? in
        guard let row = patterns.firstIndex(of: run.pattern) else { return nil }
        return DataPoint(
          Double(row) + shift, 100 * run.excess,
          interval: run.interval.map { (100 * $0.lowerBound)...(100 * $0.upperBound) })
      }
      let name = "N=\(NumberFormat.si.rounded(sizes.levels[index].value).plainText)"
      marks.append(.points(PointsMark(name, points: points, marker: sizes.marker(index))))
    }
    let x = Axis(
      "Pattern", domain: -0.6...(Double(patterns.count) - 0.4),
      ticks: .labelled(
        patterns.indices.map(Double.init), patterns.map { RichText(plain: $0) }))
    return Figure(
      name: Self.name,
      panels: [
        Panel(
          x: x, y: Axis("Excess loss (%)", includes: [-0.5, 0.5], padding: 0.1), marks: marks)
      ], legend: Legend([sizes.legendGroup(title: "*N*:", format: .si, lines: false)]),
      aspect: 0.5)
  }
}
