import Fitting
import Foundation
import ScalingLaws
import Testing

@Suite("Rival laws")
struct RivalLawFormTests {
  /// A law written out by hand, on the scale of `Design.bytes`.
  struct Case: Sendable, CustomTestStringConvertible {
    var form: any LawForm
    var expected: [Coefficient]
    var loss: @Sendable (Setting) -> Double
    var testDescription: String { form.key }
  }

  static func dataTerm(_ setting: Setting) -> Double { pow(6.6e5 / setting.data, 0.6) }

  static let denseCoefficients = [
    Coefficient("c_S", 22), Coefficient("b_N", 0.37), Coefficient("a_D", 6.6e5),
    Coefficient("b_D", 0.6), Coefficient("c", 1.4),
  ]

  static let paper = [
    Coefficient("a_S", 5.4), Coefficient("b_S", 1.5), Coefficient("c_S", 15),
    Coefficient("b_N", 0.36), Coefficient("a_D", 6.6e5), Coefficient("b_D", 0.6),
    Coefficient("c", 1.4),
  ]

  static let cases: [Case] = [
    Case(form: DenseLawForm(), expected: denseCoefficients) {
      22 * pow($0.nonZeroParameters, -0.37) + dataTerm($0) + 1.4
    },
    Case(form: DenseParametersLawForm(), expected: denseCoefficients) {
      22 * pow($0.nonZeroParameters / (1 - $0.sparsity), -0.37) + dataTerm($0) + 1.4
    },
    Case(form: AverageParametersLawForm(), expected: denseCoefficients) {
      // 0.625 is the mean share of the target that the default schedule prunes.
      let average = $0.nonZeroParameters / (1 - $0.sparsity) * (1 - 0.625 * $0.sparsity)
      return 22 * pow(average, -0.37) + dataTerm($0) + 1.4
    },
    Case(
      form: FreeMultiplierLawForm(levels: [0, 0.5, 0.75, 0.875]),
      expected: denseCoefficients + [
        Coefficient("m_0.5", 1.6), Coefficient("m_0.75", 2.2), Coefficient("m_0.875", 1.9),
      ]
    ) {
      let multiplier = [0: 1, 0.5: 1.6, 0.75: 2.2, 0.875: 1.9][$0.sparsity] ?? .nan
      return 22 * pow($0.nonZeroParameters * multiplier, -0.37) + dataTerm($0) + 1.4
    },
    Case(form: DataInteractionLawForm(), expected: paper + [Coefficient("b_SD", -0.3)]) {
      let density = 1 - $0.sparsity
      return (5.4 * pow(density, 1.5) + 15) * pow($0.nonZeroParameters, -0.36)
        + dataTerm($0) * pow(density, -0.3) + 1.4
    },
    Case(form: SizeInteractionLawForm(), expected: paper + [Coefficient("b_SN", -0.2)]) {
      let size = $0.nonZeroParameters
      return (5.4 * pow(1 - $0.sparsity, 1.5) * pow(size, 0.2) + 15) * pow(size, -0.36)
        + dataTerm($0) + 1.4
    },
  ]

  @Test("every law recovers its own coefficients", arguments: cases)
  func recovery(_ example: Case) {
    let settings = Design.bytes.settings
    let observations = Observations(
      names: settings.indices.map { "r\($0)" }, settings: settings,
      losses: settings.map(example.loss))
    let fit = LawFitter(observations, form: example.form).fit(fitOptions(starts: 60, threads: 2))
    #expect(fit.coefficients.count == example.expected.count)
    for expected in example.expected {
      let found = coefficient(expected.name, of: fit.coefficients)
      #expect(relativeError(found, expected.value) < 1e-5, "\(expected.name) = \(found)")
    }
    // A setting that was not fitted.
    let other = Setting(nonZeroParameters: 2e5, sparsity: 0.75, data: 3e7)
    #expect(relativeError(fit.predictions(for: [other])[0], example.loss(other)) < 1e-5)
  }

  @Test("an interaction of zero is the paper's law")
  func nested() {
    let settings = Design.t5.settings
    let units = Normalisation(settings)
    let paper = [0.3, 0.8, 0.4, 0.9, 1.2, 0.25, 0.4]
    func losses(_ form: any LawForm, _ parameters: [Double]) -> [Double] {
      ExponentialSum(
        rowCount: settings.count, exponentCount: form.exponents.count,
        terms: form.terms(for: settings, units: units)
      ).predictions(at: parameters)
    }
    let base = losses(SparsityLawForm(), paper)
    #expect(losses(DataInteractionLawForm(), paper + [0]) == base)
    #expect(losses(SizeInteractionLawForm(), paper + [0]) == base)
    #expect(losses(DataInteractionLawForm(), paper + [0.1]) != base)
    #expect(losses(SizeInteractionLawForm(), paper + [0.1]) != base)
  }

  @Test("the average size agrees with the schedule integrated step by step")
  func averageSize() {
    let schedule = PruningSchedule(start: 0.1, end: 0.6)
    let steps = 100_000
    let density =
      (0..<steps).reduce(0) { sum, step in
        sum + 1 - schedule.sparsity(at: (Double(step) + 0.5) / Double(steps), target: 0.8)
      } / Double(steps)
    let setting = Setting(nonZeroParameters: 2e6, sparsity: 0.8, data: 1e9)
    let units = Normalisation([Setting(nonZeroParameters: 1, sparsity: 0, data: 1)])
    let term = AverageParametersLawForm(schedule: schedule).terms(for: [setting], units: units)[0]
    #expect(relativeError(exp(-term.features[0].values[0]), 1e7 * density) < 1e-8)
  }
}
