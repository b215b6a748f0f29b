import Fitting
import Foundation
import RunLogs
import Testing

@testable import ScalingLaws

@Suite("Losses and their differences straight from runs")
struct MeasuredDifferencesTests {
  private func run(
    _ name: String, s: Double, d: Double, loss: Double, n: Double = 1_000
  ) -> TrainingRun {
    TrainingRun(
      name: name, nonZeroParameters: n, denseParameters: n / (1 - s), sparsity: s, data: d,
      loss: loss, pattern: s == 0 ? .dense : .unstructured, location: .init(file: "runs.csv"))
  }

  private func losses(_ runs: [TrainingRun]) -> MeasuredLosses {
    MeasuredLosses(runs, noise: NoiseByCell(runs, RepeatedSettings(runs), errors: [:]))
  }

  private var few: [TrainingRun] {
    [
      run("a", s: 0, d: 100, loss: 3), run("b", s: 0, d: 200, loss: 2.7),
      run("b2", s: 0, d: 200, loss: 2.72), run("c", s: 0, d: 400, loss: 2.5),
      run("d", s: 0.5, d: 100, loss: 2.8), run("e", s: 0.5, d: 200, loss: 2.6),
    ]
  }

  @Test func oneDifferenceByHand() throws {
    let losses = losses(few)
    #expect(losses.series.map(\.sparsity) == [0, 0.5])
    let dense = try #require(losses.logLoss(losses.series[0], data: 200))
    let sparse = try #require(losses.logLoss(losses.series[1], data: 100))
    let difference = sparse - dense
    let value = log(2.8) - (log(2.7) + log(2.72)) / 2
    #expect(abs(losses.value(difference) - value) < 1e-12)
    #expect(!difference.isInterpolated)
    // One pair of repeats, one degree of freedom: t is 12.706.
    let deviation = log(2.72 / 2.7) / 2.0.squareRoot()
    let error = deviation * 1.5.squareRoot()
    #expect(relativeError(try #require(losses.standardError(difference)), error) < 1e-9)
    let interval = try #require(losses.interval(difference))
    #expect(relativeError(interval.upperBound - value, 12.7062 * error) < 1e-5)
    // The corrected interval of twenty: t at 0.05 / 20 is 254.647.
    let wide = try #require(losses.interval(difference, among: 20))
    #expect(relativeError(wide.upperBound - value, 254.647 * error) < 1e-5)
  }

  @Test func neverBeyondTheRuns() throws {
    let losses = losses(few)
    #expect(losses.logLoss(losses.series[0], data: 99.9) == nil)
    #expect(losses.logLoss(losses.series[0], data: 400.1) == nil)
    #expect(losses.logLoss(losses.series[1], data: 201) == nil)
    // Two amounts make a line: half-way in log D the mean of the logs.
    let between = try #require(losses.logLoss(losses.series[1], data: 100 * 2.0.squareRoot()))
    #expect(between.isInterpolated)
    #expect(abs(losses.value(between) - (log(2.8) + log(2.6)) / 2) < 1e-12)
  }

  /// A parabola in log D is met wherever it is read, from whichever three amounts are nearest.
  @Test func parabolasAreMet() throws {
    func parabola(_ d: Double) -> Double { exp(1.5 - 0.2 * log(d) + 0.01 * log(d) * log(d)) }
    let runs = [100.0, 150, 400, 500, 2_000].enumerated().map {
      run("\($0)", s: 0, d: $1, loss: parabola($1))
    }
    let losses = losses(runs)
    #expect(losses.noise == nil)
    for data in stride(from: 100.0, through: 2_000, by: 37) {
      let combination = try #require(losses.logLoss(losses.series[0], data: data))
      #expect(abs(losses.value(combination) - log(parabola(data))) < 1e-12, "\(data)")
      #expect(losses.interval(combination) == nil)
    }
  }

