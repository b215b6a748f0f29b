import Foundation
import RunLogs

/// Main runs that differ in their seed alone.
public struct RepeatedSettings: Sendable {
  /// Runs of equal dense size, sparsity and data, each to 0.1 %, and of equal settings: see
  /// `TrainingRun.isRepeat(of:)`.
  public struct Group: Sendable, Equatable {
    /// At least two, in the order of the sweep.
    public var runs: [TrainingRun]

    /// The sum of squared deviations of log loss from the group's mean.
    var squaredDeviations: Double {
      let logs = runs.map { log($0.loss) }
      let mean = logs.reduce(0, +) / Double(logs.count)
      return logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }

    /// The standard deviation of log loss.
    public var relativeDeviation: Double {
      (squaredDeviations / Double(max(runs.count - 1, 1))).squareRoot()
    }
  }

  /// In the order of their first runs.
  public var groups: [Group]

  /// Every run is in one group at most: that of the first run whose setting it has.
  public init(_ runs: [TrainingRun]) {
    let cells = runs.map(Cell.init)
    var members: [Cell: [Int]] = [:]
    for (index, cell) in cells.enumerated() { members[cell, default: []].append(index) }
    var isTaken = [Bool](repeating: false, count: runs.count)
    groups = []
    for first in runs.indices where !isTaken[first] {
      let group = cells[first].neighbourhood.flatMap { members[$0] ?? [] }.sorted().filter {
        !isTaken[$0] && runs[$0].isRepeat(of: runs[first])
      }
      for index in group { isTaken[index] = true }
      if group.count > 1 { groups.append(Group(runs: group.map { runs[$0] })) }
    }
  }

  /// The relative difference up to which quantities are equal.
  private static let tolerance = 1e-3

  /// A cell of a grid in the logarithms of the quantities: repeats lie in one cell or in
  /// neighbouring ones, so that no run is compared with all others.
  private struct Cell: Hashable {
    var size: Int
    var density: Int
    var data: Int

    init(_ run: TrainingRun) {
      func number(_ value: Double) -> Int {
        // Logarithms of finite positive numbers are below 1,000.
        let position = log(value) / (1.01 * tolerance)
        return position.isFinite ? Int(position.rounded(.down)) : 0
      }
      size = number(run.denseParameters)
      density = number(1 - run.sparsity)
      data = number(run.data)
    }

    var neighbourhood: [Cell] {
      var cells: [Cell] = []
      for size in (size - 1)...(size + 1) {
        for density in (density - 1)...(density + 1) {
          for data in (data - 1)...(data + 1) {
            var cell = self
            (cell.size, cell.density, cell.data) = (size, density, data)
            cells.append(cell)
          }
        }
      }
      return cells
    }
  }
}
