import Foundation
import RunLogs

/// How much the loss varies between runs that differ in their seed alone.
public struct NoiseFloor: Sendable, Equatable {
  /// Settings that were measured more than once.
  public var groups: Int
  /// Measurements in these groups.
  public var runs: Int
  /// The non-zero parameters of these settings, one a group.
  public var sizes: [Double]
  /// The pooled standard deviation of log loss within groups.
  public var relativeDeviation: Double

  /// From the main runs given; nil where no setting is repeated.
  public init?(_ runs: [TrainingRun]) {
    var remaining = runs[...]
    var groups = 0
    var members = 0
    var squares = 0.0
    var sizes: [Double] = []
    while let first = remaining.popFirst() {
      let group = [first] + remaining.filter { Self.isRepeat($0, of: first) }
      guard group.count > 1 else { continue }
      remaining = remaining.filter { !Self.isRepeat($0, of: first) }[...]
      let logs = group.map { log($0.loss) }
      let mean = logs.reduce(0, +) / Double(logs.count)
      squares += logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      groups += 1
      sizes.append(first.nonZeroParameters)
      members += group.count
    }
    guard groups > 0 else { return nil }
    self.groups = groups
    self.runs = members
    self.sizes = sizes
    relativeDeviation = (squares / Double(members - groups)).squareRoot()
  }

  private static func isRepeat(_ run: TrainingRun, of other: TrainingRun) -> Bool {
    func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-3 * max(a, b) }
    return isClose(run.denseParameters, other.denseParameters)
      && isClose(1 - run.sparsity, 1 - other.sparsity) && isClose(run.data, other.data)
  }
}