  @Test func runsThatAreSharedShareTheirErrors() throws {
    let losses = losses(few)
    let dense = try #require(losses.logLoss(losses.series[0], data: 200))
    let same = try #require(MeasuredLosses.Combination.mean([dense, dense]))
    #expect(losses.standardError(same) == losses.standardError(dense))
    let other = try #require(losses.logLoss(losses.series[0], data: 400))
    let mean = try #require(MeasuredLosses.Combination.mean([dense, other]))
    let (a, b) = (
      try #require(losses.standardError(dense)), try #require(losses.standardError(other))
    )
    #expect(
      relativeError(
        try #require(losses.standardError(mean)), (a * a + b * b).squareRoot() / 2) < 1e-9)
    #expect(losses.value(dense - dense) == 0)
  }

  private static let law = FrantarLaw(
    aS: 5.4, bS: 1.5, cS: 15.3, bN: 0.36, aD: 6.6e5, bD: 0.65, c: 1.4)

  /// Five amounts, so that some of the budgets lie past the overtake of 50 % at 2.8.
  private static func analysis(noise: Double) throws -> SweepAnalysis {
    let design = Design.grid(
      "five amounts", n: [9_216, 18_432, 36_864, 73_728], s: [0, 0.5, 0.75],
      d: [2, 4, 8, 16, 32].map { $0 * 1_048_576 })
    let seeds = design.runs(of: law)
    var generator = SplitMix64(seed: 2)
    let runs = [seeds, seeds].enumerated().flatMap { seed, runs in
      runs.map { run in
        var run = run
        run.name += "-\(seed)"
        run.role = .fitted
        run.loss *= exp(noise * generator.normal())
        return run
      }
    }
    var options = fitOptions(starts: 10)
    options.bootstrap = 60
    var sweep = Sweep(name: "s", runs: runs)
    sweep.huberDelta = 0.01
    return try SweepAnalysis.analyse(sweep, options: options)
  }

  @Test func differencesOfALawAreItsOwn() throws {
    let differences = try #require(try Self.analysis(noise: 1e-5).differences)
    // Of 5 amounts 4 meet at S = 0.5 by dense accounting, and 3 at S = 0.75.
    let dense = differences.rows.filter { $0.accounting == "dense" }
    #expect(dense.count { $0.sparsity == 0.5 && $0.over == 0 } == 16)
    #expect(dense.count { $0.sparsity == 0.75 && $0.over == 0 } == 12)
    #expect(dense.allSatisfy { !$0.isInterpolated })
    for row in differences.rows {
      let q = row.accounting == "dense" ? 0 : 0.625
      func truth(_ s: Double) -> Double {
        log(
          Self.law.loss(
            Setting(
              nonZeroParameters: row.nonZeroParameters, sparsity: s,
              data: row.flops * (1 - s) / (6 * row.nonZeroParameters * (1 - q * s)))))
      }
      let expected = truth(row.sparsity) - truth(row.over)
      // What the parabola misses of a power law between amounts a factor of two apart.
      #expect(abs(row.difference - expected) < (row.isInterpolated ? 6e-4 : 1e-4))
      #expect(abs(row.predicted - expected) < 1e-4)
    }
  }

  @Test func theMeansLieOnTheSidesOfTheOvertake() throws {
    let differences = try #require(try Self.analysis(noise: 0.002).differences)
    let pair = try #require(
      differences.pairs.first {
        $0.overtake.sparsity == 0.5 && $0.overtake.over == 0 && $0.overtake.accounting == "dense"
      })
    #expect(pair.rows.count == 16)
    #expect(try #require(pair.below?.interval).lowerBound > 0)
    #expect(try #require(pair.above?.interval).upperBound < 0)
    #expect(
      [pair.below, pair.within, pair.above].compactMap(\.self).reduce(0) { $0 + $1.rows } == 16)
    #expect(pair.rows.contains { $0.verdict == .worse && $0.chinchillaMultiple < 1 })
    #expect(pair.rows.contains { $0.verdict == .better && $0.chinchillaMultiple > 5 })
    #expect(pair.rows.allSatisfy { $0.verdict != .better || $0.chinchillaMultiple > 2 })
  }
}
