import Fitting
import Testing

@Suite("Quantiles")
struct QuantileTests {
  /// R: quantile(c(1, 2, 4, 8, 16), type = 7).
  @Test(
    "interpolate between order statistics",
    arguments: [(0.0, 1.0), (0.1, 1.4), (0.25, 2), (0.5, 4), (0.6, 5.6), (0.975, 15.2), (1, 16)])
  func type7(probability: Double, expected: Double) {
    #expect(abs(quantile(ofSorted: [1, 2, 4, 8, 16], probability) - expected) < 1e-12)
  }

  @Test("probabilities outside [0, 1] give the extremes")
  func clamped() {
    #expect(quantile(ofSorted: [1, 2, 3], -0.5) == 1)
    #expect(quantile(ofSorted: [1, 2, 3], 1.5) == 3)
  }

  @Test("no values have no quantile; one value is all of its quantiles")
  func few() {
    #expect(quantile(ofSorted: [], 0.5).isNaN)
    #expect(quantile(ofSorted: [7], 0.975) == 7)
  }

  @Test("an infinite tail stays out of the quantiles below it")
  func infiniteTail() {
    #expect(quantile(ofSorted: [1, 2, 3, 4, .infinity], 0.5) == 3)
    #expect(quantile(ofSorted: [1, 2, 3, 4, .infinity], 0.75) == 4)
    #expect(quantile(ofSorted: [1, 2, 3, .infinity, .infinity], 0.9) == .infinity)
  }
}
