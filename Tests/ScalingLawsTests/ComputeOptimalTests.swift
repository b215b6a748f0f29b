import Foundation
import RunLogs
import ScalingLaws
import Testing

@Suite("Compute-optimal dense training")
struct ComputeOptimalTests {
  /// Hoffmann et al. 2022 (arXiv 2203.15556), equation 10 with the digits of the text.
  private let hoffmann = FrantarLaw(
    aS: 0, bS: 1, cS: 406.4, bN: 0.34, aD: pow(410.7, 1 / 0.28), bD: 0.28, c: 1.69)

  private func model(_ law: FrantarLaw, k: Double = 6) -> ComputeModel {
    ComputeModel(law: law, accounting: .dense, flopsPerParameter: k)
  }

  /// Their equation 4: N* = G (C/6)^a, D* = G⁻¹ (C/6)^b, G = (αA / βB)^(1/(α + β)).
  @Test(arguments: [1e18, 5.76e23, 1e26])
  func isApproachThreeOfHoffmann(flops: Double) throws {
    let best = try #require(model(hoffmann).denseOptimum(flops: flops))
    let (alpha, beta) = (0.34, 0.28)
    let g = pow(alpha * 406.4 / (beta * 410.7), 1 / (alpha + beta))
    #expect(abs(best.parameters / (g * pow(flops / 6, beta / (alpha + beta))) - 1) < 1e-10)
    #expect(abs(best.data / (pow(flops / 6, alpha / (alpha + beta)) / g) - 1) < 1e-10)
    #expect(abs(6 * best.parameters * best.data / flops - 1) < 1e-12)
    let law = model(hoffmann).law
    #expect(abs(try #require(law.sizeExponentOfCompute) - 0.28 / 0.62) < 1e-12)
    #expect(abs(try #require(law.lossExponentOfCompute) - 0.34 * 0.28 / 0.62) < 1e-12)
  }

  /// Of the literature's laws by brute force over a fine grid, without any condition of optimality.
  @Test(arguments: ["sparsity", "coupling", "size-interaction", "wu2026"])
  func beatsEveryOtherSize(key: String) throws {
    let form = try #require(Laws.all().first { $0.key == key })
    let values: [String: Double] = [
      "a_S": 12, "b_S": 0.7, "c_S": 30, "b_N": 0.24, "a_D": 3e8, "b_D": 0.31, "c": 0.8, "k": 1.3,
      "b_SN": 0.06, "A": 70, "P": 0.2, "B": 200, "eps": 0.4, "mu": 0.9, "alpha": 0.29, "E": 0.7,
    ]
    let law = try #require(ScalingLaw(form: form, coefficients: values))
    let model = ComputeModel(law: law, accounting: .dense, flopsPerParameter: 6)
    for flops in [1e16, 3e20] {
      let best = try #require(model.denseOptimum(flops: flops))
      let sizes = stride(from: 4.0, to: 14, by: 0.0005).map { pow(10, $0) }
      func loss(_ size: Double) -> Double {
        law.loss(nonZeroParameters: size, sparsity: 0, data: flops / (6 * size))
      }
      let lowest = try #require(sizes.min { loss($0) < loss($1) })
      #expect(abs(best.parameters / lowest - 1) < 2e-3)
      #expect(best.loss <= loss(lowest) * (1 + 1e-12))
      let near = try #require(model.nearOptimalSizes(flops: flops, tolerance: 0.001))
      let within = sizes.filter { loss($0) <= best.loss * 1.001 }
      #expect(abs(near.lowerBound / (within.first ?? 0) - 1) < 2e-3)
      #expect(abs(near.upperBound / (within.last ?? 0) - 1) < 2e-3)
    }
  }

  @Test func budgetsOfLessThanAModelHaveNoOptimum() {
    #expect(model(hoffmann).denseOptimum(flops: 1) == nil)
    let flat = FrantarLaw(aS: 0, bS: 1, cS: 0, bN: 0.3, aD: 1e8, bD: 0.3, c: 1)
    #expect(model(flat).denseOptimum(flops: 1e20) == nil)
  }

  @Test func budgetsAreRoundAndReachTwoDecadesFurther() throws {
    let law = hoffmann
    func budgets(_ low: Double, _ high: Double) -> [Double] {
      let settings = [low, high].map { flops in
        let size = (flops / 120).squareRoot()
        return Setting(nonZeroParameters: size, sparsity: 0, data: 20 * size)
      }
      return ComputeOptimal(model(law), replicates: nil, dense: settings, tolerance: 0.001)?
        .entries.map(\.flops) ?? []
    }
    #expect(budgets(6e18, 3e21) == [1e19, 3e19, 1e20, 3e20, 1e21, 3e21, 1e22, 1e23])
    #expect(budgets(2e15, 8e15) == [3e15, 1e16, 1e17])
    let many = budgets(1e10, 1e25)
    #expect(many.count <= 10 && many.last == 1e27 && many.contains { $0 <= 1e12 })
  }
}
