import Foundation
import RunLogs
import ScalingLaws
import Testing

/// The fits of the published measurements, against their known optima.
@Suite("Reference data", .enabled(if: ReferenceData.isPresent, ReferenceData.missing))
struct ReferenceDataTests {
  private func t5Fitter(_ observations: Observations) -> LawFitter {
    LawFitter(
      form: Laws.sparsity, observations: observations, residual: .log, huberDelta: 0.001)
  }

  private func vitFitter(_ observations: Observations) -> LawFitter {
    LawFitter(
      form: Laws.sparsity, observations: observations, residual: .linear, huberDelta: 0.01)
  }

  private func expectCoefficients(_ fit: FittedLaw, _ expected: FrantarLaw, within: Double) {
    for (found, true_) in zip(fit.coefficients, expected.coefficients) {
      #expect(relativeError(found.value, true_.value) < within, "\(found.name) = \(found.value)")
    }
  }

  @Test("T5: the optimum, reached by at least 90 % of starts")
  func t5() throws {
    let observations = try ReferenceData.t5()
    #expect(observations.count == 48)
    let fit = t5Fitter(observations).fit(fitOptions(threads: 2))
    #expect(fit.objective <= 4.8801167e-6)
    #expect(fit.objective >= 4.8801165e-6)
    #expect(fit.startsTried == 200)
    #expect(fit.startsReachedBest >= 180)
    #expect(fit.termination.isConverged)
    #expect(fit.atBound.isEmpty)
    expectCoefficients(fit, ReferenceData.t5Optimum, within: 1e-6)
  }

  @Test("T5: the published coefficients have the objective that is known of them")
  func t5Published() throws {
    let observations = try ReferenceData.t5()
    let total = zip(observations.settings, observations.losses).reduce(0.0) { sum, run in
      let r = log(ReferenceData.t5Published.loss(run.0)) - log(run.1)
      return sum + (abs(r) <= 0.001 ? r * r / 2 : 0.001 * (abs(r) - 0.0005))
    }
    #expect(relativeError(total / 48, 7.603605e-6) < 1e-6)
  }

  @Test("ViT: the optimum, with linear residuals")
  func vit() throws {
    let observations = try ReferenceData.vit()
    #expect(observations.count == 112)
    let fit = vitFitter(observations).fit(fitOptions(threads: 2))
    #expect(fit.objective <= 4.9290879e-4)
    #expect(relativeError(fit.objective, 4.929087831e-4) < 1e-9)
    #expect(fit.startsReachedBest >= 180)
    expectCoefficients(fit, ReferenceData.vitOptimum, within: 1e-6)
  }

  @Test("the optimum is the same from any seed and any number of threads")
  func seeds() throws {
    let observations = try ReferenceData.t5()
    let first = t5Fitter(observations).fit(fitOptions(starts: 60, seed: 0, threads: 1))
    let again = t5Fitter(observations).fit(fitOptions(starts: 60, seed: 0, threads: 2))
    #expect(first.parameters == again.parameters)
    let other = t5Fitter(observations).fit(fitOptions(starts: 60, seed: 12_345))
    for (a, b) in zip(first.coefficients, other.coefficients) {
      #expect(relativeError(a.value, b.value) < 1e-9)
    }
  }

  /// Fits without the largest size and returns the objective and the errors there, in percent.
  private func holdOutLargest(
    _ observations: Observations, _ fitter: (Observations) -> LawFitter
  ) throws -> (fitted: Int, objective: Double, mean: Double, max: Double) {
    let largest = try #require(observations.settings.map(\.nonZeroParameters).max())
    let all = Array(observations.settings.indices)
    let kept = all.filter { observations.settings[$0].nonZeroParameters < largest / 1.05 }
    let held = all.filter { observations.settings[$0].nonZeroParameters >= largest / 1.05 }
    let fit = fitter(
      Observations(
        names: kept.map { observations.names[$0] },
        settings: kept.map { observations.settings[$0] },
        losses: kept.map { observations.losses[$0] })
    ).fit(fitOptions(threads: 2))
    let predictions = fit.predictions(for: held.map { observations.settings[$0] })
    let errors = zip(predictions, held).map { 100 * abs($0 / observations.losses[$1] - 1) }
    #expect(held.count == 12)
    return (
      kept.count, fit.objective, errors.reduce(0, +) / Double(errors.count), errors.max() ?? .nan
    )
  }

