import Plotting

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

/// Ticks at the sparsities of the design, and at 0.
struct SparsityTicks {
  let rule: TickRule

  /// - Parameter values: The sparsity of each run.
  init(values: [Double]) {
    // Sparsity is counted, not set, so that runs of one setting differ in the third digit.
    var counts: [(value: Double, runs: Int)] = []
    for value in values.map({ ($0 * 1000).rounded() / 1000 }).sorted() where value < 1 {
      if let last = counts.last, value - last.value <= 0.002 {
        counts[counts.count - 1].runs += 1
      } else {
        counts.append((value, 1))
      }
    }
    // The most frequent first: they keep their labels, and strays close to them get no tick.
    counts.sort { ($1.runs, $0.value) < ($0.runs, $1.value) }
    var chosen: [Double] = [0]
    for (value, _) in counts {
      let place = Scale.sparsity.position(of: value)
      let isApart = chosen.allSatisfy { abs(Scale.sparsity.position(of: $0) - place) > 0.2 }
      if isApart { chosen.append(value) }
    }
    rule = chosen.count > 1 ? .at(chosen) : .automatic
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
