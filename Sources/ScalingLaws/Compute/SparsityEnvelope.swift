import Fitting
import Foundation

/// The best sparsity of one size at every amount of compute, for a law without closed forms.
///
/// With C = k N x the loss inside the power is u(S) + v(S) y, where y = x^−b and v includes the
/// accounting's m^b. For every y the least sum lies on the lower convex hull of the points (v, u),
/// so one scan over S answers for all compute: where neighbours of the scan follow each other on
/// the hull the optimum moves smoothly, and y = −u′/v′; where the hull skips points it jumps.
struct SparsityEnvelope {
  private let model: ComputeModel
  private let size: Double
  private let depths: [Double]
  private let points: [(u: Double, v: Double)]
  /// Positions in `points`, from the best at no compute to the best at infinite compute.
  private let hull: [Int]

  /// The points of the scan, even in log density.
  private static let scan = 240

  init(_ model: ComputeModel, nonZeroParameters: Double) {
    self.model = model
    size = nonZeroParameters
    let deepest = -log(1 - ComputeModel.highestSparsity)
    let depths = (0...Self.scan).map { deepest * Double($0) / Double(Self.scan) }
    self.depths = depths
    let points = depths.map { Self.point($0, model, nonZeroParameters) }
    self.points = points
    hull = Self.lowerHull(points)
  }

  private static func point(
    _ depth: Double, _ model: ComputeModel, _ size: Double
  ) -> (u: Double, v: Double) {
    let sparsity = 1 - exp(-depth)
    let parts = model.law.parts(nonZeroParameters: size, sparsity: sparsity)
    let cost = pow(
      model.costFactor(nonZeroParameters: size, sparsity: sparsity), model.law.dataExponent)
    return (parts.size, parts.data * cost)
  }

  private func point(_ depth: Double) -> (u: Double, v: Double) {
    Self.point(depth, model, size)
  }

  /// From the least v to the least u, each edge less steep than the last.
  private static func lowerHull(_ points: [(u: Double, v: Double)]) -> [Int] {
    let order = points.indices.filter { points[$0].u.isFinite && points[$0].v.isFinite }
      .sorted { (points[$0].v, points[$0].u, $0) < (points[$1].v, points[$1].u, $1) }
    var hull: [Int] = []
    for index in order {
      if let last = hull.last, points[index].u >= points[last].u { continue }
      while hull.count > 1 {
        let (a, b) = (points[hull[hull.count - 2]], points[hull[hull.count - 1]])
        let turn =
          (b.v - a.v) * (points[index].u - a.u) - (b.u - a.u) * (points[index].v - a.v)
        if turn > 0 { break }
        hull.removeLast()
      }
      hull.append(index)
    }
    return hull
  }

  /// The multiple of Chinchilla compute of y; infinite for 0.
  private func multiple(_ y: Double) -> Double {
    model.chinchillaMultiple(
      ofUnitData: pow(y, -1 / model.law.dataExponent), nonZeroParameters: size)
  }

  /// The least multiple of Chinchilla compute from which the best sparsity is at least S.
  func chinchillaMultiple(sparsity: Double) -> Double {
    let depth = -log(1 - sparsity)
    let step = depths[1]
    // Where sparsity begins to pay is where the optimum leaves S = 0.
    let next =
      sparsity <= 0
      ? hull.firstIndex { depths[$0] > 0 } : hull.firstIndex { depths[$0] >= depth - 1e-9 * step }
    guard let next else { return .infinity }
    guard next > 0 else { return 0 }
    let (below, above) = (hull[next - 1], hull[next])
    if above - below == 1 || (above == below + 2 && sparsity > 0) {
      return multiple(slope(at: depth, step: 1e-3 * step))
    }
    return multiple(tangent(near: below, above))
  }

  /// −u′/v′, from both sides or, at S = 0, from three points on one side.
  private func slope(at depth: Double, step h: Double) -> Double {
    if depth < h {
      let (a, b, c) = (point(0), point(h), point(2 * h))
      return -(4 * b.u - 3 * a.u - c.u) / (4 * b.v - 3 * a.v - c.v)
    }
    let (low, high) = (point(depth - h), point(depth + h))
    return -(high.u - low.u) / (high.v - low.v)
  }

  /// y of the line that touches the curve near two of its points.
  private func tangent(near first: Int, _ second: Int) -> Double {
    var (a, b) = (points[first], points[second])
    var y = -(b.u - a.u) / (b.v - a.v)
    for _ in 0..<20 {
      (a, b) = (least(near: first, y), least(near: second, y))
      let next = -(b.u - a.u) / (b.v - a.v)
      let isDone = abs(next / y - 1) < 1e-12
      y = next
      if isDone { break }
    }
    return y
  }

  /// The point of least u + v y within a step of one of the scan's.
  private func least(near index: Int, _ y: Double) -> (u: Double, v: Double) {
    point(depth(near: index, y))
  }

  private func depth(near index: Int, _ y: Double) -> Double {
    let low = depths[max(index - 1, 0)]
    let high = depths[min(index + 1, depths.count - 1)]
    let best = Brent.minimise(from: low, to: high) { depth in
      let point = point(depth)
      return point.u + point.v * y
    }
    let known = points[index]
    return best.value < known.u + known.v * y ? best.argument : depths[index]
  }

  /// The best sparsity at a multiple of Chinchilla compute.
  func optimalSparsity(chinchillaMultiple multiple: Double) -> Double {
    let x = multiple / model.chinchillaMultiple(ofUnitData: 1, nonZeroParameters: size)
    let y = pow(x, -model.law.dataExponent)
    guard y.isFinite, y > 0 else { return 0 }
    let values = points.map { $0.u + $0.v * y }
    guard let best = values.indices.min(by: { values[$0] < values[$1] }) else { return 0 }
    return max(0, 1 - exp(-depth(near: best, y)))
  }
}
