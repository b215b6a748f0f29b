import Fitting
import Foundation
import Testing

@Suite("Multi-start")
struct MultiStartTests {
  static let truth = [2.0, 0.5, 0.7, 0.3]

  /// λ₁ x^η₁ + λ₂ y^η₂ on a grid, with or without noise.
  static func objective(noise: Double, loss: Loss = .huber(delta: 1e-3)) -> ExponentialSumObjective
  {
    var generator = SplitMix64(seed: 8)
    let x = (0..<30).map { Double($0 % 6) - 2.5 }
    let y = (0..<30).map { Double($0 / 6) - 2 }
    let sum = ExponentialSum(
      rowCount: 30, exponentCount: 2,
      terms: [.init(features: [(0, x)]), .init(features: [(1, y)])])
    let measured = sum.predictions(at: truth).map { $0 * exp(noise * generator.normal()) }
    return ExponentialSumObjective(model: sum, measured: measured, residual: .log, loss: loss)
  }

  static func options(starts: Int = 40, threads: Int = 1, seed: UInt64 = 0) -> MultiStart.Options {
    var options = MultiStart.Options(
      exponentBounds: [0.01...5, 0.01...5], startRanges: [0.05...1.5, 0.05...1.5])
    options.starts = starts
    options.threads = threads
    options.seed = seed
    return options
  }

  @Test("recovers exact coefficients from every start", arguments: [0, 1, 99] as [UInt64])
  func exact(seed: UInt64) {
    let summary = MultiStart.minimise(
      Self.objective(noise: 0), options: Self.options(seed: seed))
    #expect(summary.tried == 40)
    #expect(summary.reachedBest == 40)
    #expect(summary.otherMinima.isEmpty)
    for (found, true_) in zip(summary.best.parameters, Self.truth) {
      #expect(abs(found / true_ - 1) < 1e-9)
    }
  }

  @Test("of many rows the same optimum is found, and seldom looked at as a whole")
  func manyRows() {
    var generator = SplitMix64(seed: 5)
    let x = (0..<5_000).map { _ in 5 * generator.unitInterval() - 2.5 }
    // In regular steps, of which a share of rows in regular steps would meet few.
    let y = (0..<5_000).map { Double($0 % 5) - 2 }
    let sum = ExponentialSum(
      rowCount: 5_000, exponentCount: 2,
      terms: [.init(features: [(0, x)]), .init(features: [(1, y)])])
    let measured = sum.predictions(at: Self.truth).map { $0 * exp(0.05 * generator.normal()) }
    let objective = ExponentialSumObjective(
      model: sum, measured: measured, residual: .log, loss: .huber(delta: 0.05))
    let summary = MultiStart.minimise(objective, options: Self.options(starts: 10))
    let direct = MultiStart.refine(
      objective, from: Self.truth, exponentBounds: Self.options().exponentBounds)
    #expect(summary.reachedBest == 10)
    for (found, expected) in zip(summary.best.parameters, direct.parameters) {
      #expect(abs(found / expected - 1) < 1e-9)
    }
    // From afar a search takes twice as many.
    #expect(summary.best.iterations <= 7)
  }

  @Test("the result does not depend on the number of threads")
  func threads() {
    let objective = Self.objective(noise: 0.02)
    let one = MultiStart.minimise(objective, options: Self.options(threads: 1))
    let four = MultiStart.minimise(objective, options: Self.options(threads: 4))
    #expect(one.best.parameters == four.best.parameters)
    #expect(one.reachedBest == four.reachedBest)
    #expect(one.otherMinima == four.otherMinima)
  }

  @Test("starts that reached the best and other minima add up to the starts tried")
  func count() {
    let summary = MultiStart.minimise(
      Self.objective(noise: 0.1), options: Self.options(starts: 64))
    #expect(summary.reachedBest >= 1)
    #expect(summary.reachedBest + summary.otherMinima.map(\.starts).reduce(0, +) == 64)
    #expect(summary.otherMinima.allSatisfy { $0.objective > summary.best.objective })
  }

  @Test("no better point lies nearby", arguments: [0.003, 0.1])
  func localOptimum(noise: Double) {
    let objective = Self.objective(noise: noise)
    let best = MultiStart.minimise(objective, options: Self.options()).best
    for index in best.parameters.indices {
      for step in [-1e-3, -1e-5, 1e-5, 1e-3] {
        var moved = best.parameters
        moved[index] *= 1 + step
        #expect(objective.value(at: moved) >= best.objective)
      }
    }
  }

  @Test("refining the optimum leaves it where it is")
  func refine() {
    let objective = Self.objective(noise: 0.02)
    let best = MultiStart.minimise(objective, options: Self.options()).best
    let again = MultiStart.refine(
      objective, from: best.parameters, exponentBounds: [0.01...5, 0.01...5])
    for (a, b) in zip(again.parameters, best.parameters) { #expect(abs(a / b - 1) < 1e-9) }
  }

  @Test("zero starts count as one; NaN measurements end without an answer")
  func hostile() {
    let one = MultiStart.minimise(Self.objective(noise: 0.02), options: Self.options(starts: 0))
    #expect(one.tried == 1)
    let sum = ExponentialSum(
      rowCount: 3, exponentCount: 1, terms: [.init(features: [(0, [0, 1, 2])])])
    let objective = ExponentialSumObjective(
      model: sum, measured: [1, .nan, 2], residual: .log, loss: .squared)
    var options = MultiStart.Options(exponentBounds: [0.01...5], startRanges: [0.1...1])
    options.starts = 5
    let summary = MultiStart.minimise(objective, options: options)
    #expect(summary.best.termination == .startOutsideDomain)
    #expect(summary.reachedBest == 0)
  }
}
