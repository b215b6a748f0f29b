import Fitting
import Foundation
import ScalingLaws
import Testing

@Suite("Clustering of residuals")
struct ResidualClusteringTests {
  private func errors(share: Double, seed: UInt64) -> [Double] {
    var generator = SplitMix64(seed: seed)
    var common: [[Double]: Double] = [:]
    return Design.t5.settings.map { setting in
      let key = [setting.nonZeroParameters, setting.sparsity]
      let group = common[key] ?? generator.normal()
      common[key] = group
      let own = generator.normal()
      return expm1(0.01 * (share.squareRoot() * group + (1 - share).squareRoot() * own))
    }
  }

  /// The mean over data sets, since one data set of 16 groups says little.
  @Test("finds the share of variance that groups have in common", arguments: [0, 0.5, 0.9])
  func share(truth: Double) throws {
    let observations = Design.t5.observations(of: ReferenceData.t5Optimum)
    let found = try (0..<200).map { seed in
      try #require(
        ResidualClustering(
          observations, relativeErrors: errors(share: truth, seed: UInt64(seed))))
    }
    #expect(found.allSatisfy { $0.groups == 16 && $0.runs == 48 })
    let mean = found.reduce(0) { $0 + $1.correlation } / 200
    #expect(abs(mean - truth) < 0.05, "\(mean)")
    // Groups of equal size and normal errors: the interval is exact, within chance of 200 sets.
    let covered = found.count { $0.interval.contains(truth) }
    #expect((181...199).contains(covered), "\(covered)")
  }

  /// Groups {1, 3} and {5, 9}: mean squares 25 between and 5 within.
  @Test("a small example by hand")
  func example() throws {
    let settings = [0, 0, 0.5, 0.5].map {
      Setting(nonZeroParameters: 1e6, sparsity: $0, data: 1e9)
    }
    let observations = Observations(
      names: ["a", "b", "c", "d"], settings: settings, losses: [1, 1, 1, 1])
    let found = try #require(
      ResidualClustering(observations, relativeErrors: [1, 3, 5, 9].map { expm1($0 / 100) }))
    #expect(abs(found.correlation - 20.0 / 30) < 1e-12)
    // F quantiles for 1 and 2 degrees of freedom: 38.506 at 97.5 %, 1 / 799.5 at 2.5 %.
    #expect(abs(found.interval.lowerBound - (5 / 38.506 - 1) / (5 / 38.506 + 1)) < 1e-4)
    #expect(abs(found.interval.upperBound - (5 * 799.5 - 1) / (5 * 799.5 + 1)) < 1e-6)
    #expect(found.warning?.contains("67 % (95 % interval 0 to 100 %)") == true)
  }

  @Test("independent residuals give no warning; nothing to compare gives no answer")
  func none() throws {
    let observations = Design.t5.observations(of: ReferenceData.t5Optimum)
    let flat = Array(repeating: 0.0, count: 48)
    #expect(ResidualClustering(observations, relativeErrors: flat) == nil)
    #expect(ResidualClustering(observations, relativeErrors: [0.1]) == nil)
    let alternating = (0..<48).map { $0 % 3 == 0 ? 0.02 : -0.01 }
    let found = try #require(ResidualClustering(observations, relativeErrors: alternating))
    #expect(found.correlation < 0)
    #expect(found.warning == nil)
    let alone = Design.grid("", n: [1e6, 1e7, 1e8], s: [0, 0.5], d: [1e9])
      .observations(of: ReferenceData.t5Optimum)
    let different = alone.losses.indices.map { Double($0) / 100 }
    #expect(ResidualClustering(alone, relativeErrors: different) == nil)
  }
}
