import Fitting
import Foundation

/// The residuals, predicted minus measured, of a formula on the observations of its problem.
struct NISTModel: ResidualModel {
  let formula: NISTFormula
  let parameterCount: Int
  /// Measured responses, logarithms where the formula is of logarithms.
  let responses: [Double]
  let predictors: [[Double]]

  var residualCount: Int { responses.count }

  init(_ formula: NISTFormula, _ problem: NISTProblem) {
    self.formula = formula
    parameterCount = problem.certifiedParameters.count
    responses = problem.observations.map {
      formula.isLogarithmic ? log($0.response) : $0.response
    }
    predictors = problem.observations.map(\.predictors)
  }

  func evaluate(
    at parameters: [Double], residuals: inout [Double], jacobian: inout [Double],
    wantJacobian: Bool
  ) {
    var slopes = [Double](repeating: 0, count: parameterCount)
    for row in 0..<residualCount {
      let predicted = formula.function(parameters, predictors[row], &slopes)
      residuals[row] = predicted - responses[row]
      guard wantJacobian else { continue }
      for column in 0..<parameterCount {
        jacobian[row * parameterCount + column] = slopes[column]
      }
    }
  }

  /// The residuals at `parameters`.
  func residuals(at parameters: [Double]) -> [Double] {
    var residuals = [Double](repeating: .nan, count: residualCount)
    var unused: [Double] = []
    evaluate(at: parameters, residuals: &residuals, jacobian: &unused, wantJacobian: false)
    return residuals
  }

  /// The columns of the Jacobian at `parameters`.
  func jacobianColumns(at parameters: [Double]) -> [[Double]] {
    var residuals = [Double](repeating: .nan, count: residualCount)
    var jacobian = [Double](repeating: .nan, count: residualCount * parameterCount)
    evaluate(at: parameters, residuals: &residuals, jacobian: &jacobian, wantJacobian: true)
    return (0..<parameterCount).map { column in
      (0..<residualCount).map { jacobian[$0 * parameterCount + column] }
    }
  }
}
