import Fitting
import ScalingLaws
import Testing

@Suite("What a law misses along an axis")
struct ResidualTrendTests {
  private static let sparsities = [0, 0.5, 0.75]

  /// Errors of ±0.1 % around an offset for each sparsity.
  private static func trends(offset: (Double) -> Double) -> [ResidualTrend] {
    var settings: [Setting] = []
    var errors: [Double] = []
    for sparsity in sparsities {
      for size in 0..<6 {
        settings.append(
          Setting(
            nonZeroParameters: 1e6 * Double(size + 1), sparsity: sparsity,
            data: 1e9 * Double(size % 2 + 1)))
        errors.append(offset(sparsity) + (size % 2 == 0 ? 0.001 : -0.001))
      }
    }
    let observations = Observations(
      names: settings.indices.map(String.init), settings: settings,
      losses: settings.map { _ in 1 })
    return ResidualTrend.all(observations, relativeErrors: errors)
  }

  @Test func meansAndErrorsAreThoseOfTheRuns() throws {
    let trend = try #require(
      Self.trends { $0 }.first { $0.axis == .sparsity && $0.value == 0.5 })
    #expect(trend.runs == 6)
    #expect(abs(trend.mean - 0.5) < 1e-12)
    // Six values of ±0.001: variance 6e-6 / 5, over six runs.
    #expect(abs(trend.standardError - (6e-6 / 5 / 6).squareRoot()) < 1e-12)
  }

  /// Of whole weights it is the mean of so many equal values; what a cluster shares counts once.
  @Test func weightsAreRepeats() throws {
    let (values, clusters) = ([1.0, 2, 4, 8], [0, 1, 1, 2])
    let weighted = try #require(ClusteredMean(values, weights: [1, 3, 2, 1], clusters: clusters))
    let repeated = try #require(
      ClusteredMean([1, 2, 2, 2, 4, 4, 8], clusters: [0, 1, 1, 1, 1, 1, 2]))
    #expect(abs(weighted.mean - repeated.mean) < 1e-12)
    #expect(abs(weighted.standardError - repeated.standardError) < 1e-12)
    #expect(ClusteredMean(values, weights: [1, 1, 1, 1], clusters: [0, 1, 1, 1]) == nil)
  }

  @Test func whatIsLessThanALossIsKnownToIsNoTrend() {
    let observations = Observations(
      names: (0..<8).map(String.init),
      settings: (0..<8).map {
        Setting(nonZeroParameters: 1e6 * Double($0 + 1), sparsity: 0, data: 1e9)
      }, losses: [Double](repeating: 1, count: 8))
    func notable(_ error: Double) -> Bool {
      ResidualTrend.all(
        observations, relativeErrors: (0..<8).map { error * (1 + Double($0 % 2)) }
      ).contains(where: \.isNotable)
    }
    #expect(notable(1e-5))
    #expect(!notable(1e-9))
  }

  @Test func anOffsetAtOneSparsityIsNotable() {
    let notable = Self.trends { $0 == 0.75 ? 0.01 : 0 }.filter(\.isNotable)
    #expect(notable.contains { $0.axis == .sparsity && $0.value == 0.75 })
    #expect(!notable.contains { $0.axis == .sparsity && $0.value < 0.75 })
  }

  @Test func scatterAloneIsNot() {
    #expect(Self.trends { _ in 0 }.filter { $0.isNotable && $0.axis == .sparsity }.isEmpty)
  }

  /// By chance alone a sweep of twenty has a dagger, whatever the runs of a cluster share.
  @Test func sharedErrorsAreNoTrend() {
    let design = Design.bytes.settings
    let observations = Observations(
      names: design.indices.map(String.init), settings: design, losses: design.map { _ in 1 })
    var generator = SplitMix64(seed: 3)
    let flagged = (0..<400).count { _ in
      var shared: [[Double]: Double] = [:]
      let errors = design.map { setting -> Double in
        let key = [setting.nonZeroParameters, setting.sparsity]
        let common = shared[key] ?? generator.normal()
        shared[key] = common
        return 0.01 * (common + 0.5 * generator.normal())
      }
      return ResidualTrend.all(observations, relativeErrors: errors).contains(where: \.isNotable)
    }
    #expect(flagged <= 40, "\(flagged)")
  }

  @Test func levelsOfFewRunsAreLeftOut() {
    #expect(!Self.trends { _ in 0 }.contains { $0.axis == .nonZeroParameters })
  }
}
