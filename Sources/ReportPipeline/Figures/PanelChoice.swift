import Plotting
import RunLogs

/// One panel of small multiples: a level of some quantity and the runs at it.
struct PanelChoice: Sendable {
  var level: Level
  var runs: [FigureRun]

  /// The runs grouped by a quantity; of more levels than `most` an even choice that keeps the
  /// first and the last.
  static func byLevel(
    _ runs: [FigureRun], of quantity: KeyPath<FigureRun, Double>, tolerance: Double, most: Int
  ) -> [PanelChoice] {
    let levels = Level.grouping(runs.map { $0[keyPath: quantity] }, tolerance: tolerance)
    let chosen =
      levels.count <= most || most < 2
      ? Array(levels.prefix(max(most, 1)))
      : (0..<most).map { levels[($0 * (levels.count - 1) + (most - 1) / 2) / (most - 1)] }
    return chosen.map { level in
      PanelChoice(level: level, runs: runs.filter { level.contains($0[keyPath: quantity]) })
    }
  }
}

extension Legend.Group {
  /// The entry that explains hollow markers and dashed curves.
  static func heldOut(lines: Bool) -> Legend.Group {
    let color = Color.gray(0.3)
    return Legend.Group([
      Legend.Entry(
        "held out",
        .init(
          line: lines ? LineStyle(color, dash: .dashed, scale: 0.8) : nil,
          marker: Marker(.circle, color: color, isHollow: true)))
    ])
  }
}
