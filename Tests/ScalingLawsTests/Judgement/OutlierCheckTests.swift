import Fitting
import Foundation
import RunLogs
import ScalingLaws
import Testing

@Suite("Runs that the law misses by more than noise")
struct OutlierCheckTests {
  /// The check of a fit to `design` with noise, after `spoil` had its way with the losses.
  private func check(
    _ design: Design, law: FrantarLaw, delta: Double = 1e-3, generator: inout SplitMix64,
    noise: (inout SplitMix64) -> Double, spoil: (inout [TrainingRun]) -> Void = { _ in }
  ) throws -> OutlierCheck {
    var runs = design.runs(of: law)
    for index in runs.indices { runs[index].loss *= exp(noise(&generator)) }
    spoil(&runs)
    let fitter = LawFitter(
      form: Laws.sparsity, observations: Observations(runs), residual: .log,
      huberDelta: delta)
    return try #require(
      OutlierCheck(fitter, fit: fitter.fit(fitOptions(starts: 4, threads: 2)), runs: runs))
  }

  /// How many of `count` sweeps without outliers have a run flagged.
  private func flagged(
    _ design: Design, of count: Int, delta: Double = 1e-3,
    noise: (inout SplitMix64) -> Double
  ) throws -> Int {
    var generator = SplitMix64(seed: 11)
    var flagged = 0
    for _ in 0..<count {
      let law = design.randomLaw(&generator)
      let check = try check(design, law: law, delta: delta, generator: &generator, noise: noise)
      if !check.outliers.isEmpty { flagged += 1 }
    }
    return flagged
  }

  @Test(arguments: [(Design.t5, 1e-3), (.t5, 1), (.scattered, 1e-3), (.scattered, 1)])
  func cleanSweepsAreRarelyAccused(design: Design, delta: Double) throws {
    // 5 % of 400 are 20, give or take three times 4.4.
    #expect(try flagged(design, of: 400, delta: delta) { 0.005 * $0.normal() } <= 33)
  }

  /// 48 runs and 7 coefficients: 0.37 × 41 = 15.17 degrees of freedom, and by integration of
  /// Student's density 0.05 / 96 lies beyond 4.0423.
  @Test func theThresholdIsStudentsQuantile() throws {
    var generator = SplitMix64(seed: 3)
    let law = Design.t5.randomLaw(&generator)
    let check = try check(.t5, law: law, generator: &generator) { 0.005 * $0.normal() }
    #expect(relativeError(check.threshold, 4.0423) < 0.002)
  }

  @Test func heavyTailsAreAccusedInAboutHalfOfAllSweeps() throws {
    // Laplace's distribution: the noise for which least absolute values are made.
    let count = try flagged(.t5, of: 400) { generator in
      let sign: Double = generator.next() >> 63 == 0 ? 1 : -1
      return 0.003 * sign * -log(1 - generator.unitInterval())
    }
    #expect((120...240).contains(count))
  }

  @Test(arguments: [(1e-3, 1), (1e-3, -1), (1, 1), (1, -1)])
  func aPlantedOutlierIsFound(delta: Double, sign: Double) throws {
    var generator = SplitMix64(seed: 5)
    for round in 0..<40 {
      let law = Design.t5.randomLaw(&generator)
      let place = (round * 7) % 48
      let check = try check(
        .t5, law: law, delta: delta, generator: &generator, noise: { 0.005 * $0.normal() }
      ) { runs in
        runs[place].loss *= exp(sign * 10 * 0.005)
      }
      let worst = try #require(check.outliers.first)
      #expect(worst.run.name == "r\(place)")
      #expect((worst.relativeError < 0) == (sign > 0))
      #expect(worst.deviations > check.threshold)
      #expect((0.003...0.009).contains(check.scale))
      // The fit itself yields by a part of the 5 %.
      let residual = abs(log1p(worst.relativeError))
      #expect((0.02...0.07).contains(residual))
      #expect(relativeError(worst.weight, min(1, delta / residual)) < 1e-9)
      let finding = try #require(check.findings.first)
      #expect(finding.kind == .outlier)
      #expect("\(finding.location)" == "runs.csv:\(place + 2)")
      #expect(finding.message.contains(sign > 0 ? "too low" : "too high"))
      #expect(finding.action.contains("Huber") == (delta < 1))
    }
  }

  @Test func severalOutliersDoNotHideEachOther() throws {
    var generator = SplitMix64(seed: 9)
    let law = Design.t5.randomLaw(&generator)
    let check = try check(
      .t5, law: law, generator: &generator, noise: { 0.002 * $0.normal() }
    ) { runs in
      for place in [3, 17, 40] { runs[place].loss *= 1.1 }
    }
    #expect(check.outliers.prefix(3).map(\.run.name).sorted() == ["r17", "r3", "r40"])
    let deviations = check.outliers.map(\.deviations)
    #expect(deviations == deviations.sorted(by: >))
  }

  @Test(arguments: [10, 48])
  func withoutFreedomOrNoiseNothingIsSaid(count: Int) throws {
    var generator = SplitMix64(seed: 3)
    let law = Design.t5.randomLaw(&generator)
    let runs =
      count == 48 ? Design.t5.runs(of: law) : Array(Design.scattered.runs(of: law).prefix(count))
    let fitter = LawFitter(Observations(runs))
    let fit = fitter.fit(fitOptions(starts: 4))
    #expect(OutlierCheck(fitter, fit: fit, runs: runs) == nil)
  }
}
