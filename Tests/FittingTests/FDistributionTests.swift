import Fitting
import Testing

@Suite("The F distribution and Student's t")
struct FDistributionTests {
  /// Tables of the NIST/SEMATECH e-Handbook, 1.3.6.7.
  @Test(arguments: [
    (0.95, 1.0, 1.0, 161.448), (0.95, 5, 10, 3.326), (0.95, 4, 7, 4.120), (0.99, 3, 20, 4.938),
    (0.90, 10, 2, 9.392), (0.975, 1, 6, 8.813),
  ])
  func quantiles(p: Double, a: Double, b: Double, value: Double) {
    #expect(abs(FDistribution.quantile(p, a, b) - value) < 6e-4 * value)
    #expect(abs(FDistribution.cumulative(FDistribution.quantile(p, a, b), a, b) - p) < 1e-9)
    // The reciprocal of an F variable has the degrees of freedom changed about.
    #expect(abs(FDistribution.quantile(1 - p, b, a) * FDistribution.quantile(p, a, b) - 1) < 1e-8)
  }

  @Test(arguments: [(3.0, 3.182), (6, 2.447), (14, 2.145), (1e6, 1.960)])
  func studentT(degrees: Double, value: Double) {
    #expect(abs(FDistribution.studentT(tails: 0.05, degrees: degrees) - value) < 6e-4)
  }
}
