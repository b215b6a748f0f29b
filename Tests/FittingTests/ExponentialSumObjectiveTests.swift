import Fitting
import Foundation
import Testing

/// The derivatives that every fit rests on, against differences.
@Suite("Objective of an exponential sum")
struct ExponentialSumObjectiveTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var residual: ExponentialSumObjective.Residual
    var loss: Loss
    /// Whether all terms but the last are summed and raised to the power 0.6.
    var isCoupled = false
    var testDescription: String { "\(residual), \(loss)\(isCoupled ? ", coupled" : "")" }

    static let all = [
      Case(residual: .log, loss: .squared), Case(residual: .linear, loss: .squared),
      Case(residual: .log, loss: .huber(delta: 0.03)),
      Case(residual: .linear, loss: .huber(delta: 0.05)),
      Case(residual: .log, loss: .huber(delta: 0.03), isCoupled: true),
      Case(residual: .linear, loss: .squared, isCoupled: true),
    ]
  }

  static let parameters = [0.7, 1.1, 0.6, 0.9, 0.8, 0.4, 0.5]

  /// Those of the plain sum, with the power of a coupled one.
  static func parameters(_ test: Case) -> [Double] { parameters + (test.isCoupled ? [0.6] : []) }

  /// (λ₁ u^η₁ v^η₂ + λ₂ v^η₂ + λ₃ w^η₃ + λ₄ amplitude) with residuals of about 0.05 and weights
  /// of 0 to 3; coupled, the first three in a power and λ₄ alone.
  static func objective(_ test: Case, rows: Int = 40) -> ExponentialSumObjective {
    var generator = SplitMix64(seed: 42)
    func column() -> [Double] { (0..<rows).map { _ in generator.normal() } }
    let (u, v, w) = (column(), column(), column())
    let sum = ExponentialSum(
      rowCount: rows, exponentCount: test.isCoupled ? 4 : 3,
      terms: [
        .init(features: [(0, u), (1, v)]), .init(features: [(1, v)]), .init(features: [(2, w)]),
        .init(amplitudes: test.isCoupled ? nil : (0..<rows).map { 1 + 0.1 * Double($0 % 3) }),
      ], coupledTerms: test.isCoupled ? 3 : 0)
    let measured = sum.predictions(at: parameters(test)).map { $0 * exp(0.05 * generator.normal()) }
    let weights = (0..<rows).map { Double($0 % 4) }
    return ExponentialSumObjective(
      model: sum, measured: measured, residual: test.residual, loss: test.loss, weights: weights)
  }

  private func linearise(
    _ objective: ExponentialSumObjective, at point: [Double], _ curvature: Curvature
  ) throws -> Linearisation {
    var result = Linearisation(parameterCount: point.count)
    let isFinite = objective.linearise(at: point, curvature: curvature, into: &result)
    try #require(isFinite)
    return result
  }

  /// Central differences in every parameter.
  private func differences(
    at point: [Double], step: Double, _ function: ([Double]) throws -> [Double]
  ) rethrows -> [[Double]] {
    try point.indices.map { index in
      var (up, down) = (point, point)
      up[index] += step
      down[index] -= step
      return zip(try function(up), try function(down)).map { ($0 - $1) / (2 * step) }
    }
  }

  @Test("the value is the weighted mean loss of the residuals", arguments: Case.all)
  func value(test: Case) throws {
    let objective = Self.objective(test)
    let predictions = objective.model.predictions(at: Self.parameters(test))
    var total = 0.0
    for row in predictions.indices {
      let r = test.residual(predicted: predictions[row], measured: objective.measured[row])
      total += objective.weights[row] * test.loss.value(r)
    }
    let expected = total / objective.weights.reduce(0, +)
    #expect(abs(objective.value(at: Self.parameters(test)) - expected) < 1e-14)
    for curvature in [Curvature.gaussNewton, .exact] {
      let value = try linearise(objective, at: Self.parameters(test), curvature).value
      #expect(abs(value - expected) < 1e-14)
    }
  }

  @Test("the gradient agrees with differences of the value", arguments: Case.all)
  func gradient(test: Case) throws {
    let objective = Self.objective(test)
    let expected = differences(at: Self.parameters(test), step: 1e-6) { [objective.value(at: $0)] }
    for curvature in [Curvature.gaussNewton, .exact] {
      let gradient = try linearise(objective, at: Self.parameters(test), curvature).gradient
      for index in gradient.indices {
        #expect(abs(gradient[index] - expected[index][0]) < 1e-8, "parameter \(index)")
      }
    }
  }

  @Test("the exact Hessian agrees with differences of the gradient", arguments: Case.all)
  func exactHessian(test: Case) throws {
    let objective = Self.objective(test)
    let count = Self.parameters(test).count
    let hessian = try linearise(objective, at: Self.parameters(test), .exact).hessian
    let expected = try differences(at: Self.parameters(test), step: 1e-6) {
      try linearise(objective, at: $0, .exact).gradient
    }
    for row in 0..<count {
      for column in 0..<count {
        let entry = hessian[row * count + column]
        #expect(abs(entry - expected[row][column]) < 1e-7 * (1 + abs(entry)), "\(row), \(column)")
      }
    }
  }

  @Test("the Gauss-Newton matrix is JᵀWJ of reweighted least squares", arguments: Case.all)
  func gaussNewton(test: Case) throws {
    let objective = Self.objective(test)
    let count = Self.parameters(test).count
    func residuals(_ point: [Double]) -> [Double] {
      zip(objective.model.predictions(at: point), objective.measured).map {
        test.residual(predicted: $0, measured: $1)
      }
    }
    let r = residuals(Self.parameters(test))
    let slopes = differences(at: Self.parameters(test), step: 1e-6, residuals)
    let hessian = try linearise(objective, at: Self.parameters(test), .gaussNewton).hessian
    let total = objective.weights.reduce(0, +)
    for row in 0..<count {
      for column in 0..<count {
        let expected =
          r.indices.reduce(0.0) { sum, index in
            sum + objective.weights[index] * test.loss.weight(r[index]) * slopes[row][index]
              * slopes[column][index]
          } / total
        #expect(abs(hessian[row * count + column] - expected) < 1e-7, "\(row), \(column)")
      }
    }
  }

  @Test("gradient columns agree with differences of the predictions", arguments: Case.all)
  func gradientColumns(test: Case) {
    let sum = Self.objective(test).model
    let columns = sum.gradientColumns(at: Self.parameters(test))
    let expected = differences(at: Self.parameters(test), step: 1e-6, sum.predictions)
    for (column, difference) in zip(columns, expected) {
      for (a, b) in zip(column, difference) { #expect(abs(a - b) < 1e-7 * (1 + abs(a))) }
    }
  }

  /// Weights stand for repeated rows: 0 leaves a row out, 2 counts it twice.
  @Test("integer weights equal repeated rows", arguments: Case.all)
  func repeats(test: Case) {
    let objective = Self.objective(test)
    let residuals = zip(objective.model.predictions(at: Self.parameters(test)), objective.measured)
      .map {
        test.residual(predicted: $0, measured: $1)
      }
    let repeated = residuals.indices.flatMap { row in
      Array(repeating: residuals[row], count: Int(objective.weights[row]))
    }
    let mean = repeated.map(test.loss.value).reduce(0, +) / Double(repeated.count)
    #expect(abs(mean - objective.value(at: Self.parameters(test))) < 1e-14)
  }

  /// Rows are taken in blocks: many of them, and a last block that is not full.
  @Test("all rows of a large problem count once", arguments: Case.all, [255, 256, 257, 1_001])
  func blocks(test: Case, rows: Int) throws {
    let whole = Self.objective(test, rows: rows)
    func part(_ isInside: (Int) -> Bool) -> ExponentialSumObjective {
      whole.reweighted(whole.weights.indices.map { isInside($0) ? whole.weights[$0] : 0 })
    }
    let parts = [part { $0 % 7 == 1 }, part { $0 % 7 != 1 }]
    for curvature in [Curvature.gaussNewton, .exact] {
      let expected = try parts.map { try linearise($0, at: Self.parameters(test), curvature) }
      let shares = parts.map { $0.weights.reduce(0, +) / whole.weights.reduce(0, +) }
      let result = try linearise(whole, at: Self.parameters(test), curvature)
      for index in result.gradient.indices {
        let mean = zip(expected, shares).reduce(0) { $0 + $1.0.gradient[index] * $1.1 }
        #expect(abs(result.gradient[index] - mean) < 1e-13)
      }
      for index in result.hessian.indices {
        let mean = zip(expected, shares).reduce(0) { $0 + $1.0.hessian[index] * $1.1 }
        #expect(abs(result.hessian[index] - mean) < 1e-12)
      }
    }
  }

  @Test("points outside the domain are refused, not evaluated")
  func outsideDomain() {
    let objective = Self.objective(Case.all[0])
    var result = Linearisation(parameterCount: 7)
    for parameters in [
      [0, 0, 0, 0, 1, 1, 1], [1, 1, 1, 1, 1e6, 1, 1], [.nan, 1, 1, 1, 1, 1, 1],
    ] as [[Double]] {
      for curvature in [Curvature.gaussNewton, .exact] {
        let isFinite = objective.linearise(at: parameters, curvature: curvature, into: &result)
        #expect(!isFinite)
      }
      #expect(!(objective.value(at: parameters) < .infinity))
    }
  }
}
