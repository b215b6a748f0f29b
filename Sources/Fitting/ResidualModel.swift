/// A vector of residuals r(θ), with its Jacobian.
public protocol ResidualModel: Sendable {
  var parameterCount: Int { get }
  var residualCount: Int { get }
  /// Writes residuals (`residualCount`) and, where wanted, the Jacobian, row-major
  /// `residualCount` × `parameterCount`.
  ///
  /// Values that are not finite tell the solver that the point is outside the domain.
  func evaluate(
    at parameters: [Double], residuals: inout [Double], jacobian: inout [Double],
    wantJacobian: Bool)
}

/// The mean loss over the residuals of a model.
struct ResidualObjective<Model: ResidualModel>: Objective {
  let model: Model
  let loss: Loss

  var parameterCount: Int { model.parameterCount }

  func makeWorkspace() {}

  func linearise(
    at parameters: [Double], workspace: Void, into result: inout Linearisation
  ) -> Bool {
    let rows = model.residualCount
    let columns = model.parameterCount
    var residuals = [Double](repeating: 0, count: rows)
    var jacobian = [Double](repeating: 0, count: rows * columns)
    model.evaluate(
      at: parameters, residuals: &residuals, jacobian: &jacobian, wantJacobian: true)
    result = Linearisation(parameterCount: columns)
    var value = 0.0
    let share = 1 / Double(rows)
    for row in 0..<rows {
      let residual = residuals[row]
      value += loss.value(residual)
      let score = loss.score(residual) * share
      let weight = loss.weight(residual) * share
      for column in 0..<columns {
        let slope = jacobian[row * columns + column]
        result.gradient[column] += score * slope
        for other in column..<columns {
          result.hessian[column * columns + other] +=
            weight * slope * jacobian[row * columns + other]
        }
      }
    }
    result.value = value * share
    result.mirrorUpperTriangle()
    return result.isFinite
  }

  /// r″ is a difference quotient: one more evaluation of the residuals.
  ///
  /// Source: Transtrum and Sethna, arXiv 1201.5885.
  func bend(at parameters: [Double], along step: [Double]) -> [Double]? {
    let rows = model.residualCount
    let columns = model.parameterCount
    let fraction = 0.1
    var residuals = [Double](repeating: 0, count: rows)
    var ahead = residuals
    var jacobian = [Double](repeating: 0, count: rows * columns)
    model.evaluate(
      at: parameters, residuals: &residuals, jacobian: &jacobian, wantJacobian: true)
    var unused: [Double] = []
    model.evaluate(
      at: zip(parameters, step).map { $0 + fraction * $1 }, residuals: &ahead,
      jacobian: &unused, wantJacobian: false)
    var result = [Double](repeating: 0, count: columns)
    for row in 0..<rows {
      var slope = 0.0
      for column in 0..<columns { slope += jacobian[row * columns + column] * step[column] }
      let second = 2 / fraction * ((ahead[row] - residuals[row]) / fraction - slope)
      let share = loss.weight(residuals[row]) / Double(rows) * second
      for column in 0..<columns { result[column] += share * jacobian[row * columns + column] }
    }
    return result
  }
}
