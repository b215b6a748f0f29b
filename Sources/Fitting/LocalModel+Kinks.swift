/// The residuals along a step of a local model, with the kinks of their Huber losses at ±δ.
extension LocalModel {
  /// Where a residual lies: −1 below −δ, 1 above δ, else 0.
  @inline(__always)
  private func side(_ residual: Double) -> Int {
    residual >= delta ? 1 : residual <= -delta ? -1 : 0
  }

  /// Whether a residual of `rows` changes sides on the first `length` of the direction.
  @inline(__always)
  private func passesKink(
    _ workspace: ExponentialSumWorkspace, _ length: Double, _ rows: Range<Int>
  ) -> Bool {
    let (path, change) = (workspace.score, workspace.rankOne)
    // By sign bits, since this is done for every row in every round. |r| − δ is negative inside.
    var passed: UInt64 = 0
    for slot in rows {
      let (before, after) = (path[slot], path[slot] + length * change[slot])
      let (old, new) = (abs(before) - delta, abs(after) - delta)
      let leaps = (before.bitPattern ^ after.bitPattern) & ~old.bitPattern
      passed |= (old.bitPattern ^ new.bitPattern) | leaps
    }
    return passed >> 63 != 0
  }

  /// Whether any residual changes sides on the first `length` of the direction.
  func passesKink(_ workspace: ExponentialSumWorkspace, _ length: Double) -> Bool {
    passesKink(workspace, length, 0..<padded(count: workspace.sum.rowCount))
  }

  /// Moves the residuals by `length` of the direction and mends gradient, Hessian and fall for
  /// those that change sides; returns how many do.
  func advance(
    _ workspace: ExponentialSumWorkspace, _ length: Double, _ fall: inout Double
  ) -> Int {
    let (path, change) = (workspace.score, workspace.rankOne)
    let lanes = ExponentialSum.lanes
    var kinks = 0
    for start in stride(from: 0, to: padded(count: workspace.sum.rowCount), by: lanes) {
      let rows = start..<(start + lanes)
      // Most vectors of residuals pass no kink.
      if passesKink(workspace, length, rows) {
        for slot in rows {
          let after = path[slot] + length * change[slot]
          if side(path[slot]) == side(after) { continue }
          kinks += 1
          pass(workspace, slot, from: path[slot], to: after, &fall)
        }
      }
      for slot in rows { path[slot] += length * change[slot] }
    }
    return kinks
  }

  private func pass(
    _ workspace: ExponentialSumWorkspace, _ slot: Int, from before: Double, to after: Double,
    _ fall: inout Double
  ) {
    let weight = workspace.weights[slot] / totalWeight
    let (oldScore, newScore) = (loss.score(before), loss.score(after))
    let (wasInside, isInside) = (side(before) == 0, side(after) == 0)
    let move = after - before
    // The quadratic that the step was taken on kept the old curvature for all of it.
    let curved = wasInside ? move : 0
    fall -= weight * (loss.value(after) - loss.value(before) - oldScore * move - curved * move / 2)
    let slopes = scratch
    for row in 0..<count { slopes[row] = workspace.slope(row)[slot] }
    let mend = weight * (newScore - oldScore - curved)
    for row in 0..<count { gradient[row] += mend * slopes[row] }
    if wasInside == isInside { return }
    let entering = isInside ? weight : -weight
    for row in 0..<count {
      let (line, share) = (hessian + row * count, entering * slopes[row])
      for column in 0...row { line[column] += share * slopes[column] }
    }
  }
}

/// A local model along its direction: a weighted sum of Huber losses of residuals that change
/// linearly, and a quadratic.
struct HuberLine {
  private let path: UnsafeMutablePointer<Double>
  private let change: UnsafeMutablePointer<Double>
  private let weights: UnsafeMutablePointer<Double>
  private let count: Int
  private let delta: Double
  private let start: Double
  /// Slope at 0, and curvature, of what is not the losses.
  private var rest = 0.0
  private var bend: Double

  /// - Parameters:
  ///   - slope: the derivative at 0, negative.
  ///   - curvature: the second derivative at 0.
  init(
    path: UnsafeMutablePointer<Double>, change: UnsafeMutablePointer<Double>,
    weights: UnsafeMutablePointer<Double>, count: Int, delta: Double, slope: Double,
    curvature: Double
  ) {
    self.path = path
    self.change = change
    self.weights = weights
    self.count = padded(count: count)
    self.delta = delta
    start = slope
    bend = curvature
    for slot in 0..<count where abs(path[slot]) <= delta {
      bend -= weights[slot] * change[slot] * change[slot]
    }
    rest = slope - lossSlope(at: 0)
  }

  /// The derivative of the losses at `position`.
  private func lossSlope(at position: Double) -> Double {
    // Four sums, so that one need not wait for the last; rows of padding weigh nothing.
    var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
    var slot = 0
    while slot < count {
      a += score(slot, position)
      b += score(slot + 1, position)
      c += score(slot + 2, position)
      d += score(slot + 3, position)
      slot += 4
    }
    return (a + b) + (c + d)
  }

  @inline(__always)
  private func score(_ slot: Int, _ position: Double) -> Double {
    let residual = path[slot] + position * change[slot]
    return weights[slot] * change[slot] * min(max(residual, -delta), delta)
  }

  private func slope(at position: Double) -> Double {
    rest + position * bend + lossSlope(at: position)
  }

  /// Where the derivative, which is piecewise linear, vanishes; `longest` where it is still
  /// negative there, or nearly level.
  func minimum(within longest: Double) -> Double {
    let level = -1e-3 * start
    var (low, high) = (0.0, longest)
    var (lowSlope, highSlope) = (start, slope(at: longest))
    guard start < 0, highSlope > level else { return longest }
    for round in 0..<12 {
      // The secant is exact between two kinks; bisection guards it elsewhere.
      let secant = low + (high - low) * lowSlope / (lowSlope - highSlope)
      let position = round % 3 == 2 ? (low + high) / 2 : secant
      let value = slope(at: position)
      if abs(value) <= level { return position }
      if value < 0 {
        (low, lowSlope) = (position, value)
      } else {
        (high, highSlope) = (position, value)
      }
    }
    return low > 0 ? low : high
  }
}
