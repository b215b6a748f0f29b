import Fitting
import Foundation
import RunLogs
import ScalingLaws
import Testing

/// Known laws, measured without noise, come back.
@Suite("Recovery of known laws")
struct RecoveryTests {
  static let designs = [Design.t5, .bytes, .scattered, .sparse]

  @Test("all seven coefficients to 6 digits, 20 random laws a design", arguments: designs, [0, 77])
  func sevenCoefficients(design: Design, seed: Int) {
    var generator = SplitMix64(seed: 2024, stream: UInt64(seed))
    for law in (0..<20).map({ _ in design.randomLaw(&generator) }) {
      let fitter = LawFitter(design.observations(of: law))
      let fit = fitter.fit(fitOptions(starts: 24, seed: UInt64(seed)))
      #expect(fit.termination.isConverged)
      #expect(fit.atBound.isEmpty)
      for (found, true_) in zip(fit.coefficients, law.coefficients) {
        #expect(
          relativeError(found.value, true_.value) < 1e-6,
          "\(found.name) = \(found.value) of \(law)")
      }
    }
  }

  @Test("other objectives have the same optimum where there is no noise")
  func otherObjectives() {
    var generator = SplitMix64(seed: 5)
    for law in (0..<5).map({ _ in Design.t5.randomLaw(&generator) }) {
      for (residual, delta) in [(ResidualKind.linear, 0.01), (.log, 1e-6), (.log, 10)] {
        let fitter = LawFitter(
          form: Laws.sparsity, observations: Design.t5.observations(of: law),
          residual: residual, huberDelta: delta)
        let fit = fitter.fit(fitOptions(starts: 24))
        for (found, true_) in zip(fit.coefficients, law.coefficients) {
          #expect(relativeError(found.value, true_.value) < 1e-6, "\(residual), \(delta)")
        }
      }
    }
  }

  @Test("dense runs give the dense law, and sparsity is said to be unknown")
  func denseOnly() throws {
    var generator = SplitMix64(seed: 6)
    for _ in 0..<20 {
      let law = Design.dense.randomLaw(&generator)
      let observations = Design.dense.observations(of: law)
      let (form, warnings) = try Identifiability.form(for: observations)
      #expect(form.key == "dense")
      #expect(warnings.contains { $0.contains("sparsity is not identified") })
      let fit = LawFitter(observations, form: form).fit(fitOptions(starts: 24))
      #expect(fit.coefficients.map(\.name) == ["c_S", "b_N", "a_D", "b_D", "c"])
      let expected = ["c_S": law.aS + law.cS, "b_N": law.bN, "a_D": law.aD, "b_D": law.bD]
      for (name, value) in expected {
        #expect(relativeError(coefficient(name, of: fit.coefficients), value) < 1e-6)
      }
      let fitted = fit.law
      #expect(!fitted.respondsToSparsity)
      #expect(
        OptimalSparsity(
          law: fitted, compute: .init(), sparsities: [0, 0.5], referenceParameters: 1e6,
          largestFittedSparsity: 0) == nil)
    }
  }

  @Test("two sparsities give the law without saturation")
  func twoSparsities() throws {
    let design = Design.grid(
      "two", n: [1e6, 1e7, 1e8], s: [0, 0.75], d: [1e9, 1e10, 1e11])
    var generator = SplitMix64(seed: 3)
    var law = Design.t5.randomLaw(&generator)
    law.cS = 0
    let observations = design.observations(of: law)
    let (form, warnings) = try Identifiability.form(for: observations)
    #expect(form.key == Laws.withoutSaturation.key)
    #expect(warnings.contains { $0.contains("two distinct sparsities") })
    let fit = LawFitter(observations, form: form).fit(fitOptions(starts: 40))
    for name in ["a_S", "b_S", "b_N", "a_D", "b_D", "c"] {
      let found = coefficient(name, of: fit.coefficients)
      #expect(relativeError(found, coefficient(name, of: law.coefficients)) < 1e-6)
    }
    #expect(fit.law.effectiveParameterLimit == nil)
  }

  /// A law without irreducible loss or without saturation has its optimum at a bound.
  @Test("coefficients that vanish end at their bound and are named", arguments: ["c", "c_S"])
  func atBound(name: String) {
    var generator = SplitMix64(seed: 9)
    var found = 0
    for _ in 0..<10 {
      var law = Design.t5.randomLaw(&generator)
      if name == "c" { law.c = 0 } else { law.cS = 0 }
      // Without the bound about half of these would end below zero.
      let observations = Design.t5.observations(of: law, noise: 0.002, generator: &generator)
      let fit = LawFitter(observations).fit(fitOptions(starts: 24))
      #expect(fit.coefficients.allSatisfy { $0.value >= 0 })
      let isZero = coefficient(name, of: fit.coefficients) == 0
      #expect(fit.atBound.contains(name) == isZero)
      if isZero {
        found += 1
        #expect(Identifiability.warnings(about: fit).contains { $0.hasPrefix("\(name) ended") })
      }
    }
    #expect(found >= 2)
  }

}
