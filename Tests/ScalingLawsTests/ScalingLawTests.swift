import Foundation
import ScalingLaws
import Testing

@Suite("The law")
struct ScalingLawTests {
  static let law = ReferenceData.t5Optimum

  @Test("the loss is the sum of its terms")
  func terms() {
    let law = FrantarLaw(aS: 3, bS: 2, cS: 1, bN: 0.5, aD: 16, bD: 0.25, c: 0.125)
    // (3 · 0.25 + 1) / 10 + (16 / 1)^¼ + 1/8.
    #expect(abs(law.loss(nonZeroParameters: 100, sparsity: 0.5, data: 1) - 2.3) < 1e-12)
  }

  /// The multiplier is defined by equal loss: a dense model of multiplier · N parameters.
  @Test("a dense model of the effective size has the same loss")
  func effectiveParameters() {
    for sparsity in [0, 0.5, 0.9, 0.99] {
      let multiplier = Self.law.effectiveParameterMultiplier(sparsity: sparsity)
      for size in [1e6, 1e9] {
        let sparse = Self.law.loss(nonZeroParameters: size, sparsity: sparsity, data: 1e10)
        let dense = Self.law.loss(nonZeroParameters: size * multiplier, sparsity: 0, data: 1e10)
        #expect(relativeError(sparse, dense) < 1e-12)
      }
    }
  }

  @Test("the limit of the multiplier is that of S → 1, and absent without saturation")
  func limit() throws {
    let limit = try #require(Self.law.effectiveParameterLimit)
    let near = Self.law.effectiveParameterMultiplier(sparsity: 1 - 1e-12)
    #expect(relativeError(near, limit) < 1e-9)
    var unsaturated = Self.law
    unsaturated.cS = 0
    #expect(unsaturated.effectiveParameterLimit == nil)
  }

  @Test("data for a loss inverts the law; below the size's own limit there is none")
  func dataForLoss() throws {
    let loss = Self.law.loss(nonZeroParameters: 1e8, sparsity: 0.5, data: 7e9)
    let data = try #require(
      Self.law.general.data(forLoss: loss, nonZeroParameters: 1e8, sparsity: 0.5))
    #expect(relativeError(data, 7e9) < 1e-9)
    let floor = Self.law.c + Self.law.sizeTerm(nonZeroParameters: 1e8, sparsity: 0.5)
    #expect(
      Self.law.general.data(forLoss: floor * 0.99, nonZeroParameters: 1e8, sparsity: 0.5) == nil)
  }

  @Test("fitted predictions are those of the law in absolute units")
  func units() throws {
    let fit = LawFitter(Design.bytes.observations(of: Self.law)).fit(fitOptions(starts: 10))
    let law = fit.law
    let predictions = fit.predictions(for: Design.bytes.settings)
    for (setting, prediction) in zip(Design.bytes.settings, predictions) {
      #expect(relativeError(law.loss(setting), prediction) < 1e-10)
    }
  }
}
