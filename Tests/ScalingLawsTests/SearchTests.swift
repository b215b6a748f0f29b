import Fitting
import Foundation
import RunLogs
import ScalingLaws
import Testing

/// The search on measurements, against optima that SciPy found (Benchmarks and the reference data
/// say how): the paper's law, and the one with an exponent around its sum.
@Suite("Search for the optimum")
struct SearchTests {
  /// (a_S (1 − S)^b_S + c_S) N^(−b_N) + (a_D / D)^b_D, or that sum to the power κ, and + c.
  struct Problem: Sendable {
    let objective: ExponentialSumObjective
    let options: MultiStart.Options

    init(_ observations: Observations, residual: Residual, delta: Double, isCoupled: Bool) {
      let units = Normalisation(observations.settings)
      let s = observations.settings.map { log(1 - $0.sparsity) }
      let n = observations.settings.map { -log($0.nonZeroParameters / units.nonZeroParameters) }
      let d = observations.settings.map { -log($0.data / units.data) }
      let sum = ExponentialSum(
        rowCount: s.count, exponentCount: isCoupled ? 4 : 3,
        terms: [
          .init(features: [(0, s), (1, n)]), .init(features: [(1, n)]), .init(features: [(2, d)]),
          .init(),
        ], coupledTerms: isCoupled ? 3 : 0)
      objective = ExponentialSumObjective(
        model: sum, measured: observations.losses, residual: residual, loss: .huber(delta: delta))
      options = MultiStart.Options(
        exponentBounds: [0.01...20, 0.001...10, 0.001...10] + (isCoupled ? [0.02...50] : []),
        startRanges: [0.05...2, 0.05...1.5, 0.05...1.5] + (isCoupled ? [0.3...2.5] : []))
    }

    func best(of starts: Int, seed: UInt64 = 0) -> MultiStart.Summary {
      var options = options
      options.starts = starts
      options.seed = seed
      return MultiStart.minimise(objective, options: options)
    }

    /// How many of `count` searches from the optimum, on runs weighted at random, end no higher than
    /// the best of fresh starts, to 1e-9.
    func warmStarts(_ count: Int) -> Int {
      let optimum = best(of: 50).best.parameters
      return parallelMap(count: count, threads: 2) { index in
        var generator = SplitMix64(seed: 5, stream: UInt64(index))
        let weighted = objective.reweighted(
          objective.weights.map { _ in -log(1 - generator.unitInterval()) })
        let warm = MultiStart.refine(
          weighted, from: optimum, exponentBounds: options.exponentBounds)
        var fresh = options
        fresh.starts = 12
        fresh.seed = UInt64(index)
        let best = MultiStart.minimise(weighted, options: fresh).best
        return warm.objective <= best.objective * (1 + 1e-9)
      }.count { $0 }
    }
  }

  /// The main runs of our own sweep from 2 Mi tokens on.
  private func bytes(isCoupled: Bool) throws -> Problem {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Data").path
    let folder = try #require(try SweepLoader.discover(dataRoot: root, only: ["byte-lm"]).first)
    let runs = try SweepLoader.load(folder).get().runs.filter {
      $0.role == .fitted || $0.role == .heldOut
    }
    try #require(runs.count == 106)
    return Problem(Observations(runs), residual: .log, delta: 0.001, isCoupled: isCoupled)
  }

  @Test(
    "byte-lm: every cold start and every warm one",
    arguments: [(false, 6.1602537659e-6), (true, 5.5191955415e-6)])
  func byteModels(isCoupled: Bool, optimum: Double) throws {
    let problem = try bytes(isCoupled: isCoupled)
    let summary = problem.best(of: 100)
    #expect(relativeError(summary.best.objective, optimum) < 1e-9)
    #expect(summary.reachedBest == 100)
    #expect(problem.warmStarts(160) == 160)
  }

  @Test(
    "T5 and its hard kinks", .enabled(if: ReferenceData.isPresent, ReferenceData.missing),
    arguments: [(false, 4.880116594656e-6), (true, 3.228410955661e-6)])
  func t5(isCoupled: Bool, optimum: Double) throws {
    let problem = Problem(
      try ReferenceData.t5(), residual: .log, delta: 0.001, isCoupled: isCoupled)
    let summary = problem.best(of: 100)
    #expect(relativeError(summary.best.objective, optimum) < 1e-9)
    #expect(summary.reachedBest == 100)
    if isCoupled {
      #expect(abs((summary.best.parameters.last ?? .nan) - 0.4547794) < 1e-6)
    } else {
      // Two minima lie side by side in one resample of 160.
      #expect(problem.warmStarts(160) >= 159)
    }
  }

  @Test(
    "ViT and its flat valley", .enabled(if: ReferenceData.isPresent, ReferenceData.missing),
    arguments: [(false, 4.929087831e-4), (true, 3.432261707e-4)])
  func vit(isCoupled: Bool, optimum: Double) throws {
    let problem = Problem(
      try ReferenceData.vit(), residual: .linear, delta: 0.01, isCoupled: isCoupled)
    let summary = problem.best(of: 100)
    #expect(relativeError(summary.best.objective, optimum) < 1e-9)
    #expect(summary.reachedBest == 100)
    #expect(problem.warmStarts(160) == 160)
  }
}
