import Fitting
import RunLogs

/// The mean of numbers of which those of one cluster may share their error.
public struct ClusteredMean: Sendable, Equatable {
  public var mean: Double
  /// From the scatter of the clusters' sums about the mean, so that it holds whatever the numbers
  /// of a cluster share (the sandwich estimator with the factor G / (G − 1)).
  public var standardError: Double
  public var clusters: Int

  /// Fewer say next to nothing of their scatter.
  public static let fewestClusters = 3

  /// Nil of too few clusters.
  ///
  /// - Parameters:
  ///   - weights: one a value; nil for equal ones.
  ///   - clusters: one a value; equal ones are of one cluster.
  public init?<Cluster: Hashable>(
    _ values: [Double], weights: [Double]? = nil, clusters: [Cluster]
  ) {
    let weights = weights ?? values.map { _ in 1 }
    let groups = values.indices.groups { clusters[$0] }
    guard groups.count >= Self.fewestClusters else { return nil }
    let (total, number) = (weights.reduce(0, +), Double(groups.count))
    let mean = values.indices.reduce(0) { $0 + weights[$1] * values[$1] } / total
    let squares = groups.reduce(0.0) { squares, group in
      let sum = group.members.reduce(0) { $0 + weights[$1] * (values[$1] - mean) }
      return squares + sum * sum
    }
    self.mean = mean
    standardError = (squares * number / (number - 1)).squareRoot() / total
    self.clusters = groups.count
  }

  /// At 95 %, by Student's t with one degree of freedom fewer than there are clusters.
  public var interval: ClosedRange<Double> {
    let way = standardError * FDistribution.studentT(tails: 0.05, degrees: Double(clusters - 1))
    return (mean - way)...(mean + way)
  }

  /// Whether it is further from 0 than chance takes any of so many means in one sweep of twenty.
  public func isNotable(among means: Int) -> Bool {
    let bound = FDistribution.studentT(
      tails: 0.05 / Double(max(means, 1)), degrees: Double(clusters - 1))
    return abs(mean) > bound * standardError
  }
}
