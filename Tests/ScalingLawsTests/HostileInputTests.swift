import Fitting
import Foundation
import RunLogs
import ScalingLaws
import Testing

/// Inputs at the edges of what the readers admit neither crash nor hang.
@Suite("Hostile observations")
struct HostileInputTests {
  static let n = [1.0, 1e10, 1e30]
  static let s = [0, 0.5, 1 - 1e-12]
  static let d = [1.0, 1e15, 1e30]

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var settings: [Setting]
    var losses: [Double]

    init(_ name: String, _ settings: [Setting], _ loss: (Int) -> Double) {
      testDescription = name
      self.settings = settings
      losses = settings.indices.map(loss)
    }
  }

  static let cases: [Case] = {
    let wide = Design.grid("", n: n, s: s, d: d).settings
    let usual = Design.t5.settings
    return [
      Case("extreme ranges, alternating extreme losses", wide) { $0 % 2 == 0 ? 1e-6 : 1e6 },
      Case("extreme ranges, equal losses", wide) { _ in 1 },
      Case("equal losses", usual) { _ in 2.5 },
      Case("tiny losses", usual) { 1e-6 * (1 + Double($0 % 7)) },
      Case("huge losses", usual) { 1e6 / (1 + Double($0 % 7)) },
      Case("losses rising with everything", usual) { 1 + Double($0) },
      Case("every run twice", usual + usual) { 3 - 0.01 * Double($0 % 48) },
      Case("every run eight times, few settings", Array(repeating: usual[0], count: 8)) {
        1 + Double($0)
      },
      Case("8 runs", (0..<8).map { usual[$0 * 6] }) { 3 - 0.1 * Double($0) },
      Case(
        "one run far from all others",
        usual + [Setting(nonZeroParameters: 1e30, sparsity: 0, data: 1)]
      ) { $0 == 48 ? 1e6 : 2 },
    ]
  }()

  @Test("a fit ends, with finite coefficients", arguments: cases)
  func fit(test: Case) {
    let observations = Observations(
      names: test.losses.indices.map { "r\($0)" }, settings: test.settings, losses: test.losses)
    for residual in ResidualKind.allCases {
      for delta in [1e-12, 1e-3, 1e12] {
        for form in [Laws.sparsity, Laws.dense, Laws.withoutSaturation] {
          let fit = LawFitter(
            form: form, observations: observations, residual: residual, huberDelta: delta
          ).fit(fitOptions(starts: 6))
          #expect(fit.parameters.allSatisfy { $0.isFinite })
          #expect(fit.relativeErrors.count == test.losses.count)
          #expect(fit.startsReachedBest <= fit.startsTried)
          #expect(Identifiability.warnings(about: fit).allSatisfy { !$0.isEmpty })
          let law = fit.law
          let optimal = OptimalSparsity(
            law: law, compute: .init(), sparsities: OptimalSparsity.standardSparsities,
            referenceParameters: 1e30, largestFittedSparsity: 0.875)
          #expect((optimal == nil) == !law.respondsToSparsity)
        }
      }
    }
  }

  @Test("designs without enough levels are refused, not fitted")
  func refused() {
    for test in Self.cases where test.testDescription.contains("few settings") {
      let observations = Observations(
        names: test.losses.map { "\($0)" }, settings: test.settings, losses: test.losses)
      #expect(throws: CannotFit.self) { try Identifiability.form(for: observations) }
    }
  }

  @Test("optimal sparsity of extreme laws and budgets stays in range")
  func optimum() {
    let extremes = [0, 1e-300, 1e-6, 1, 1e6, 1e300, .infinity]
    for value in extremes {
      for index in 0..<7 {
        var law = ReferenceData.t5Optimum
        switch index {
        case 0: law.aS = value
        case 1: law.bS = value
        case 2: law.cS = value
        case 3: law.bN = value
        case 4: law.aD = value
        case 5: law.bD = value
        default: law.c = value
        }
        for accounting in ComputeTests.accountings {
          let model = ComputeTests.model(law, accounting)
          for flops in [1e-300, 1, 1e20, 1e300, .infinity] {
            let best = model.optimum(nonZeroParameters: 1e8, flops: flops)
            #expect(!(best.sparsity < 0 || best.sparsity > 0.99 + 1e-12), "\(law), \(flops)")
            let scanned = model.optimumByScan(nonZeroParameters: 1e8, flops: flops)
            #expect(!(scanned.sparsity < 0 || scanned.sparsity > 0.99 + 1e-12))
            _ = model.nearOptimalSparsities(nonZeroParameters: 1e8, flops: flops, tolerance: 1e-3)
          }
        }
      }
    }
  }
}
