import Fitting
import Foundation
import RunLogs
import Testing

@testable import ScalingLaws

@Suite("Noise by size and sparsity")
struct NoiseByCellTests {
  private static let law = FrantarLaw(
    aS: 5.4, bS: 1.5, cS: 15.3, bN: 0.36, aD: 6.6e5, bD: 0.65, c: 1.4)

  /// The byte-level design with two more seeds of every setting of the chosen sizes.
  ///
  /// - Parameter noise: the standard deviation of log loss by size and sparsity.
  static func runs(
    repeating isRepeated: (TrainingRun) -> Bool, _ generator: inout SplitMix64,
    noise: (TrainingRun) -> Double
  ) -> [TrainingRun] {
    let runs = Design.bytes.runs(of: law)
    let seeds = runs.filter(isRepeated)
    return [runs, seeds, seeds].enumerated().flatMap { seed, runs in
      runs.map { run in
        var run = run
        run.name += "-\(seed)"
        run.role = .fitted
        run.loss *= exp(noise(run) * generator.normal())
        return run
      }
    }
  }

  @Test func byHand() throws {
    var runs = Array(Design.bytes.runs(of: Self.law).prefix(24))
    // Two more losses of the first dense run of each of the first two sizes.
    for (place, name, factor) in [(0, "a", 1.02), (0, "b", 0.99), (12, "c", 1.004)] {
      var copy = runs[place]
      copy.name = name
      copy.loss *= factor
      runs.append(copy)
    }
    let errors = Dictionary(
      uniqueKeysWithValues: runs.map { ($0.name, $0.sparsity == 0 ? 0.03 : -0.01) })
    let noise = try #require(NoiseByCell(runs, RepeatedSettings(runs), errors: errors))
    #expect(noise.cells.map(\.sparsity) == [0, 0.5, 0.75, 0.875, 0, 0.5, 0.75, 0.875])
    #expect(noise.cells.map(\.runs) == [5, 3, 3, 3, 4, 3, 3, 3])

    let logs = [0, log(1.02), log(0.99)]
    let mean = logs.reduce(0, +) / 3
    let first = logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2
    let second = log(1.004) * log(1.004) / 2
    let pooled = (2 * first + second) / 3
    let cells = [noise.cells[0], noise.cells[4]]
    for (cell, variance, degrees) in zip3(cells, [first, second], [2.0, 1]) {
      let found = try #require(cell.noise)
      #expect(relativeError(found.relativeDeviation, variance.squareRoot()) < 1e-9)
      #expect(found.degreesOfFreedom == degrees)
      // The pooled variance counts as many degrees as the two have on average.
      let shrunk = (degrees * variance + 1.5 * pooled) / (degrees + 1.5)
      #expect(relativeError(cell.shrunkDeviation, shrunk.squareRoot()) < 1e-9)
      #expect(relativeError(try #require(cell.misfit), 0.03) < 1e-9)
      let ratio = try #require(cell.misfitOverNoise)
      #expect(relativeError(ratio, 0.03 / variance.squareRoot()) < 1e-9)
    }
    #expect(noise.cells[1].noise == nil && noise.cells[1].misfitOverNoise == nil)
    #expect(relativeError(noise.cells[1].shrunkDeviation, pooled.squareRoot()) < 1e-9)
    #expect(NoiseByCell(Array(runs.prefix(24)), RepeatedSettings([]), errors: [:]) == nil)
  }

  private func zip3<A, B, C>(_ a: [A], _ b: [B], _ c: [C]) -> [(A, B, C)] {
    zip(zip(a, b), c).map { ($0.0, $0.1, $1) }
  }

  @Test func unequalNoiseIsFoundAndEqualNoiseIsNot() throws {
    var generator = SplitMix64(seed: 8)
    func noise(_ dense: Double) throws -> NoiseByCell {
      let runs = Self.runs(repeating: { $0.nonZeroParameters < 2e4 }, &generator) {
        $0.sparsity == 0 ? dense : 0.003
      }
      return try #require(NoiseByCell(runs, RepeatedSettings(runs), errors: [:]))
    }
    let unequal = try noise(0.02)
    #expect(unequal.isUnequal == true)
    // Of eight intervals at 95 % rarely two miss.
    let known = unequal.cells.filter { $0.noise != nil }
    let covered = known.count { cell in
      cell.noise?.interval?.contains(cell.sparsity == 0 ? 0.02 : 0.003) ?? false
    }
    #expect(known.count == 8 && covered >= 7)
    #expect(try noise(0.003).isUnequal == false)
  }

  /// Where dense runs are noisy and repeats say so, what the weighted fit concludes is closer to
  /// the truth.
  @Test func weightsBringConclusionsCloserToTheTruth() throws {
    var generator = SplitMix64(seed: 5)
    let truth = ComputeModel(law: Self.law, accounting: .dense, flopsPerParameter: 6)
      .overtake(from: 0, to: 0.5)
    var (equal, weighted) = (0.0, 0.0)
    for _ in 0..<12 {
      let runs = Self.runs(repeating: { _ in true }, &generator) {
        $0.nonZeroParameters < 2e4 ? 0.02 : 0.002
      }
      var options = fitOptions(starts: 10)
      options.bootstrap = 0
      var sweep = Sweep(name: "s", runs: runs)
      sweep.huberDelta = 0.05
      let study = try Study(sweep, options: options)
      let final = try #require(study.finalFit)
      let noise = try #require(NoiseByCell(study, RepeatedSettings(runs)))
      let fitter = LawFitter(form: final.form, runs: final.runs, of: sweep, huberDelta: 0.05)
      let refit = try #require(WeightedRefit(study, fitter, noise))
      #expect(refit.questions.sparsity == 0.5 && refit.questions.over == 0)
      equal += pow(log(refit.equal.overtake.value / truth), 2)
      weighted += pow(log(refit.weighted.overtake.value / truth), 2)
    }
    #expect(weighted < equal / 2, "\(weighted), \(equal)")
  }
}
