import Fitting
import Foundation

/// A formula of the NIST StRD on the observations of its problem.
struct NISTModel: PredictionModel {
  let formula: NISTFormula
  let parameterCount: Int
  /// Measured responses, logarithms where the formula is of logarithms.
  let responses: [Double]
  let predictors: [[Double]]

  var rowCount: Int { responses.count }

  init(_ formula: NISTFormula, _ problem: NISTProblem) {
    self.formula = formula
    parameterCount = problem.certifiedParameters.count
    responses = problem.observations.map {
      formula.isLogarithmic ? log($0.response) : $0.response
    }
    predictors = problem.observations.map(\.predictors)
  }

  private init(_ model: NISTModel, rows: [Int]) {
    formula = model.formula
    parameterCount = model.parameterCount
    responses = rows.map { model.responses[$0] }
    predictors = rows.map { model.predictors[$0] }
  }

  func restricted(to rows: [Int]) -> NISTModel { NISTModel(self, rows: rows) }

  func makeScratch() {}
  func prepare(at parameters: [Double], _ scratch: Void) {}

  func fill(_ block: RowBlock, at parameters: [Double], _ scratch: Void) {
    var slopes = [Double](repeating: 0, count: parameterCount)
    for (slot, row) in block.rows.enumerated() {
      block.values[slot] = formula.function(parameters, predictors[row], &slopes)
      for (parameter, slope) in slopes.enumerated() { block.slope(parameter)[slot] = slope }
    }
  }

  /// Second derivatives as central differences of the slopes.
  func addCurvature(
    _ block: RowBlock, factors: UnsafeMutablePointer<Double>, at parameters: [Double],
    to hessian: UnsafeMutablePointer<Double>, _ scratch: Void
  ) {
    var (up, down) = (
      [Double](repeating: 0, count: parameterCount), [Double](repeating: 0, count: parameterCount)
    )
    for row in 0..<parameterCount {
      let step = 1e-5 * max(abs(parameters[row]), 1e-12)
      var (ahead, behind) = (parameters, parameters)
      ahead[row] += step
      behind[row] -= step
      for (slot, observation) in block.rows.enumerated() {
        _ = formula.function(ahead, predictors[observation], &up)
        _ = formula.function(behind, predictors[observation], &down)
        for column in row..<parameterCount {
          hessian[row * parameterCount + column] +=
            factors[slot] * (up[column] - down[column]) / (2 * step)
        }
      }
    }
  }

  /// The residuals, predicted minus measured, at `parameters`.
  func residuals(at parameters: [Double]) -> [Double] {
    zip(predictions(at: parameters), responses).map(-)
  }
}
