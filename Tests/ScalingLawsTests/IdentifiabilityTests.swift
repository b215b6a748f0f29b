import Foundation
import RunLogs
import ScalingLaws
import Testing

@Suite("What a design can determine")
struct IdentifiabilityTests {
  private func form(_ design: Design) throws(CannotFit) -> String {
    try Identifiability.form(
      for: design.observations(of: ReferenceData.t5Optimum)
    ).form.key
  }

  @Test("the number of sparsities decides the law")
  func forms() throws {
    let (n, d) = ([1e6, 1e7, 1e8], [1e9, 1e10, 1e11])
    #expect(try form(.grid("", n: n, s: [0], d: d)) == "dense")
    #expect(try form(.grid("", n: n, s: [0.5], d: d)) == "dense")
    #expect(try form(.grid("", n: n, s: [0, 0.5], d: d)) == "sparsity-without-saturation")
    #expect(try form(.grid("", n: n, s: [0, 0.5, 0.75], d: d)) == "sparsity")
  }

  @Test("too few sizes, amounts of data or runs are refused")
  func refusals() {
    let (n, d) = ([1e6, 1e7, 1e8], [1e9, 1e10, 1e11])
    #expect(throws: CannotFit.tooFewLevels("the size N", 2)) {
      try form(.grid("", n: [1e6, 1e7], s: [0, 0.5, 0.75], d: d))
    }
    #expect(throws: CannotFit.tooFewLevels("data D", 1)) {
      try form(.grid("", n: n, s: [0, 0.5, 0.75], d: [1e9]))
    }
    let diagonal = Design(
      name: "",
      settings: (0..<7).map {
        Setting(
          nonZeroParameters: n[$0 % 3], sparsity: [0, 0.5, 0.75][$0 / 3],
          data: d[($0 + $0 / 3) % 3])
      })
    #expect(throws: CannotFit.tooFewRuns(7, coefficients: 7)) { try form(diagonal) }
    #expect(throws: CannotFit.self) { try form(Design(name: "none", settings: [])) }
  }

  @Test("values within 2 % are one level")
  func levels() {
    let observations = Observations(
      names: ["a", "b", "c", "d"],
      settings: [
        Setting(nonZeroParameters: 1000, sparsity: 0.5, data: 10),
        Setting(nonZeroParameters: 1010, sparsity: 0.505, data: 11),
        Setting(nonZeroParameters: 1050, sparsity: 0.52, data: 11.1),
        Setting(nonZeroParameters: 2000, sparsity: 0, data: 10),
      ], losses: [1, 1, 1, 1])
    #expect(observations.sizes == [1000, 1050, 2000])
    #expect(observations.dataAmounts == [10, 11])
    #expect(observations.sparsities.count == 3)
    #expect(observations.sparsities == observations.sparsities.sorted())
  }

  @Test("the noise floor pools the variance within repeated settings")
  func noiseFloor() throws {
    func run(_ name: String, _ data: Double, _ loss: Double) -> TrainingRun {
      TrainingRun(
        name: name, nonZeroParameters: 1000, denseParameters: 1000, sparsity: 0, data: data,
        loss: loss, pattern: .dense, location: SourceLocation(file: "t"))
    }
    let runs = [
      run("a", 10, exp(0.1)), run("b", 10, exp(0.3)), run("c", 20, exp(1.0)),
      run("d", 30, exp(0.5)), run("e", 30, exp(0.5)), run("f", 30, exp(0.8)),
    ]
    let floor = try #require(NoiseFloor(RepeatedSettings(runs).groups))
    #expect(floor.groups == 2)
    #expect(floor.runs == 5)
    // Squares within groups 0.02 and 0.06, 5 − 2 degrees of freedom.
    #expect(abs(floor.relativeDeviation - (0.08 / 3.0).squareRoot()) < 1e-12)
    #expect(NoiseFloor(RepeatedSettings([runs[0], runs[2], runs[3]]).groups) == nil)
  }
}
