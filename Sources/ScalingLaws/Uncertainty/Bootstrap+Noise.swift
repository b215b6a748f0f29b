import Fitting
import Foundation

extension Bootstrap {
  /// The residuals of a fit, scaled up to the size of the noise, less their Huber location.
  static func noise(of fitter: LawFitter, at parameters: [Double]) -> [Double] {
    let scaled = fitter.scaledResiduals(at: parameters)
    let centre = location(of: scaled, loss: fitter.objective.loss)
    return scaled.map { $0 - centre }
  }

  /// The value with the least mean loss to all others: where the scores sum to zero.
  static func location(of values: [Double], loss: Loss) -> Double {
    guard var low = values.min(), var high = values.max(), low.isFinite, high.isFinite else {
      return 0
    }
    for _ in 0..<200 where low < high {
      let middle = low + (high - low) / 2
      if middle == low || middle == high { break }
      let score = values.reduce(0) { $0 + loss.score($1 - middle) }
      if score > 0 { low = middle } else { high = middle }
    }
    return low + (high - low) / 2
  }
}

extension LawFitter {
  /// The residual of each run scaled up to the size of its noise: r / √(1 − h), with h the
  /// leverage of the run.
  ///
  /// Leverages above 0.9 count as 0.9: a run that the fit passes through, whatever it measured,
  /// says nothing about noise.
  func scaledResiduals(at parameters: [Double]) -> [Double] {
    zip(
      residuals(at: parameters),
      Fitting.leverages(columns: residualGradientColumns(at: parameters))
    ).map { $0 / (1 - min($1, 0.9)).squareRoot() }
  }

  /// The residual of each run.
  func residuals(at parameters: [Double]) -> [Double] {
    zip(objective.model.predictions(at: parameters), objective.measured).map {
      objective.residual(predicted: $0, measured: $1)
    }
  }

  /// ∂residual/∂θ by column, over the parameters that are not at a bound.
  func residualGradientColumns(at parameters: [Double]) -> [[Double]] {
    var columns = objective.model.gradientColumns(at: parameters)
    if objective.residual == .log {
      let predictions = objective.model.predictions(at: parameters)
      for index in columns.indices {
        for row in predictions.indices { columns[index][row] /= predictions[row] }
      }
    }
    return columns.indices.filter { !isAtBound($0, parameters) }.map { columns[$0] }
  }
}
