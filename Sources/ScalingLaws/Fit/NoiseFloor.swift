import Fitting
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

  public var degreesOfFreedom: Double { Double(runs - groups) }

  /// The 95 % interval of the standard deviation, for normal noise.
  public var interval: ClosedRange<Double>? {
    ChiSquared.interval(ofDeviation: relativeDeviation, degrees: degreesOfFreedom)
  }

  /// Nil where no setting is repeated.
  public init?(_ groups: [RepeatedSettings.Group]) {
    guard !groups.isEmpty else { return nil }
    self.groups = groups.count
    runs = groups.reduce(0) { $0 + $1.runs.count }
    sizes = groups.map { $0.runs[0].nonZeroParameters }
    let squares = groups.reduce(0) { $0 + $1.squaredDeviations }
    relativeDeviation = (squares / Double(runs - self.groups)).squareRoot()
  }
}
