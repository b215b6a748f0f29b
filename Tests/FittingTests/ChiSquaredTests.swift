import Fitting
import Testing

@Suite("Variances of normal noise")
struct ChiSquaredTests {
  /// Abramowitz and Stegun, table 26.8.
  @Test(arguments: [
    (0.975, 1, 5.02389), (0.025, 8, 2.17973), (0.975, 8, 17.5346), (0.025, 14, 5.62873),
    (0.5, 2, 1.38629), (0.025, 30, 16.7908),
  ])
  func quantiles(p: Double, degrees: Double, value: Double) {
    #expect(abs(ChiSquared.quantile(p, degrees: degrees) / value - 1) < 1e-5)
  }

  /// `scipy.stats.bartlett` of samples with these variances.
  @Test func bartlettsTestAgreesWithAnotherProgram() throws {
    let small = try #require(
      ChiSquared.equality(of: [(0.001366666666666669, 3), (0.5633333333333334, 2), (0.00023, 4)]))
    #expect(abs(small / 2.0582550952983764e-07 - 1) < 1e-6)
    let ten = try #require(
      ChiSquared.equality(
        of: [(0.007054444444444413, 9), (0.13073888888888888, 9), (0.008890000000000002, 9)]))
    #expect(abs(ten / 1.1254782518834628e-05 - 1) < 1e-6)
    #expect(ChiSquared.equality(of: [(2, 3), (2, 5)]) == 1)
    #expect(ChiSquared.equality(of: [(2, 3)]) == nil)
    #expect(ChiSquared.equality(of: [(2, 3), (0, 3)]) == nil)
  }

  /// Of seven variances of two degrees of freedom each, as repeats of three seeds give.
  @Test func itFindsEqualNoiseUnequalAsOftenAsItSays() {
    var generator = SplitMix64(seed: 3)
    let draws = 4_000
    let found = (0..<draws).count { _ in
      let variances = (0..<7).map { _ in (generator.chiSquared(degreesOfFreedom: 2) / 2, 2.0) }
      return (ChiSquared.equality(of: variances) ?? 1) < 0.05
    }
    #expect((0.035...0.065).contains(Double(found) / Double(draws)))
  }
}