  @Test("T5: the largest size held out is predicted to 0.909 % on average")
  func t5HoldOut() throws {
    let check = try holdOutLargest(ReferenceData.t5(), t5Fitter)
    #expect(check.fitted == 36)
    #expect(relativeError(check.objective, 3.8968252e-6) < 1e-7)
    #expect(abs(check.mean - 0.9087) < 5e-5)
    #expect(abs(check.max - 1.765) < 5e-4)
  }

  @Test("ViT: the largest size held out is predicted to 1.070 % on average")
  func vitHoldOut() throws {
    let check = try holdOutLargest(ReferenceData.vit(), vitFitter)
    #expect(check.fitted == 100)
    #expect(relativeError(check.objective, 4.9252666e-4) < 1e-7)
    #expect(abs(check.mean - 1.0697) < 5e-5)
    #expect(abs(check.max - 2.564) < 5e-4)
  }

  @Test("T5: the 604M run, by the published coefficients and by the optimum")
  func t5Extrapolation() throws {
    let setting = Setting(
      nonZeroParameters: 603_979_776, sparsity: 0.75, data: 500_000 * 65_536)
    #expect(abs(ReferenceData.t5Published.loss(setting) - 1.46830) < 5e-6)
    let fit = try t5Fitter(ReferenceData.t5()).fit(fitOptions(starts: 20))
    #expect(abs(fit.predictions(for: [setting])[0] - 1.45507) < 5e-6)
  }
}

/// What follows from coefficients alone, to the digits of the reference tables.
@Suite("Reference coefficients")
struct ReferenceCoefficientTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var name: String
    var law: FrantarLaw
    var accounting: Accounting
    var multiples: [Double]
    var testDescription: String { "\(name), \(accounting.name)" }
  }

  static let rows = [
    Row(
      name: "T5 published", law: ReferenceData.t5Published, accounting: .dense,
      multiples: [3.01475, 71.1064, 1677.13, 39557]),
    Row(
      name: "T5 optimum", law: ReferenceData.t5Optimum, accounting: .dense,
      multiples: [0.638752, 14.4204, 325.553, 7349.64]),
    Row(
      name: "T5 published", law: ReferenceData.t5Published, accounting: .sparse(.init()),
      multiples: [0.0238703, 2.45785, 159.819, 7046.87]),
    Row(
      name: "T5 optimum", law: ReferenceData.t5Optimum, accounting: .sparse(.init()),
      multiples: [0.0498746, 2.05051, 69.9274, 2036.16]),
    Row(
      name: "ViT published", law: ReferenceData.vitPublished, accounting: .dense,
      multiples: [1.27055, 4.81708, 18.2631, 69.2414]),
    Row(
      name: "ViT published", law: ReferenceData.vitPublished, accounting: .sparse(.init()),
      multiples: [0.421952, 1.67575, 6.55949, 25.364]),
  ]

  @Test("thresholds as multiples of Chinchilla compute", arguments: rows)
  func thresholds(row: Row) {
    let model = ComputeModel(law: row.law, accounting: row.accounting, flopsPerParameter: 6)
    for (sparsity, expected) in zip([0, 0.5, 0.75, 0.875], row.multiples) {
      let found = model.chinchillaMultiple(sparsity: sparsity)
      #expect(relativeError(found, expected) < 2e-5, "S = \(sparsity): \(found)")
    }
  }

  @Test(
    "effective-parameter multipliers and their limit",
    arguments: [
      (ReferenceData.t5Published, [1.58600, 2.15679, 2.63001, 3.64318]),
      (ReferenceData.t5Optimum, [1.77166, 2.26967, 2.51227, 2.68699]),
      (ReferenceData.vitPublished, [1.59598, 2.17242, 2.63392, 3.46884]),
    ])
  func multipliers(law: FrantarLaw, expected: [Double]) throws {
    let limit = try #require(law.effectiveParameterLimit)
    let found = [0.5, 0.75, 0.875].map(law.effectiveParameterMultiplier) + [limit]
    for (a, b) in zip(found, expected) { #expect(relativeError(a, b) < 4e-6) }
  }
}
