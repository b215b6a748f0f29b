import Fitting
import RunLogs

/// Fits of one law to weighted runs: a weight of 0 leaves a run out, and a resample counts it as
/// often as it was drawn, so that every fit shares one design and one pair of units.
struct RivalFitter: Sendable {
  let fitter: LawFitter

  init(
    form: LawForm, observations: Observations, residual: ResidualKind, huberDelta: Double
  ) {
    fitter = LawFitter(
      form: form, observations: observations, residual: residual, huberDelta: huberDelta)
  }

  /// Whether at least as many residuals lie inside delta as coefficients away from their bounds.
  func isDetermined(_ fit: FittedLaw, delta: Double) -> Bool {
    let objective = fitter.objective
    let inside = zip(predictions(at: fit.parameters), objective.measured).count {
      abs(objective.residual(predicted: $0, measured: $1)) <= delta * (1 + 1e-9)
    }
    return inside >= fit.parameters.count - fit.atBound.count
  }

  /// Predicted losses, one a run.
  func predictions(at parameters: [Double]) -> [Double] {
    fitter.objective.model.predictions(at: parameters)
  }

  /// The weighted sum of |predicted / measured − 1|.
  func absoluteRelativeError(at parameters: [Double], weights: [Double]) -> Double {
    var total = 0.0
    for (row, predicted) in predictions(at: parameters).enumerated() where weights[row] > 0 {
      total += weights[row] * abs(predicted / fitter.objective.measured[row] - 1)
    }
    return total
  }
}
