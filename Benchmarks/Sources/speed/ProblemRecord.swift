import Workloads

/// A problem as the scripts beside this program read it.
struct ProblemRecord: Codable {
  var nonZeroParameters: [Double]
  var sparsity: [Double]
  var data: [Double]
  var loss: [Double]
  var residual: String
  var huberDelta: Double

  init(_ problem: Problem) {
    nonZeroParameters = problem.observations.settings.map(\.nonZeroParameters)
    sparsity = problem.observations.settings.map(\.sparsity)
    data = problem.observations.settings.map(\.data)
    loss = problem.observations.losses
    residual = problem.residual.rawValue
    huberDelta = problem.huberDelta
  }
}
