import Foundation
import RunLogs
import ScalingLaws
import Testing

@Suite("Pruning a trained dense model")
struct PretrainedComparisonTests {
  private let law = ClaimRuns.law

  /// A pruning run whose loss takes `scratch` units of data from scratch.
  private func child(
    _ name: String, scratch: Double, pruning: Double = 1e6, s: Double = 0.5,
    parent: String = "dense"
  ) -> TrainingRun {
    ClaimRuns.run(
      name, s: s, d: pruning,
      loss: law.loss(nonZeroParameters: 4e4, sparsity: s, data: scratch), parent: parent)
  }

  private func measure(
    _ runs: [TrainingRun], _ ensemble: LawEnsemble? = nil,
    fittedData: ClosedRange<Double> = 2e6...8e6
  ) throws -> PretrainedComparison {
    try #require(
      PretrainedComparison.measure(
        [ClaimRuns.run("dense", n: 8e4, s: 0)] + runs, ensemble: ensemble ?? LawEnsemble(law: law),
        fittedData: fittedData))
  }

  @Test("multiples of pruning alone and of both stages")
  func multiples() throws {
    let result = try measure([child("a", scratch: 3e6)])
    let run = result.runs[0]
    #expect(relativeError(run.scratchData.value, 3e6) < 1e-9)
    #expect(relativeError(run.multipleOfPruning.value, 3) < 1e-9)
    // The dense run saw 4e6.
    #expect(run.parentData == 4e6)
    #expect(relativeError(try #require(run.multipleOfBoth).value, 3 / 5.0) < 1e-9)
    #expect(run.extrapolation == nil)
    #expect(run.outcome == .betweenStages)
  }

  @Test("the data from scratch agree with a search on the law", arguments: [0.5, 0.75, 0.9])
  func bruteForce(_ sparsity: Double) throws {
    let run = ClaimRuns.run("a", s: sparsity, d: 1e6, loss: 2.3, parent: "dense")
    let found = try measure([run]).runs[0].scratchData.value
    var low = 1e3
    var high = 1e12
    for _ in 0..<200 {
      let middle = (low * high).squareRoot()
      let loss = law.loss(nonZeroParameters: 4e4, sparsity: sparsity, data: middle)
      if loss > 2.3 { low = middle } else { high = middle }
    }
    #expect(relativeError(found, low) < 1e-9)
  }

  @Test(
    "outcomes and, at little noise, verdicts",
    arguments: [
      (0.5e6, PretrainedComparison.Outcome.belowPruning, PretrainedComparison.Verdict.belowPruning),
      (3e6, .betweenStages, .betweenStages), (7e6, .beyondBoth, .beyondBoth),
      (4.99e6, .betweenStages, .undecided), (1.001e6, .betweenStages, .undecided),
    ])
  func outcomes(
    _ scratch: Double, _ outcome: PretrainedComparison.Outcome,
    _ verdict: PretrainedComparison.Verdict
  ) throws {
    let result = try measure(
      [child("a", scratch: scratch)], ClaimRuns.ensemble(deviation: 0.003, replicates: 500))
    #expect(result.runs[0].outcome == outcome)
    #expect(result.runs[0].verdict == verdict)
    let interval = try #require(result.runs[0].scratchData.interval)
    #expect(interval.contains(scratch))
    // Numbers without intervals support no verdict.
    #expect(try measure([child("a", scratch: scratch)]).runs[0].verdict == .undecided)
  }

  @Test("a loss beyond any amount of data")
  func beyond() throws {
    let run = ClaimRuns.run("a", d: 1e6, loss: 1.6, parent: "dense")
    let result = try measure([run], ClaimRuns.ensemble(deviation: 0.003, replicates: 200))
    let measured = result.runs[0]
    #expect(measured.outcome == .cannotBeMatched)
    #expect(measured.scratchData.value == .infinity)
    #expect(measured.multipleOfBoth?.value == .infinity)
    #expect(measured.extrapolation?.decades == .infinity)
    #expect(measured.verdict == .beyondBoth)
    #expect(result.count(.cannotBeMatched) == 1)
    // Far outside the data of the fit it does not count.
    #expect(result.groups.isEmpty && result.judged.isEmpty && result.agreement == .mixed)
  }

  @Test("answers outside the fitted data say how far")
  func extrapolation() throws {
    let result = try measure([child("a", scratch: 8e8), child("b", scratch: 1e6)])
    let far = try #require(result.runs[0].extrapolation)
    #expect(abs(far.decades - 2) < 1e-6)
    let near = try #require(result.runs[1].extrapolation)
    #expect(abs(near.decades - log10(0.5)) < 1e-6)
  }

  @Test("dense training counts every ancestor")
  func ancestors() throws {
    let second = ClaimRuns.run("second", n: 8e4, s: 0, d: 3e6, parent: "dense")
    let result = try measure([
      second, child("a", scratch: 3e6, parent: "second"), child("b", scratch: 3e6, parent: "lost"),
      child("c", scratch: 3e6, parent: "c"),
    ])
    let byName = Dictionary(uniqueKeysWithValues: result.runs.map { ($0.run.name, $0) })
    #expect(byName["a"]?.parentData == 7e6)
    for orphan in ["b", "c"] {
      let run = try #require(byName[orphan])
      #expect(run.parentData == nil)
      #expect(run.multipleOfBoth == nil)
      #expect(run.outcome == nil)
      #expect(run.verdict == .undecided)
      #expect(relativeError(run.multipleOfPruning.value, 3) < 1e-9)
    }
  }

  @Test("the runs together agree with the paper, do not, or are mixed")
  func agreement() throws {
    func agreement(_ scratch: [Double], fitted: ClosedRange<Double> = 1e5...1e8) throws
      -> PretrainedComparison.Agreement
    {
      try measure(
        scratch.enumerated().map { child("r\($0)", scratch: $1) },
        ClaimRuns.ensemble(deviation: 0.003, replicates: 300), fittedData: fitted
      ).agreement
    }
    // Of D* outside the fitted data nothing is said, whatever the law extrapolates.
    #expect(try agreement([0.5e6, 7e6, 3e6], fitted: 2e6...8e6) == .mixed)
    #expect(try agreement([0.5e6, 3e6, 2.5e6], fitted: 2e6...8e6) == .asInThePaper)
    #expect(try agreement([3e6, 2.5e6, 4.99e6]) == .asInThePaper)
    #expect(try agreement([0.5e6, 7e6, 3e6]) == .otherwise)
    #expect(try agreement([3e6, 2.5e6, 7e6]) == .mixed)
    #expect(try agreement([4.99e6, 4.98e6, 3e6]) == .mixed)
  }

  @Test("runs are gathered by sparsity")
  func groups() throws {
    let result = try measure([
      child("a", scratch: 3e6), child("b", scratch: 2.2e6), child("c", scratch: 2.5e6),
      child("d", scratch: 2.5e6, s: 0.75), child("e", scratch: 1.5e6, s: 0.9),
    ])
    #expect(result.groups.map(\.sparsity) == [0.5, 0.75])
    #expect(result.groups.map(\.runs) == [3, 1])
    #expect(relativeError(result.groups[0].medianMultipleOfPruning, 2.5) < 1e-9)
    #expect(relativeError(try #require(result.groups[0].medianMultipleOfBoth), 0.5) < 1e-9)
  }

  @Test("nothing is said without parents or without an effect of sparsity")
  func nothing() {
    let alone = [ClaimRuns.run("a")]
    #expect(
      PretrainedComparison.measure(alone, ensemble: LawEnsemble(law: law), fittedData: nil) == nil)
    var dense = law
    dense.aS = 0
    #expect(
      PretrainedComparison.measure(
        [child("a", scratch: 3e6)], ensemble: LawEnsemble(law: dense), fittedData: nil) == nil)
  }
}
