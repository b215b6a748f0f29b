import Fitting
import Foundation
import Testing

/// The solver against the NIST Statistical Reference Datasets for non-linear regression.
///
/// Source: https://www.itl.nist.gov/div898/strd/nls/nls_main.shtml. NIST certifies 11 digits
/// and gives two starting points; at least 6 digits are asked for here, from both, of the same loop
/// that fits every law.
@Suite("NIST StRD, non-linear regression")
struct NISTTests {
  /// The smallest log relative error that counts as solved.
  static let digits = 6.0

  @Test("solved to 6 certified digits", arguments: NISTFormula.all, [1, 2])
  func solver(formula: NISTFormula, start: Int) throws {
    let problem = try NISTProblem(named: formula.name)
    let model = NISTModel(formula, problem)
    let summary = RobustLeastSquares.minimise(
      FitObjective(model: model, measured: model.responses, residual: .linear, loss: .squared),
      from: problem.starts[start - 1])

    let outcome = Comment("\(summary.termination) after \(summary.iterations) iterations")
    #expect(summary.termination.isConverged, outcome)
    try #require(summary.parameters.count == model.parameterCount)
    for (index, certified) in problem.certifiedParameters.enumerated() {
      let estimate = summary.parameters[index]
      #expect(
        logRelativeError(estimate, certified) >= Self.digits,
        "b\(index + 1) = \(estimate), certified \(certified): \(outcome)")
    }
    // The objective is the mean of r²/2.
    let sumOfSquares = 2 * Double(model.rowCount) * summary.objective
    #expect(
      logRelativeError(sumOfSquares, problem.residualSumOfSquares) >= Self.digits,
      "sum r² = \(sumOfSquares), certified \(problem.residualSumOfSquares): \(outcome)")
  }

  @Test("Jacobian agrees with central differences", arguments: NISTFormula.all)
  func jacobian(formula: NISTFormula) throws {
    let problem = try NISTProblem(named: formula.name)
    let model = NISTModel(formula, problem)
    for point in problem.starts + [problem.certifiedParameters] {
      let largestResidual = model.residuals(at: point).map(abs).max() ?? 0
      for (index, column) in model.gradientColumns(at: point).enumerated() {
        let step = 1e-4 * abs(point[index])
        let difference = centralDifference(of: model, at: point, parameter: index, step: step)
        let error = zip(column, difference).map { abs($0 - $1) }.max() ?? 0
        let largestSlope = column.map(abs).max() ?? 0
        let rounding = 4 * Double.ulpOfOne * largestResidual / step
        #expect(error <= 1e-8 * largestSlope + rounding, "b\(index + 1) at \(point)")
      }
    }
  }

  @Test("the data reproduce their certified statistics", arguments: NISTFormula.all)
  func data(formula: NISTFormula) throws {
    let problem = try NISTProblem(named: formula.name)
    let model = NISTModel(formula, problem)
    let residuals = model.residuals(at: problem.certifiedParameters)
    let sumOfSquares = residuals.reduce(0) { $0 + $1 * $1 }
    #expect(logRelativeError(sumOfSquares, problem.residualSumOfSquares) >= 9.5)

    let residualDeviation =
      (problem.residualSumOfSquares / Double(problem.degreesOfFreedom)).squareRoot()
    let unitDeviations = unitStandardDeviations(
      of: model.gradientColumns(at: problem.certifiedParameters))
    for (index, certified) in problem.standardDeviations.enumerated() {
      let deviation = residualDeviation * unitDeviations[index]
      #expect(logRelativeError(deviation, certified) >= 8, "b\(index + 1): \(deviation)")
    }
  }

  /// NIST's LRE, the number of correct significant digits: -log10 |estimate - certified| /
  /// |certified|.
  private func logRelativeError(_ estimate: Double, _ certified: Double) -> Double {
    guard estimate.isFinite else { return -.infinity }
    return -log10(abs(estimate - certified) / abs(certified))
  }

  /// The derivative of the residuals by one parameter, with an error of fourth order in the step.
  private func centralDifference(
    of model: NISTModel, at point: [Double], parameter: Int, step: Double
  ) -> [Double] {
    func residuals(_ steps: Double) -> [Double] {
      var moved = point
      moved[parameter] += steps * step
      return model.residuals(at: moved)
    }
    let (near, far) = ((residuals(1), residuals(-1)), (residuals(2), residuals(-2)))
    return (0..<model.rowCount).map { row in
      (8 * (near.0[row] - near.1[row]) - (far.0[row] - far.1[row])) / (12 * step)
    }
  }

  /// The square roots of the diagonal of (JᵀJ)⁻¹: standard deviations for residuals of unit
  /// variance.
  ///
  /// The part of column j that is orthogonal to all other columns has length 1 / σ_j. Columns are
  /// orthogonalised twice, which keeps all digits that J's own condition number leaves.
  private func unitStandardDeviations(of columns: [[Double]]) -> [Double] {
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    return columns.indices.map { last in
      var basis: [[Double]] = []
      var length = 0.0
      for index in columns.indices.filter({ $0 != last }) + [last] {
        var rest = columns[index]
        for _ in 0..<2 {
          for direction in basis {
            let share = dot(rest, direction)
            for row in rest.indices { rest[row] -= share * direction[row] }
          }
        }
        length = dot(rest, rest).squareRoot()
        basis.append(rest.map { $0 / length })
      }
      return 1 / length
    }
  }
}
