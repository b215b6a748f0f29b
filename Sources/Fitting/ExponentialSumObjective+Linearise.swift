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
    var factors = [Double](repeating: 0, count: sum.termCount)
    var slopes = [Double](repeating: 0, count: count)
    var total = 0.0
    for index in 0..<sum.rowCount where weights[index] > 0 {
      let weight = weights[index]
      let predicted = sum.evaluate(
        row: index, at: parameters, factors: &factors, slopes: &slopes)
      let r = (residual == .log ? log(predicted) : predicted) - targets[index]
      total += weight * loss.value(r)
      let score = weight * loss.score(r)
      // For log residuals ∇r = ∇f / f and ∇²r = ∇²f / f − ∇r ∇rᵀ.
      let inverse = residual == .log ? 1 / predicted : 1
      switch curvature {
      case .gaussNewton:
        result.add(
          slopes: &slopes, scaled: inverse, score: score, rankOne: weight * loss.weight(r))
      case .exact:
        let rankOne = weight * loss.curvature(r) - (residual == .log ? score : 0)
        result.add(slopes: &slopes, scaled: inverse, score: score, rankOne: rankOne)
        sum.addBend(
          row: index, at: parameters, factors: factors, scale: score * inverse,
          to: &result.hessian)
      }
    }
    result.value = total
    result.scale(by: 1 / totalWeight)
    result.mirrorUpperTriangle()
    return result.isFinite
  }
}

// The innermost loops of every fit: indices are not checked, since all of them come from the
// layout of one `ExponentialSum`.

extension ExponentialSum {
  /// Returns f of one row; leaves the value of each term over its coefficient in `factors` and
  /// ∂f/∂θ in `slopes`.
  fileprivate func evaluate(
    row: Int, at parameters: [Double], factors: inout [Double], slopes: inout [Double]
  ) -> Double {
    let theta = parameters.span
    let values = values.span
    let amplitudes = amplitudes.span
    let exponents = featureExponents.span
    let first = firstFeature.span
    let firstValue = row * exponents.count
    var factors = factors.mutableSpan
    var slopes = slopes.mutableSpan
    for index in 0..<slopes.count { slopes[unchecked: index] = 0 }
    var predicted = 0.0
    for term in 0..<termCount {
      let range = first[unchecked: term]..<first[unchecked: term + 1]
      var factor = amplitudes[unchecked: row * termCount + term]
      if !range.isEmpty, factor != 0 {
        var exponent = 0.0
        for feature in range {
          exponent +=
            theta[unchecked: termCount + exponents[unchecked: feature]]
            * values[unchecked: firstValue + feature]
        }
        factor *= exp(exponent)
      }
      factors[unchecked: term] = factor
      slopes[unchecked: term] = factor
      let value = theta[unchecked: term] * factor
      predicted += value
      for feature in range {
        slopes[unchecked: termCount + exponents[unchecked: feature]] +=
          value * values[unchecked: firstValue + feature]
      }
    }
    return predicted
  }

  /// Adds scale · ∇²f of one row to the upper triangle of `hessian`.
  fileprivate func addBend(
    row: Int, at parameters: [Double], factors: [Double], scale: Double,
    to hessian: inout [Double]
  ) {
    let theta = parameters.span
    let values = values.span
    let exponents = featureExponents.span
    let first = firstFeature.span
    let factors = factors.span
    var hessian = hessian.mutableSpan
    let count = parameterCount
    let firstValue = row * exponents.count
    for term in 0..<termCount {
      let range = first[unchecked: term]..<first[unchecked: term + 1]
      for feature in range {
        let column = termCount + exponents[unchecked: feature]
        let mixed =
          scale * factors[unchecked: term] * values[unchecked: firstValue + feature]
        hessian[unchecked: term * count + column] += mixed
        for otherFeature in range {
          let other = termCount + exponents[unchecked: otherFeature]
          if other >= column {
            hessian[unchecked: column * count + other] +=
              theta[unchecked: term] * mixed * values[unchecked: firstValue + otherFeature]
          }
        }
      }
    }
  }
}

extension Linearisation {
  /// Scales `slopes` to ∇r, then adds score · ∇r to the gradient and rankOne · ∇r ∇rᵀ to the
  /// upper triangle of the Hessian.
  fileprivate mutating func add(
    slopes: inout [Double], scaled scale: Double, score: Double, rankOne: Double
  ) {
    for index in slopes.indices { slopes[index] *= scale }
    let slopes = slopes.span
    add(slopes, times: score)
    var hessian = hessian.mutableSpan
    let count = slopes.count
    for index in 0..<count {
      let product = rankOne * slopes[unchecked: index]
      for other in index..<count {
        hessian[unchecked: index * count + other] += product * slopes[unchecked: other]
      }
    }
  }

  private mutating func add(_ slopes: Span<Double>, times score: Double) {
    var gradient = gradient.mutableSpan
    for index in 0..<slopes.count {
      gradient[unchecked: index] += score * slopes[unchecked: index]
    }
  }
}
