import Fitting
import Foundation
import RunLogs
import ScalingLaws
import Testing

@Suite("Rival laws")
struct RivalLawFormTests {
  /// A law written out by hand, on the scale of `Design.bytes`.
  struct Case: Sendable, CustomTestStringConvertible {
    var form: LawForm
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
    Case(form: Laws.dense, expected: denseCoefficients) {
      22 * pow($0.nonZeroParameters, -0.37) + dataTerm($0) + 1.4
    },
    Case(form: Laws.denseParameters, expected: denseCoefficients) {
      22 * pow($0.nonZeroParameters / (1 - $0.sparsity), -0.37) + dataTerm($0) + 1.4
    },
    Case(form: Laws.averageParameters(.init()), expected: denseCoefficients) {
      // 0.625 is the mean share of the target that the default schedule prunes.
      let average = $0.nonZeroParameters / (1 - $0.sparsity) * (1 - 0.625 * $0.sparsity)
      return 22 * pow(average, -0.37) + dataTerm($0) + 1.4
    },
    Case(
      form: Laws.freeMultipliers([0, 0.5, 0.75, 0.875]),
      expected: denseCoefficients + [
        Coefficient("m_0.5", 1.6), Coefficient("m_0.75", 2.2), Coefficient("m_0.875", 1.9),
      ]
    ) {
      let multiplier = [0: 1, 0.5: 1.6, 0.75: 2.2, 0.875: 1.9][$0.sparsity] ?? .nan
      return 22 * pow($0.nonZeroParameters * multiplier, -0.37) + dataTerm($0) + 1.4
    },
    Case(form: Laws.dataInteraction, expected: paper + [Coefficient("b_SD", -0.3)]) {
      let density = 1 - $0.sparsity
      return (5.4 * pow(density, 1.5) + 15) * pow($0.nonZeroParameters, -0.36)
        + dataTerm($0) * pow(density, -0.3) + 1.4
    },
    Case(form: Laws.sizeInteraction, expected: paper + [Coefficient("b_SN", -0.2)]) {
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

  @Test("a law of named coefficients is the law written out by hand", arguments: cases + more)
  func byHand(_ example: Case) throws {
    let values = Dictionary(uniqueKeysWithValues: example.expected.map { ($0.name, $0.value) })
    let law = try #require(ScalingLaw(form: example.form, coefficients: values))
    for setting in Design.bytes.settings {
      #expect(relativeError(law.loss(setting), example.loss(setting)) < 1e-12)
    }
    #expect(law.coefficients.count == example.expected.count)
    for expected in example.expected {
      let found = coefficient(expected.name, of: law.coefficients)
      #expect(relativeError(found, expected.value) < 1e-12, "\(expected.name) = \(found)")
    }
    // Without one of its coefficients it is no law.
    #expect(
      ScalingLaw(
        form: example.form, coefficients: values.filter { $0.key != "b_N" && $0.key != "E" })
        == nil)
    // The inverses, at a setting where each exists.
    let setting = Setting(nonZeroParameters: 2e4, sparsity: 0.5, data: 4e6)
    let loss = law.loss(setting)
    let data = try #require(law.data(forLoss: loss, nonZeroParameters: 2e4, sparsity: 0.5))
    #expect(relativeError(data, 4e6) < 1e-9)
    let dense = try #require(law.denseParameters(forLoss: loss, data: 4e6))
    #expect(
      relativeError(law.loss(nonZeroParameters: dense, sparsity: 0, data: 4e6), loss) < 1e-12)
    let multiplier = law.effectiveParameterMultiplier(
      sparsity: 0.5, nonZeroParameters: 2e4, data: 4e6)
    #expect(relativeError(multiplier, dense / 2e4) < 1e-9)
  }

  /// Laws that need more than a sum of terms with non-negative coefficients.
  static let more: [Case] = [
    Case(form: Laws.coupling, expected: paper + [Coefficient("k", 0.7)]) {
      let size = (5.4 * pow(1 - $0.sparsity, 1.5) + 15) * pow($0.nonZeroParameters, -0.36)
      return pow(size + dataTerm($0), 0.7) + 1.4
    },
    Case(
      form: Laws.wu,
      expected: [
        Coefficient("A", 26.9), Coefficient("P", -0.85), Coefficient("B", 184.5),
        Coefficient("E", 1.24), Coefficient("eps", -0.19), Coefficient("mu", 1.56),
        Coefficient("alpha", 0.39),
      ]
    ) {
      let factor = pow(1 - $0.sparsity, -0.19) - 0.85 * pow($0.sparsity, 1.56)
      return 26.9 * factor * pow($0.nonZeroParameters, -0.39) + 184.5 * pow($0.data, -0.39) + 1.24
    },
  ]

  @Test("the laws offered for a sweep are those that its runs determine")
  func offered() {
    func keys(_ sparsities: [Double], runs: Int = 200) -> [String] {
      let design = Design.grid("", n: [1e4, 2e4, 4e4], s: sparsities, d: [1e6, 2e6, 4e6])
      let observations = design.observations(of: ClaimRuns.law)
      return Laws.offered(
        for: Observations(
          names: Array(observations.names.prefix(runs)),
          settings: Array(observations.settings.prefix(runs)),
          losses: Array(observations.losses.prefix(runs))), schedule: PruningSchedule()
      ).map(\.key)
    }
    #expect(keys([0]).isEmpty)
    #expect(
      keys([0, 0.5]) == [
        "sparsity-without-saturation", "dense", "dense-parameters", "average-parameters",
        "free-multipliers",
      ])
    #expect(keys([0, 0.5, 0.75]).contains("size-interaction"))
    #expect(!keys([0, 0.5, 0.75, 0.875]).contains("wu2026"))
    #expect(Set(Laws.all().map(\.key)).count == Laws.all().count)
    #expect(Laws.all().allSatisfy { !$0.citation.isEmpty && !$0.title.isEmpty })
  }

  @Test("an interaction of zero is the paper's law")
  func nested() {
    let settings = Design.t5.settings
    let units = Normalisation(settings)
    let paper = [0.3, 0.8, 0.4, 0.9, 1.2, 0.25, 0.4]
    func losses(_ form: LawForm, _ parameters: [Double]) -> [Double] {
      form.sum(for: settings, units: units).predictions(at: parameters)
    }
    let base = losses(Laws.sparsity, paper)
    #expect(losses(Laws.dataInteraction, paper + [0]) == base)
    #expect(losses(Laws.sizeInteraction, paper + [0]) == base)
    #expect(losses(Laws.dataInteraction, paper + [0.1]) != base)
    #expect(losses(Laws.sizeInteraction, paper + [0.1]) != base)
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
    // c_S N_avg^−1 alone: the amplitudes of the data term and of the constant are 0.
    let sum = Laws.averageParameters(schedule).sum(for: [setting], units: units)
    let inverse = sum.predictions(at: [1, 0, 0, 1, 1])[0]
    #expect(relativeError(1 / inverse, 1e7 * density) < 1e-8)
  }
}
