/// The mean error of a fit over the runs of one size, sparsity or amount of data: what the law
/// misses along that axis.
public struct ResidualTrend: Sendable, Equatable {
  public enum Axis: String, Sendable, CaseIterable { case sparsity, nonZeroParameters, data }

  public var axis: Axis
  /// The level: S, N or D.
  public var value: Double
  public var runs: Int
  /// Of predicted over measured minus 1, with runs of one size and sparsity as a cluster.
  public var error: ClusteredMean
  /// Whether it is a trend rather than chance, of as many levels as were looked at.
  public var isNotable: Bool

  public var mean: Double { error.mean }
  public var standardError: Double { error.standardError }

  /// One for each level of each axis with at least four runs in three clusters.
  ///
  /// - Parameter relativeErrors: predicted over measured minus 1, one an observation.
  package static func all(_ observations: Observations, relativeErrors: [Double]) -> [ResidualTrend]
  {
    guard relativeErrors.count == observations.count else { return [] }
    let levels = DesignLevels(observations)
    let axes: [(Axis, [[Int]], (Setting) -> Double)] = [
      (.sparsity, levels.densities.reversed(), \.sparsity),
      (.nonZeroParameters, levels.sizes, \.nonZeroParameters),
      (.data, levels.dataAmounts, \.data),
    ]
    let groups = axes.flatMap { axis, groups, value in
      groups.map { group -> Group in
        let values = group.map { value(observations.settings[$0]) }.sorted()
        return Group(axis: axis, value: values[(values.count - 1) / 2], members: group)
      }
    }
    let clusters = levels.clusters.places(of: observations.count)
    return of(groups, relativeErrors: relativeErrors, clusters: clusters)
  }

  /// Runs, by their indices, that are looked at as one.
  package struct Group: Sendable {
    package var axis: Axis
    package var value: Double
    package var members: [Int]

    package init(axis: Axis, value: Double, members: [Int]) {
      self.axis = axis
      self.value = value
      self.members = members
    }
  }

  /// Those of any groups, of which one with fewer than four runs says too little.
  package static func of<Cluster: Hashable>(
    _ groups: [Group], relativeErrors: [Double], clusters: [Cluster]
  ) -> [ResidualTrend] {
    var trends = groups.filter { $0.members.count >= 4 }.compactMap { group -> ResidualTrend? in
      ClusteredMean(
        group.members.map { relativeErrors[$0] }, clusters: group.members.map { clusters[$0] }
      ).map {
        ResidualTrend(
          axis: group.axis, value: group.value, runs: group.members.count, error: $0,
          isNotable: false)
      }
    }
    for index in trends.indices {
      trends[index].isNotable =
        abs(trends[index].mean) > Identifiability.leastNoise
        && trends[index].error.isNotable(among: trends.count)
    }
    return trends
  }
}
