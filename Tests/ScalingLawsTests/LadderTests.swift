import Foundation
import RunLogs
import TestSupport
import Testing

@testable import ScalingLaws

@Suite("Errors against the distance of extrapolation")
struct LadderTests {
  private func study(_ factor: (Setting) -> Double) throws -> Study {
    let runs = Design.bytes.runs(of: RivalComparisonTests.law).map { run in
      var run = run
      run.loss *= factor(Setting(run))
      run.role = .fitted
      return run
    }
    return try Study(Sweep(name: "s", runs: runs), options: fitOptions(starts: 20))
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
}
