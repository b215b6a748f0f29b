import Foundation
import Testing

@testable import ScalingLaws

/// The random weights behind errors on sizes left out, against what their definition says.
@Suite("Resampler")
struct ResamplerTests {
  private static let observations = Observations(
    names: Design.t5.settings.indices.map { "r\($0)" }, settings: Design.t5.settings,
    losses: Design.t5.settings.map { _ in 3 })

  @Test("clusters: one exponential weight for all runs of a size and sparsity")
  func clusters() {
    var weights: [Double] = []
    for index in 0..<200 {
      let drawn = Resampler(Self.observations, seed: 3).weights(index)
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
    let resampler = Resampler(Self.observations, seed: 3)
    #expect(resampler.weights(7) == Resampler(Self.observations, seed: 3).weights(7))
    #expect(resampler.weights(7) != resampler.weights(8))
    #expect(resampler.weights(7) != Resampler(Self.observations, seed: 4).weights(7))
  }

  /// Ten checkpoints of a run are no ten runs: they are drawn together, and so chosen by themselves.
  @Test("checkpoints of a run share their weight")
  func trajectories() {
    var observations = Self.observations
    observations.trajectories = observations.settings.indices.map { "run \($0 / 4)" }
    let weights = Resampler(observations, seed: 3).weights(0)
    for group in Dictionary(grouping: weights.indices, by: { $0 / 4 }).values {
      #expect(Set(group.map { weights[$0] }).count == 1)
    }
    #expect(Set(weights).count == 12)
    #expect(Self.observations.trajectories.isEmpty)
  }
}
