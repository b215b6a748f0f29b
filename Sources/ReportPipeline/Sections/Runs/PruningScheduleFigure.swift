import Foundation
import Plotting

/// Target sparsity over training, and what the logs recorded.
package struct PruningScheduleFigure: SweepFigure {
  package static let name = "pruning-schedule"
  static let concludes = false

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
  package var series: Series

  package init(
    window: ClosedRange<Double>, targets: [Double], logs: [Log] = [], series: Series? = nil
  ) {
    self.window = window
    self.targets = targets.filter { $0 > 0 }
    self.logs = logs
    self.series = series ?? Series(.sparsity, targets)
  }

  init?(_ sweep: FigureSweep) {
    if sweep.analysis.isDense { return nil }
    // Dense runs follow no schedule.
    let runs = sweep.loggedRuns.filter { $0.sparsity > 0 }
    let fitted = Series(.sparsity, sweep.runs.map(\.sparsity)).levels
    self.init(
      window: sweep.schedule.start...sweep.schedule.end,
      // A published law stands for the whole range.
      targets: sweep.hasFit ? fitted : [0.5, 0.75, 0.875],
      logs: runs.map { run in
        Log(
          name: run.name, target: run.sparsity,
          points: run.history.compactMap { row in
            row.sparsity.map { DataPoint(row.data / run.data, $0) }
          })
      }, series: sweep.style.sparsities)
  }

  package var captionValues: TemplateValues {
    // Of all logs, not of those that stand for them.
    let distances = logs.filter { $0.target > 0 }.flatMap { log in
      log.points.map { abs($0.y - scheduled($0.x, target: log.target)) }
    }
    // What is left of the target is the cube of what is left of the window.
    let half = window.upperBound - (window.upperBound - window.lowerBound) * cbrt(0.5)
    return [
      "has_logged_sparsity": .flag(!distances.isEmpty),
      "schedule_distance": .text(NumberText.significant(100 * (distances.max() ?? 0), 2)),
      "schedule_start": .text(NumberText.percent(window.lowerBound, 0)),
      "schedule_end": .text(NumberText.percent(window.upperBound, 0)),
      "schedule_half": .text(NumberText.percent(half, 0)),
    ]
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
    var marks: [Mark] = [
      .span(SpanMark("pruning", axis: .horizontal, range: percent(window), color: SpanMark.pruning))
    ]
    let times = Scale.linear.samples(in: 0...1, count: 121)
    let levels = series.levels.indices.filter { level in
      targets.contains { series.index(of: $0) == level }
    }
    for level in levels {
      let target = series.levels[level]
      marks.append(
        .line(
          LineMark(
            "schedule to \(series.name(level))",
            points: times.map { DataPoint(100 * $0, 100 * scheduled($0, target: target)) },
            style: LineStyle(series.color(level)),
            label: LineLabel(RichText(plain: series.name(level)), .end))))
    }
    for level in levels {
      // The logs of one target lie on each other: the first with the most rows stands for all.
      let members = logs.filter { $0.target > 0 && series.index(of: $0.target) == level }
      guard let log = members.max(by: { $0.points.count < $1.points.count }) else { continue }
      marks.append(
        .points(
          PointsMark(
            "logged by \(log.name)", points: log.points.map { DataPoint(100 * $0.x, 100 * $0.y) },
            marker: series.marker(level))))
    }
    return Figure(
      name: Self.name,
      panels: [
        Panel(
          x: Axis("Training done (%)", domain: 0...100),
          y: Axis("Sparsity (%)", domain: -2...102), marks: marks)
      ], legend: Legend([.pruning]), height: .small)
  }

  private func percent(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
    (100 * range.lowerBound)...(100 * range.upperBound)
  }
}
