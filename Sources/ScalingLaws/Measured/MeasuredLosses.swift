import Fitting
import Foundation
import RunLogs

/// Losses at any amount of data straight from runs: interpolated between runs of one size and
/// sparsity, never extrapolated, with errors from repeated seeds.
public struct MeasuredLosses: Sendable {
  /// The runs of one size and sparsity.
  public struct Series: Sendable {
    /// N of the level.
    public var nonZeroParameters: Double
    /// S, nominal.
    public var sparsity: Double
    /// Ascending, each with the runs that have it.
    public var amounts: [(data: Double, runs: [Int])]

    var runs: [Int] { amounts.flatMap(\.runs) }

    /// Those of some runs, by size and then sparsity.
    static func all(_ runs: [TrainingRun]) -> [Self] {
      Level.grouping(runs.map(\.nonZeroParameters)).flatMap { size in
        Level.sparsities(size.members.map { runs[$0].sparsity }).map { sparsity in
          let members = sparsity.members.map { size.members[$0] }
          return Self(
            nonZeroParameters: size.value, sparsity: sparsity.value,
            amounts: Level.grouping(members.map { runs[$0].data }).map { amount in
              (amount.value, amount.members.map { members[$0] })
            })
        }
      }
    }
  }

  /// A linear combination of the log losses of runs; two that share runs share their errors.
  public struct Combination: Sendable, Equatable {
    /// By run; those that take no part are not there.
    var weights: [Int: Double] = [:]
    /// Whether one of its losses lies between runs.
    public var isInterpolated = false

    mutating func add(_ other: Self, times factor: Double) {
      weights.merge(other.weights.mapValues { factor * $0 }, uniquingKeysWith: +)
      isInterpolated = isInterpolated || other.isInterpolated
    }

    static func - (a: Self, b: Self) -> Self {
      var difference = a
      difference.add(b, times: -1)
      return difference
    }

    /// Nil of none.
    static func mean(_ parts: [Self]) -> Self? {
      guard !parts.isEmpty else { return nil }
      var mean = Self()
      for part in parts { mean.add(part, times: 1 / Double(parts.count)) }
      return mean
    }
  }

  public let runs: [TrainingRun]
  /// By size and then sparsity.
  public let series: [Series]
  /// Nil where no setting is repeated: then nothing is known of errors.
  public let noise: NoiseByCell?

  public init(_ runs: [TrainingRun], noise: NoiseByCell?) {
    self.runs = runs
    self.noise = noise
    series = Series.all(runs)
  }

  /// The log loss of a series at an amount of data; nil outside of its amounts.
  ///
  /// A parabola in log D through the three nearest amounts, or a line where there are but two: a
  /// line alone would lie up to half a per cent above a loss that flattens, between amounts a factor
  /// of two apart. Runs of one amount stand for their mean.
  public func logLoss(_ series: Series, data: Double) -> Combination? {
    let places = series.amounts.map { log($0.data) }
    let place = log(data)
    guard let first = places.first, let last = places.last,
      place > first - Self.rounding, place < last + Self.rounding
    else { return nil }
    var combination = Combination()
    func add(_ share: Double, of amount: Int) {
      let members = series.amounts[amount].runs
      for run in members { combination.weights[run] = share / Double(members.count) }
    }
    if let same = places.firstIndex(where: { abs($0 - place) <= Self.rounding }) {
      add(1, of: same)
      return combination
    }
    combination.isInterpolated = true
    let nodes = places.indices.sorted { abs(places[$0] - place) < abs(places[$1] - place) }
    // Those on either side are always among them.
    let after = places.firstIndex { $0 > place } ?? places.count - 1
    let around = [after - 1, after]
    let chosen = around + nodes.filter { !around.contains($0) }.prefix(1)
    for node in chosen {
      let share = chosen.filter { $0 != node }.reduce(1.0) { product, other in
        product * (place - places[other]) / (places[node] - places[other])
      }
      add(share, of: node)
    }
    return combination
  }

  /// Amounts of data whose logarithms differ by less are the same.
  private static let rounding = 1e-6

  /// The value of a combination; sums have a fixed order.
  public func value(_ combination: Combination) -> Double {
    combination.weights.sorted { $0.key < $1.key }.reduce(0) {
      $0 + $1.value * log(runs[$1.key].loss)
    }
  }

  /// From the noise of its runs, which are independent of each other; nil without repeats.
  public func standardError(_ combination: Combination) -> Double? {
    noise.map { noise in
      combination.weights.sorted { $0.key < $1.key }.reduce(0.0) { sum, part in
        let deviation = part.value * noise.deviation(of: runs[part.key])
        return sum + deviation * deviation
      }.squareRoot()
    }
  }

  /// The interval of a combination at 95 %, or wider so that it holds for so many of them
  /// together: Student's t with the degrees of freedom of all repeats.
  public func interval(_ combination: Combination, among count: Int = 1) -> ClosedRange<Double>? {
    guard let noise, let error = standardError(combination) else { return nil }
    let way =
      error
      * FDistribution.studentT(
        tails: 0.05 / Double(max(count, 1)), degrees: noise.pooled.degreesOfFreedom)
    let value = value(combination)
    return (value - way)...(value + way)
  }
}
