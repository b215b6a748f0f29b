extension ExponentialSumObjective {
  /// Where the objective is least along `step`, with residuals taken to first order.
  ///
  /// Where many residuals lie beyond the Huber loss's delta, the quadratic model of a Newton step
  /// holds only up to the next kinks. The sum of Huber losses along a line is cheap and knows them
  /// all, so that fewer steps have to be taken back.
  public func fraction(
    of step: [Double], curvature: Double, workspace: inout Workspace
  ) -> Double {
    // Of larger problems the workspace holds the last block of rows only; their kinks lie so
    // densely that the quadratic model serves.
    guard counted.rowCount <= workspace.block, loss.linearBeyond < .infinity else { return 1 }
    let block = workspace.block
    return workspace.columns.withUnsafeMutableBufferPointer { storage in
      guard let storage = storage.baseAddress else { return 1 }
      return countedWeights.withUnsafeBufferPointer { weights in
        HuberLine(
          columns: Columns(sum: counted, storage: storage, block: block), weights: weights,
          delta: loss.linearBeyond, step: step, curvature: curvature * totalWeight
        ).minimum()
      }
    }
  }
}

/// A weighted sum of Huber losses of residuals that change linearly along a line.
private struct HuberLine {
  /// `rankOne` holds the change of each residual over the step.
  private let columns: Columns
  private let weights: UnsafeBufferPointer<Double>
  private let delta: Double
  /// The curvature that does not come from the losses themselves.
  private var bend: Double

  init(
    columns: Columns, weights: UnsafeBufferPointer<Double>, delta: Double, step: [Double],
    curvature: Double
  ) {
    self.columns = columns
    self.weights = weights
    self.delta = delta
    let (change, residual) = (columns.rankOne, columns.residual)
    for slot in 0..<weights.count { change[slot] = 0 }
    for (parameter, length) in step.enumerated() where length != 0 {
      let slope = columns.slope(parameter)
      for slot in 0..<weights.count { change[slot] += length * slope[slot] }
    }
    bend = curvature
    for slot in 0..<weights.count where abs(residual[slot]) <= delta {
      bend -= weights[slot] * change[slot] * change[slot]
    }
  }

  /// The derivative at `position`.
  private func slope(at position: Double) -> Double {
    let (change, residual) = (columns.rankOne, columns.residual)
    var sum = position * bend
    for slot in 0..<weights.count {
      let r = residual[slot] + position * change[slot]
      sum += weights[slot] * change[slot] * min(max(r, -delta), delta)
    }
    return sum
  }

  /// Where the slope, which is piecewise linear, vanishes; 1 where it stays negative until then,
  /// or is nearly level there.
  func minimum() -> Double {
    var (low, high) = (0.0, 1.0)
    let start = slope(at: 0)
    var (lowSlope, highSlope) = (start, slope(at: 1))
    guard start < 0, highSlope > -0.1 * start else { return 1 }
    for round in 0..<12 {
      // The secant is exact between two kinks; bisection guards it elsewhere.
      let secant = low + (high - low) * lowSlope / (lowSlope - highSlope)
      let position = round % 3 == 2 ? (low + high) / 2 : secant
      let value = slope(at: position)
      if abs(value) <= -1e-3 * start { return position }
      if value < 0 {
        (low, lowSlope) = (position, value)
      } else {
        (high, highSlope) = (position, value)
      }
    }
    return low > 0 ? low : high
  }
}
