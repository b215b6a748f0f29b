import Fitting
import Foundation
import Testing

@Suite("Standard normal distribution")
struct NormalDistributionTests {
  /// Abramowitz and Stegun, tables 26.1 and 26.5.
  @Test(
    "known quantiles",
    arguments: [
      (0.5, 0), (0.975, 1.959963984540054), (0.025, -1.959963984540054),
      (0.001, -3.090232306167813), (1e-9, -5.997807015007687), (0.9, 1.2815515655446004),
    ])
  func quantiles(probability: Double, expected: Double) {
    #expect(abs(NormalDistribution.quantile(probability) - expected) < 1e-13 * 10)
  }

  @Test("probability and quantile are inverse to each other")
  func roundTrip() {
    for z in stride(from: -8.0, through: 5, by: 0.05) {
      let probability = NormalDistribution.probability(below: z)
      #expect(abs(NormalDistribution.quantile(probability) - z) < 1e-9)
    }
  }

  @Test("the ends are infinite, and nothing lies beyond")
  func ends() {
    #expect(NormalDistribution.quantile(0) == -.infinity)
    #expect(NormalDistribution.quantile(1) == .infinity)
    #expect(NormalDistribution.quantile(-0.1).isNaN)
    #expect(NormalDistribution.quantile(.nan).isNaN)
    #expect(NormalDistribution.quantile(1e-300) < -37)
  }
}
