/// A linearised objective along one direction: a weighted sum of Huber losses of residuals that
/// change linearly, and a quadratic.
///
///     m(t) = Σᵢ wᵢ ρ(rᵢ + t ∇rᵢ · s) + t² bend / 2
///
/// The bend is what the residuals' own curvature adds; the kinks of the Huber losses at ±δ make the
/// derivative piecewise linear.
struct HuberLine {
  private let residual: UnsafeMutablePointer<Double>
  private let change: UnsafeMutablePointer<Double>
  private let weights: UnsafeMutablePointer<Double>
  private let count: Int
  private let delta: Double
  private let start: Double
  private let bend: Double

  /// - Parameters:
  ///   - count: of rows, a multiple of 4; those of padding weigh nothing.
  ///   - slope: the derivative at 0.
  ///   - curvature: the second derivative at 0 with the kinks passed over; nil for no bend.
  init(
    residual: UnsafeMutablePointer<Double>, change: UnsafeMutablePointer<Double>,
    weights: UnsafeMutablePointer<Double>, count: Int, delta: Double, slope: Double,
    curvature: Double?
  ) {
    self.residual = residual
    self.change = change
    self.weights = weights
    self.count = count
    self.delta = delta
    start = slope
    var inside = 0.0
    for slot in 0..<count {
      let product = weights[slot] * change[slot] * change[slot]
      inside += abs(residual[slot]) <= delta ? product : 0
    }
    bend = curvature.map { $0 - inside } ?? 0
  }

  /// m′ at `position`.
  private func slope(at position: Double) -> Double {
    // Four sums, so that one need not wait for the last.
    var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
    var slot = 0
    while slot < count {
      a += score(slot, position)
      b += score(slot + 1, position)
      c += score(slot + 2, position)
      d += score(slot + 3, position)
      slot += 4
    }
    return (a + b) + (c + d) + position * bend
  }

  @inline(__always)
  private func score(_ slot: Int, _ position: Double) -> Double {
    let moved = residual[slot] + position * change[slot]
    return weights[slot] * change[slot] * min(max(moved, -delta), delta)
  }

  /// Where the derivative vanishes; `longest` where it is still negative there, or nearly level.
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

  /// m(0) − m(`position`), and whether a residual passes ±δ on the way.
  func fall(at position: Double) -> (fall: Double, passesKink: Bool) {
    var rise = 0.0
    var kinks = 0
    for slot in 0..<count {
      let before = residual[slot]
      let move = position * change[slot]
      let after = before + move
      let (old, new) = (min(max(before, -delta), delta), min(max(after, -delta), delta))
      // ρ(r) = ψ (r − ψ / 2), so the first-order part, whose sum is known, is taken out.
      rise += weights[slot] * (new * (after - new / 2) - old * (before - old / 2) - old * move)
      kinks += (old == before) == (new == after) && old * new >= 0 ? 0 : 1
    }
    return (-(position * start + rise + position * position * bend / 2), kinks > 0)
  }
}
