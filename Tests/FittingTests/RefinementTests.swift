import Fitting
import Foundation
import Testing

/// `MultiStart.refine`: the search from near an optimum, over kinks and bounds.
@Suite("Refinement")
struct RefinementTests {
  /// A random model that is linear in its three coefficients, with a tenth of the measurements far
  /// off.
  private func linear(
    seed: UInt64, loss: Loss, shift: Double = 0
  ) -> (objective: ExponentialSumObjective, columns: [[Double]]) {
    var generator = SplitMix64(seed: seed)
    let rows = 30
    let columns = (0..<3).map { _ in (0..<rows).map { _ in generator.normal() } }
    let sum = ExponentialSum(
      rowCount: rows, exponentCount: 0, terms: columns.map { .init(amplitudes: $0) })
    let truth = [1 + shift, 2, 3]
    let measured = (0..<rows).map { row in
      truth.indices.reduce(0) { $0 + truth[$1] * columns[$1][row] }
        + generator.normal() * (row % 10 == 0 ? 10 : 0.1)
    }
    return (
      ExponentialSumObjective(
        model: sum, measured: measured, residual: .linear, loss: loss,
        weights: (0..<rows).map { Double($0 % 3) }), columns
    )
  }

  private func gradient(_ objective: ExponentialSumObjective, _ point: [Double]) throws -> [Double]
  {
    var picture = Linearisation(parameterCount: point.count)
    let isFinite = objective.linearise(at: point, curvature: .exact, into: &picture)
    try #require(isFinite)
    return picture.gradient
  }

