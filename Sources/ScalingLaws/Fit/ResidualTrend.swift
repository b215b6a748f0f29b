/// The mean error of a fit over the runs of one size, sparsity or amount of data: what the law
/// misses along that axis.
public struct ResidualTrend: Sendable, Equatable {
  public enum Axis: String, Sendable, CaseIterable { case sparsity, nonZeroParameters, data }

  public var axis: Axis
  /// The level: S, N or D.
  public var value: Double
  public var runs: Int
  /// The mean of predicted over measured minus 1.
  public var mean: Double
  /// The standard error of the mean, from the scatter of these runs.
  public var standardError: Double

  /// The number of standard errors from which a mean counts as a trend rather than chance; with
  /// a dozen levels a sweep, two would be passed by chance alone.
  public static let notableErrors = 3.0

  public var isNotable: Bool { abs(mean) > Self.notableErrors * standardError }

  /// One for each level of each axis with at least four runs.
  ///
  /// - Parameter relativeErrors: predicted over measured minus 1, one an observation.
  package static func all(_ observations: Observations, relativeErrors: [Double]) -> [ResidualTrend]
  {
    guard relativeErrors.count == observations.count else { return [] }
    let levels = DesignLevels(observations, coefficients: 0)
    let axes: [(Axis, [[Int]], (Setting) -> Double)] = [
      (.sparsity, levels.densities.reversed(), \.sparsity),
      (.nonZeroParameters, levels.sizes, \.nonZeroParameters),
      (.data, levels.dataAmounts, \.data),
    ]
    return axes.flatMap { axis, groups, value in
      groups.filter { $0.count >= 4 }.map { group in
        let errors = group.map { relativeErrors[$0] }
        let count = Double(errors.count)
        let mean = errors.reduce(0, +) / count
        let squares = errors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let values = group.map { value(observations.settings[$0]) }.sorted()
        return ResidualTrend(
          axis: axis, value: values[(values.count - 1) / 2], runs: errors.count, mean: mean,
          standardError: (squares / (count - 1) / count).squareRoot())
      }
    }
  }
}
