import Foundation
import ScalingLaws
import Testing

@Suite("Huber likelihood")
struct HuberLikelihoodTests {
  @Test("the density integrates to one", arguments: [0.01, 0.3, 1, 7, 400], [0.001, 0.5])
  func normaliser(_ scale: Double, _ delta: Double) {
    // Simpson's rule over the middle, the exponential tail in closed form.
    let steps = 2_000
    let width = 2 * delta / Double(steps)
    var middle = 0.0
    for step in 0...steps {
      let r = -delta + width * Double(step)
      let weight = step == 0 || step == steps ? 1.0 : step % 2 == 1 ? 4 : 2
      middle += weight * exp(-r * r / (2 * delta * delta * scale)) * width / 3
    }
    let tails = 2 * delta * scale * exp(-1 / (2 * scale))
    let found = HuberLikelihood.logNormaliser(scale: scale, delta: delta)
    #expect(abs(found - log(middle + tails)) < 1e-6)
  }

  @Test("wide delta gives the normal likelihood, narrow delta the Laplace likelihood")
  func limits() {
    let variance = 0.04
    let normal = HuberLikelihood.deviancePerRun(objective: variance / 2, delta: 100)
    #expect(abs(normal - (log(2 * .pi * variance) + 1)) < 1e-6)
    // The mean loss of residuals far outside delta is delta times their mean size.
    let size = 0.3
    let delta = 1e-5
    let laplace = HuberLikelihood.deviancePerRun(
      objective: delta * (size - delta / 2), delta: delta)
    #expect(abs(laplace - 2 * log(2 * M_E * size)) < 1e-3)
  }

  @Test("a coefficient must pay for itself, and needs runs to do so")
  func criterion() throws {
    func criterion(_ objective: Double, _ coefficients: Int, runs: Int = 40) -> Double? {
      HuberLikelihood.informationCriterion(
        objective: objective, delta: 0.001, runs: runs, freeCoefficients: coefficients)
    }
    let seven = try #require(criterion(5e-6, 7))
    let uselessEighth = try #require(criterion(5e-6, 8))
    let usefulEighth = try #require(criterion(4e-6, 8))
    #expect(uselessEighth > seven + 2)
    #expect(usefulEighth < seven)
    #expect(criterion(5e-6, 7, runs: 9) == nil)
  }
}
