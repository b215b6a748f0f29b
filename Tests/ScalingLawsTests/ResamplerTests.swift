import Foundation
import ScalingLaws
import Testing

/// The random weights behind every interval, against what their definitions say.
@Suite("Resampler")
struct ResamplerTests {
  private static let observations = Observations(
    names: Design.t5.settings.indices.map { "r\($0)" }, settings: Design.t5.settings,
    losses: Design.t5.settings.map { _ in 3 })

  private static func resampler(_ method: Resampling, coefficients: Int = 7) -> Resampler {
    Resampler(
      observations, relativeErrors: observations.losses.map { _ in 0 },
      coefficients: coefficients, method: method, seed: 3)
  }

  /// 48 runs, 7 coefficients: a run drawn k times weighs 1 + √(41 / 48) (k − 1), and the draws of
  /// each of the four sizes add up to its 12 runs.
  @Test("shrunken cases: counts of draws within a size, pulled towards 1")
  func shrunkenCases() throws {
    let shrinkage = (41.0 / 48).squareRoot()
    let sizes = Self.observations.sizes
    var counts: [Int: Int] = [:]
    for index in 0..<200 {
      let weights = try #require(Self.resampler(.shrunkenCases).weights(index))
      let draws = weights.map { 1 + ($0 - 1) / shrinkage }
      for draw in draws {
        #expect(abs(draw - draw.rounded()) < 1e-12 && draw > -0.5)
        counts[Int(draw.rounded()), default: 0] += 1
      }
      for size in sizes {
        let own = zip(draws, Self.observations.settings).filter {
          abs($0.1.nonZeroParameters / size - 1) < 1e-6
        }
        #expect(own.count == 12)
        #expect(abs(own.reduce(0) { $0 + $1.0 } - 12) < 1e-9)
      }
    }
    // A run of twelve is not drawn with probability (11 / 12)^12 = 0.352.
    let missed = Double(counts[0] ?? 0) / (200 * 48)
    #expect(abs(missed - 0.352) < 0.02, "\(missed)")
  }

  @Test("clusters: one exponential weight for all runs of a size and sparsity")
  func clusters() throws {
    var weights: [Double] = []
    for index in 0..<200 {
      let drawn = try #require(Self.resampler(.clusters).weights(index))
      let groups = Dictionary(grouping: drawn.indices) { run in
        let setting = Self.observations.settings[run]
        return [setting.nonZeroParameters.rounded(), setting.sparsity]
      }
      #expect(groups.count == 16)
      for runs in groups.values {
        #expect(Set(runs.map { drawn[$0] }).count == 1)
        weights.append(drawn[runs[0]])
      }
    }
    // 3,200 exponential weights: mean 1 ± 0.018, a share of 1 / e above 1.
    #expect(abs(weights.reduce(0, +) / 3_200 - 1) < 0.06)
    #expect(abs(Double(weights.count { $0 > 1 }) / 3_200 - exp(-1)) < 0.03)
  }

  @Test("a resample depends on the seed and its number alone")
  func numbers() {
    for method in [Resampling.shrunkenCases, .clusters] {
      let resampler = Self.resampler(method)
      #expect(resampler.weights(7) == Self.resampler(method).weights(7))
      #expect(resampler.weights(7) != resampler.weights(8))
    }
  }

  @Test("with fewer than four degrees of freedom there is nothing to draw", arguments: 43...46)
  func freedom(coefficients: Int) {
    let resampler = Self.resampler(.clusters, coefficients: coefficients)
    #expect(resampler.canResample == (coefficients <= 44))
    #expect((resampler.weights(0) == nil) == (coefficients > 44))
    // 44 distinct runs of 48 are hardly ever drawn: what can be fitted is no resample.
    #expect(Self.resampler(.shrunkenCases, coefficients: coefficients).weights(0) == nil)
  }

  /// Ten checkpoints of a run are no ten runs: they are drawn together, and so chosen by themselves.
  @Test("checkpoints of a run share their weight")
  func trajectories() throws {
    var observations = Self.observations
    observations.trajectories = observations.settings.indices.map { "run \($0 / 4)" }
    let resampler = Resampler(
      observations, relativeErrors: observations.losses.map { _ in 0 }, coefficients: 7, seed: 3)
    #expect(resampler.method == .trajectories)
    let weights = try #require(resampler.weights(0))
    for group in Dictionary(grouping: weights.indices, by: { $0 / 4 }).values {
      #expect(Set(group.map { weights[$0] }).count == 1)
    }
    #expect(Set(weights).count == 12)
    #expect(Self.observations.trajectories.isEmpty)
  }
}
