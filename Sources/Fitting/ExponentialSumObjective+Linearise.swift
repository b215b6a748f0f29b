import Foundation

extension ExponentialSumObjective: Objective {
  public var parameterCount: Int { sum.parameterCount }
  public var hasExactCurvature: Bool { true }

  public func linearise(
    at parameters: [Double], curvature: Curvature, into result: inout Linearisation
  ) -> Bool {
    let count = parameterCount
    for index in 0..<count { result.gradient[index] = 0 }
    for index in 0..<(count * count) { result.hessian[index] = 0 }
    var row = Row(sum: sum)
    var total = 0.0
    for index in 0..<sum.rowCount where weights[index] > 0 {
      let weight = weights[index]
      let predicted = row.evaluate(sum, row: index, at: parameters)
      let r = (residual == .log ? log(predicted) : predicted) - targets[index]
      total += weight * loss.value(r)
      let score = weight * loss.score(r)
      // For log residuals ∇r = ∇f / f and ∇²r = ∇²f / f − ∇r ∇rᵀ.
      let inverse = residual == .log ? 1 / predicted : 1
      switch curvature {
      case .gaussNewton:
        row.addSlopes(
          scaled: inverse, score: score, rankOne: weight * loss.weight(r), to: &result)
      case .exact:
        let rankOne = weight * loss.curvature(r) - (residual == .log ? score : 0)
        row.addSlopes(scaled: inverse, score: score, rankOne: rankOne, to: &result)
        row.addBend(sum, row: index, at: parameters, scaled: score * inverse, to: &result)
      }
    }
    result.scale(by: 1 / totalWeight)
    result.mirrorUpperTriangle()
    return result.isFinite
  }

  /// One row of the sum: its factors and slopes.
  ///
  /// This is the innermost loop of every fit, so indices are not checked; all come from the
  /// layout of one `ExponentialSum`.
  private struct Row {
    private var factors: [Double]
    private var slopes: [Double]

    init(sum: ExponentialSum) {
      factors = Array(repeating: 0, count: sum.termCount)
      slopes = Array(repeating: 0, count: sum.parameterCount)
    }

    /// Returns f, and keeps ∂f/∂θ and the value of each term over its coefficient.
    mutating func evaluate(
      _ sum: ExponentialSum, row: Int, at parameters: [Double]
    ) -> Double {
      let theta = parameters.span
      let values = sum.values.span
      let amplitudes = sum.amplitudes.span
      let exponents = sum.featureExponents.span
      let first = sum.firstFeature.span
      let terms = sum.termCount
      let firstValue = row * exponents.count
      var factors = factors.mutableSpan
      var slopes = slopes.mutableSpan
      for index in 0..<slopes.count { slopes[unchecked: index] = 0 }
      var predicted = 0.0
      for term in 0..<terms {
        let range = first[unchecked: term]..<first[unchecked: term + 1]
        var factor = amplitudes[unchecked: row * terms + term]
        if !range.isEmpty, factor != 0 {
          var exponent = 0.0
          for feature in range {
            exponent +=
              theta[unchecked: terms + exponents[unchecked: feature]]
              * values[unchecked: firstValue + feature]
          }
          factor *= exp(exponent)
        }
        factors[unchecked: term] = factor
        slopes[unchecked: term] = factor
        let value = theta[unchecked: term] * factor
        predicted += value
        for feature in range {
          slopes[unchecked: terms + exponents[unchecked: feature]] +=
            value * values[unchecked: firstValue + feature]
        }
      }
      return predicted
    }

    /// Adds score · ∇r to the gradient and rankOne · ∇r ∇rᵀ to the Hessian's upper triangle.
    mutating func addSlopes(
      scaled scale: Double, score: Double, rankOne: Double, to result: inout Linearisation
    ) {
      var slopes = slopes.mutableSpan
      var gradient = result.gradient.mutableSpan
      var hessian = result.hessian.mutableSpan
      let count = slopes.count
      for index in 0..<count {
        slopes[unchecked: index] *= scale
        gradient[unchecked: index] += score * slopes[unchecked: index]
      }
      for index in 0..<count {
        let product = rankOne * slopes[unchecked: index]
        for other in index..<count {
          hessian[unchecked: index * count + other] += product * slopes[unchecked: other]
        }
      }
    }

    /// Adds scale · ∇²f to the Hessian's upper triangle.
    func addBend(
      _ sum: ExponentialSum, row: Int, at parameters: [Double], scaled scale: Double,
      to result: inout Linearisation
    ) {
      let theta = parameters.span
      let values = sum.values.span
      let exponents = sum.featureExponents.span
      let first = sum.firstFeature.span
      let factors = factors.span
      var hessian = result.hessian.mutableSpan
      let terms = sum.termCount
      let count = sum.parameterCount
      let firstValue = row * exponents.count
      for term in 0..<terms {
        let range = first[unchecked: term]..<first[unchecked: term + 1]
        for feature in range {
          let column = terms + exponents[unchecked: feature]
          let mixed =
            scale * factors[unchecked: term] * values[unchecked: firstValue + feature]
          hessian[unchecked: term * count + column] += mixed
          for otherFeature in range {
            let other = terms + exponents[unchecked: otherFeature]
            if other >= column {
              hessian[unchecked: column * count + other] +=
                theta[unchecked: term] * mixed * values[unchecked: firstValue + otherFeature]
            }
          }
        }
      }
    }
  }
}
