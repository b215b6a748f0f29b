import Fitting
import Foundation

extension Bootstrap {
  /// The residuals of a fit, scaled up to the size of the noise: r / √(1 − h), with h the
  /// leverage of the run, less their Huber location.
  ///
  /// Leverages above 0.9 count as 0.9: a run that the fit passes through says nothing about noise.
  static func noise(of fitter: LawFitter, at parameters: [Double]) -> [Double] {
    let objective = fitter.objective
    let predictions = objective.sum.predictions(at: parameters)
    let leverages = Fitting.leverages(columns: fitter.residualGradientColumns(at: parameters))
    let scaled = predictions.indices.map { row in
      objective.residual(predicted: predictions[row], measured: objective.measured[row])
        / (1 - min(leverages[row], 0.9)).squareRoot()
    }
    let centre = location(of: scaled, loss: objective.loss)
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
  /// ∂residual/∂θ by column, over the parameters that are not at a bound.
  func residualGradientColumns(at parameters: [Double]) -> [[Double]] {
    var columns = objective.sum.gradientColumns(at: parameters)
    if objective.residual == .log {
      let predictions = objective.sum.predictions(at: parameters)
      for index in columns.indices {
        for row in predictions.indices { columns[index][row] /= predictions[row] }
      }
    }
    return columns.indices.filter { !isAtBound($0, parameters) }.map { columns[$0] }
  }

  /// Whether runs with these weights still determine the form: 3 sizes, 3 amounts of data, as
  /// many sparsities as before up to 3, and more distinct runs than coefficients.
  func isIdentifiable(_ weights: [Double]) -> Bool {
    let kept = weights.indices.filter { weights[$0] > 0 }
    guard kept.count > objective.parameterCount else { return false }
    func levels(_ indices: [[Int]]) -> Int {
      indices.count { $0.contains { weights[$0] > 0 } }
    }
    return levels(observations.sizeLevels) >= min(3, observations.sizeLevels.count)
      && levels(observations.dataLevels) >= min(3, observations.dataLevels.count)
      && levels(observations.sparsityLevels) >= min(3, observations.sparsityLevels.count)
  }
}

extension Observations {
  /// The runs of each distinct N, D and S, by index.
  var sizeLevels: [[Int]] { grouped { $0.nonZeroParameters } }
  var dataLevels: [[Int]] { grouped { $0.data } }
  var sparsityLevels: [[Int]] { grouped { 1 - $0.sparsity } }

  private func grouped(by quantity: (Setting) -> Double) -> [[Int]] {
    let values = settings.map(quantity)
    let starts = Self.levels(values)
    var groups = [[Int]](repeating: [], count: starts.count)
    for (run, value) in values.enumerated() {
      // Levels are the smallest member of each group.
      let group = starts.lastIndex { $0 <= value } ?? 0
      groups[group].append(run)
    }
    return groups.filter { !$0.isEmpty }
  }
}
