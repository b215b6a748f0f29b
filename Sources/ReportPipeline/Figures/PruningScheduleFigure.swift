import Plotting

/// Target sparsity over training, and what the logs recorded.
package struct PruningScheduleFigure: FigureSource {
  package static let name = "pruning-schedule"

  /// One run's recorded sparsity.
  package struct Log: Hashable, Sendable {
    package var name: String
    /// The sparsity at the end of the schedule.
    package var target: Double
    /// Share of training done and sparsity there.
    package var points: [DataPoint]

    package init(name: String, target: Double, points: [DataPoint]) {
      self.name = name
      self.target = target
      self.points = points
    }
  }

  /// Shares of training at which pruning starts and ends.
  package var window: ClosedRange<Double>
  /// The sparsities aimed at.
  package var targets: [Double]
  package var logs: [Log]

  package init(window: ClosedRange<Double>, targets: [Double], logs: [Log] = []) {
    self.window = window
    self.targets = targets
    self.logs = logs
  }

  package var isDrawable: Bool { targets.contains { $0 > 0 } }

  /// Sparsity at a share `t` of training (Zhu and Gupta 2017).
  private func scheduled(_ t: Double, target: Double) -> Double {
    let length = window.upperBound - window.lowerBound
    let progress = length > 0 ? (t - window.lowerBound) / length : (t < window.lowerBound ? 0 : 1)
    let left = 1 - min(max(progress, 0), 1)
    return target * (1 - left * left * left)
  }

  package func figure() -> Figure {
    let series = SparsitySeries(targets.filter { $0 > 0 })
    var marks: [Mark] = [
      .span(SpanMark("pruning", axis: .horizontal, range: percent(window), color: .gray(0.93)))
    ]
    let times = Scale.linear.samples(in: 0...1, count: 121)
    for (index, target) in series.values.enumerated() {
      marks.append(
        .line(
          LineMark(
            "schedule to \(series.name(index))",
            points: times.map { DataPoint(100 * $0, 100 * scheduled($0, target: target)) },
            style: logs.isEmpty ? series.dashedLine(index) : LineStyle(series.color(index)))))
    }
    for (index, _) in series.values.enumerated() {
      // The logs of one target lie on each other: the first with the most rows stands for all.
      let members = logs.filter { $0.target > 0 && series.index(of: $0.target) == index }
      guard let log = members.max(by: { $0.points.count < $1.points.count }) else { continue }
      marks.append(
        .points(
          PointsMark(
            "logged by \(log.name)", points: log.points.map { DataPoint(100 * $0.x, 100 * $0.y) },
            marker: series.marker(index))))
    }
    marks.append(
      .text(
        TextMark(
          "pruning", .within(x: percent(window), y: 0...30), color: .gray(0.35), hasHalo: false)))
    let legend = Legend([series.legendGroup(lines: true, markers: !logs.isEmpty)])
    return Figure(
      name: Self.name,
      panels: [
        Panel(
          x: Axis("Training done (%)", domain: 0...100),
          y: Axis("Sparsity (%)", domain: -2...102), marks: marks)
      ], legend: legend, aspect: 0.5)
  }

  private func percent(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
    (100 * range.lowerBound)...(100 * range.upperBound)
  }
}