  /// Between kinks the objective is quadratic, so that the search ends once it knows which
  /// residuals lie within δ.
  @Test("a linear Huber regression is solved exactly", arguments: 0..<50 as Range<UInt64>)
  func linearRegression(seed: UInt64) throws {
    let (objective, _) = linear(seed: seed, loss: .huber(delta: 0.1))
    let end = MultiStart.refine(objective, from: [40, 0, 7], exponentBounds: [])
    #expect(end.termination.isConverged)
    #expect(end.iterations <= 60, "\(end.iterations) linearisations")
    for slope in try gradient(objective, end.parameters) { #expect(abs(slope) < 1e-13) }
    #expect(abs(end.objective - objective.value(at: end.parameters)) <= 1e-14 * end.objective)
  }

  @Test("least squares by the normal equations")
  func leastSquares() throws {
    let (objective, columns) = linear(seed: 3, loss: .squared)
    let end = MultiStart.refine(objective, from: [1, 1, 1], exponentBounds: [])
    // Every column is orthogonal to the weighted residuals.
    let residuals = zip(objective.model.predictions(at: end.parameters), objective.measured).map(-)
    for column in columns {
      let product = column.indices.reduce(0) {
        $0 + objective.weights[$1] * column[$1] * residuals[$1]
      }
      #expect(abs(product) < 1e-11)
    }
  }

  /// The first coefficient would be about −4; with it at its bound the others are optimal, or are at
  /// theirs.
  @Test("a coefficient below 0 is held there", arguments: 0..<20 as Range<UInt64>)
  func bound(seed: UInt64) throws {
    let (objective, _) = linear(seed: seed, loss: .huber(delta: 0.1), shift: -5)
    let end = MultiStart.refine(objective, from: [2, 9, 0], exponentBounds: [])
    let slopes = try gradient(objective, end.parameters)
    #expect(end.parameters[0] == 0 && slopes[0] > 0)
    for (value, slope) in zip(end.parameters, slopes).dropFirst() {
      #expect(value > 0 ? abs(slope) < 1e-13 : slope > 0, "slope \(slope)")
    }
  }

  /// λ₁ exp(−η₁ x) + λ₂ exp(−η₂ x) + λ₃ exp(−η₃ x), from both of NIST's starts.
  @Test("NIST StRD Lanczos3, three exponentials", arguments: [0, 1])
  func lanczos(start: Int) throws {
    let problem = try NISTProblem(named: "Lanczos3")
    let x = problem.observations.map { -$0.predictors[0] }
    try solve(
      problem, terms: (0..<3).map { .init(features: [($0, x)]) },
      from: problem.starts[start], order: [0, 2, 4, 1, 3, 5])
  }

  /// λ x^η, from both of NIST's starts.
  @Test("NIST StRD DanWood, a power law", arguments: [0, 1])
  func danWood(start: Int) throws {
    let problem = try NISTProblem(named: "DanWood")
    let x = problem.observations.map { log($0.predictors[0]) }
    try solve(
      problem, terms: [.init(features: [(0, x)])], from: problem.starts[start], order: [0, 1])
  }

  /// - Parameter order: which of NIST's parameters is which of the sum's.
  private func solve(
    _ problem: NISTProblem, terms: [ExponentialSum.Term], from start: [Double], order: [Int]
  ) throws {
    let rows = problem.observations.count
    let sum = ExponentialSum(rowCount: rows, exponentCount: terms.count, terms: terms)
    let objective = ExponentialSumObjective(
      model: sum, measured: problem.observations.map(\.response), residual: .linear, loss: .squared)
    let end = MultiStart.refine(
      objective, from: order.map { start[$0] },
      exponentBounds: terms.map { _ in 0.01...20 })
    #expect(end.termination.isConverged)
    for (found, index) in zip(end.parameters, order) {
      let certified = problem.certifiedParameters[index]
      #expect(abs(found / certified - 1) < 1e-6, "b\(index + 1): \(found), \(certified)")
    }
    let sumOfSquares = 2 * Double(rows) * end.objective
    #expect(abs(sumOfSquares / problem.residualSumOfSquares - 1) < 1e-6)
  }

  /// Few residuals within δ, and a start that is not near: the search has to shorten, damp and
  /// reject steps. Its end must be a stationary point that no fresh start betters.
  @Test("resampled fits end at the best point", arguments: 0..<40 as Range<UInt64>)
  func resampled(seed: UInt64) throws {
    let objective = MultiStartTests.objective(noise: 0.02)
    var generator = SplitMix64(seed: 77, stream: seed)
    let resampled = objective.reweighted(
      objective.weights.map { _ in -log(1 - generator.unitInterval()) })
    let bounds = [0.01...5, 0.01...5]
    let end = MultiStart.refine(
      resampled, from: MultiStartTests.truth.map { $0 * (1 + 0.05 * generator.normal()) },
      exponentBounds: bounds)
    let best = MultiStart.minimise(resampled, options: MultiStartTests.options()).best
    #expect(end.termination.isConverged)
    #expect(end.objective <= best.objective * (1 + 1e-9))
    for slope in try gradient(resampled, end.parameters) { #expect(abs(slope) < 1e-12) }
  }

  @Test("large problems, of several blocks", arguments: [256, 257, 2_000])
  func large(rows: Int) throws {
    let objective = ExponentialSumObjectiveTests.objective(
      .init(residual: .log, loss: .huber(delta: 0.03)), rows: rows)
    let end = MultiStart.refine(
      objective, from: ExponentialSumObjectiveTests.parameters.map { 1.1 * $0 },
      exponentBounds: Array(repeating: 0.01...5, count: 3))
    #expect(end.termination.isConverged)
    for slope in try gradient(objective, end.parameters) { #expect(abs(slope) < 1e-12) }
  }

  /// Two terms alike, one of no effect and one without a spread: the Hessian is singular
  /// everywhere and rounding decides, but the search ends, no higher than it began.
  @Test("degenerate models", arguments: [0, 1e-6, 0.05], [Loss.squared, .huber(delta: 1e-3)])
  func degenerate(noise: Double, loss: Loss) {
    var generator = SplitMix64(seed: 5)
    let rows = 24
    let x = (0..<rows).map { Double($0 % 5) / 2 }
    let sum = ExponentialSum(
      rowCount: rows, exponentCount: 3,
      terms: [
        .init(features: [(0, x)]), .init(features: [(1, x)]),
        .init(features: [(2, Array(repeating: 0, count: rows))]), .init(),
      ])
    let truth = [1, 1, 0.5, 0.5, 0.7, 0.7, 0.2]
    let measured = sum.predictions(at: truth).map { $0 * exp(noise * generator.normal()) }
    let objective = ExponentialSumObjective(
      model: sum, measured: measured, residual: .log, loss: loss)
    for _ in 0..<50 {
      let start = truth.map { $0 * exp(0.5 * generator.normal()) }
      let end = MultiStart.refine(
        objective, from: start, exponentBounds: Array(repeating: 0.01...5, count: 3))
      #expect(end.objective <= objective.value(at: start))
      #expect(
        end.termination.isConverged && end.iterations < 500,
        "\(end.termination) at \(end.parameters)")
    }
  }

  @Test("a start outside the domain, and one at the optimum")
  func edges() {
    let objective = MultiStartTests.objective(noise: 0)
    let bounds = [0.01...5, 0.01...5]
    let outside = MultiStart.refine(objective, from: [0, 0, 1, 1], exponentBounds: bounds)
    #expect(outside.termination == .startOutsideDomain)
    #expect(outside.parameters == [0, 0, 1, 1])
    let there = MultiStart.refine(objective, from: MultiStartTests.truth, exponentBounds: bounds)
    #expect(there.termination.isConverged)
    for (found, truth) in zip(there.parameters, MultiStartTests.truth) {
      #expect(abs(found / truth - 1) < 1e-12)
    }
  }
}
