import Fitting
import Foundation
import RunLogs
import TestSupport
import Testing

@testable import ScalingLaws

@Suite("Errors against the distance of extrapolation")
struct LadderTests {
  private func study(bootstrap: Int = 0, _ factor: (Setting) -> Double) throws -> Study {
    let runs = Design.bytes.runs(of: RivalComparisonTests.law).map { run in
      var run = run
      run.loss *= factor(Setting(run))
      run.role = .fitted
      return run
    }
    return try Study(Sweep(name: "s", runs: runs), options: options(bootstrap))
  }

  private func options(_ bootstrap: Int) -> FitOptions {
    var options = fitOptions(starts: 20)
    options.bootstrap = bootstrap
    return options
  }

  @Test("the largest sizes are predicted from the smaller ones alone")
  func rungs() throws {
    let study = try study { $0.nonZeroParameters > 7e4 ? 1.05 : 1 }
    let ladder = try #require(Ladder(study, options: fitOptions(starts: 20)))
    // Of four sizes, two leave too little to fit.
    #expect(ladder.rungs.map(\.sizes) == [1])
    let rung = ladder.rungs[0]
    #expect(rung.runs == 12)
    #expect(abs(rung.meanAbsoluteRelativeError - (1 - 1 / 1.05)) < 1e-6)
    #expect(abs(rung.maxAbsoluteRelativeError - (1 - 1 / 1.05)) < 1e-6)
    #expect([rung.sizeRatio, rung.denseRatio, rung.computeRatio] == [2, 2, 2])
  }

  @Test("sparse runs that were kept make the step in dense size shorter")
  func denseSize() throws {
    let runs = Design.bytes.runs(of: RivalComparisonTests.law).filter {
      $0.nonZeroParameters < 7e4 || $0.sparsity == 0
    }
    let study = try Study(
      Sweep(
        name: "s",
        runs: runs.map { run in
          var run = run
          run.role = .fitted
          return run
        }), options: fitOptions(starts: 20))
    let rung = try #require(Ladder(study, options: fitOptions(starts: 20))?.rungs.first)
    #expect(rung.sizeRatio == 2)
    // 73,728 dense against 36,864 / 0.125.
    #expect(abs(rung.denseRatio - 0.25) < 1e-12)
    #expect(rung.meanAbsoluteRelativeError < 1e-6)
  }

  @Test("measurements are covered where the law goes on, and are not where it ends")
  func coverage() throws {
    func covered(_ bias: Double, bootstrap: Int = 200) throws -> (inside: Int, of: Int) {
      var generator = SplitMix64(seed: 5)
      let study = try study(bootstrap: bootstrap) {
        exp(0.002 * generator.normal()) * ($0.nonZeroParameters > 7e4 ? bias : 1)
      }
      return try #require(Ladder(study, options: options(bootstrap))?.rungs.first).covered
    }
    let (inside, all) = try covered(1)
    // Fewer of 12 happen in one of 500 trials of 95 % each.
    #expect(all == 12 && inside >= 9)
    #expect(try covered(1.1) == (0, 12))
    #expect(try covered(1, bootstrap: 0) == (0, 0))
  }

  private struct Rivals: Decodable {
    struct Rung: Decodable {
      var runsLeftOut: Int
      var meanAbsRelativeError: Double
      var maxAbsRelativeError: Double
      var timesLarger: Double
    }
    struct Fit: Decodable { var ladder: [String: Rung]? }
    struct Entry: Decodable { var laws: [String: Fit] }
    var sweeps: [String: Entry]
  }

  @Test(
    "errors and steps agree with an independent program",
    .enabled(if: ReferenceData.isPresent && ReferenceData.hasRivals, ReferenceData.missing),
    arguments: ["t5", "vit"])
  func reference(sweep: String) throws {
    let data = try sweep == "t5" ? ReferenceData.t5() : ReferenceData.vit()
    var runs = Design(name: sweep, settings: data.settings).runs(of: ReferenceData.t5Optimum)
    for (index, loss) in data.losses.enumerated() { runs[index].loss = loss }
    let isLog = sweep == "t5"
    var sweep = Sweep(name: sweep, runs: runs)
    sweep.residual = isLog ? .log : .linear
    sweep.huberDelta = isLog ? 0.001 : 0.01
    let study = try Study(sweep, options: fitOptions(starts: 50))
    let rungs = try #require(Ladder(study, options: fitOptions(starts: 50))).rungs
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let expected = try #require(
      decoder.decode(Rivals.self, from: Data(contentsOf: ReferenceData.rivals))
        .sweeps[sweep.name]?.laws["sparsity"]?.ladder)
    #expect(rungs.count == expected.count)
    for rung in rungs {
      let other = try #require(expected["top\(rung.sizes)"])
      #expect(rung.runs == other.runsLeftOut)
      #expect(relativeError(rung.sizeRatio, other.timesLarger) < 1e-9)
      let (mean, most) = (rung.meanAbsoluteRelativeError, rung.maxAbsoluteRelativeError)
      #expect(relativeError(mean, other.meanAbsRelativeError) < 1e-4)
      #expect(relativeError(most, other.maxAbsRelativeError) < 1e-4)
    }
  }
}
