/// An objective as seen from one point, to be minimised over steps within a box:
///
///     m(s) = Σᵢ wᵢ [ρ(rᵢ + ∇rᵢ · s) − ρ(rᵢ)] / Σᵢ wᵢ + sᵀ B s / 2
///
/// with ρ the Huber loss and B the part of the Hessian that comes from the curvature of the
/// residuals. It is piecewise quadratic: where a residual passes ±δ, ∇rᵢ ∇rᵢᵀ enters or leaves its
/// Hessian. Each round takes a Newton step on the free parameters, cut where it meets a bound or
/// where m is least along it; a kink changes gradient and Hessian only by the residuals that
/// passed it, so that a round costs far less than a linearisation. Of problems of several blocks
/// the rows are not at hand; their model is quadratic.
///
/// Sources: for the kinks, Madsen and Nielsen, "A finite algorithm for robust linear regression",
/// 1990; for the bounds, an active set as in Nocedal and Wright, "Numerical Optimization", 16.5.
final class LocalModel {
  typealias Vector = UnsafeMutablePointer<Double>

  /// How a minimisation ended.
  struct Outcome {
    /// m(0) − m(step).
    var fall = 0.0
    /// How often a residual passed ±δ.
    var kinks = 0
  }

  let count: Int
  let loss: Loss
  let delta: Double
  let isLog: Bool
  let totalWeight: Double
  /// The minimiser found.
  let step: Vector
  /// Half the second-order change of the minimiser, see `correct`.
  let correction: Vector
  /// The box.
  let lower: Vector
  let upper: Vector

  /// ∇m at `step`.
  let gradient: Vector
  /// ∇²m at `step`, row-major; only the lower triangle is kept up to date.
  let hessian: Vector
  /// The Newton step; zero for parameters that are held.
  let direction: Vector
  /// The Cholesky factor of the scaled Hessian of the free parameters.
  private let factor: Vector
  /// What makes the diagonal of the Hessian one.
  private let units: Vector
  /// Room for one vector.
  let scratch: Vector
  private let free: UnsafeMutablePointer<Int>
  private var freeCount = 0
  /// Whether `step` minimises the model, so that `factor` is that of the Hessian there.
  private(set) var isAtMinimum = false
  /// −1 for a parameter held at its lower end, 1 at its upper end, else 0.
  private let held: UnsafeMutablePointer<Int>
  private let storage: Vector

  private static let roundLimit = 40

  init(_ objective: ExponentialSumObjective) {
    count = objective.parameterCount
    loss = objective.loss
    delta = loss.linearBeyond
    isLog = objective.residual == .log
    totalWeight = objective.totalWeight
    let size = 2 * count * count + 8 * count
    storage = .allocate(capacity: size)
    storage.initialize(repeating: 0, count: size)
    hessian = storage
    factor = hessian + count * count
    step = factor + count * count
    correction = step + count
    lower = correction + count
    upper = lower + count
    gradient = upper + count
    direction = gradient + count
    units = direction + count
    scratch = units + count
    free = .allocate(capacity: 2 * count)
    free.initialize(repeating: 0, count: 2 * count)
    held = free + count
  }

  deinit {
    storage.deallocate()
    free.deallocate()
  }

  /// Minimises the model within the box.
  ///
  /// - Parameters:
  ///   - picture: the objective at the point, with exact curvature.
  ///   - workspace: last used for `picture`. Its residuals and slopes are kept.
  ///   - damping: added to the Hessian, relative to its diagonal.
  ///   - scale: stands for entries of the diagonal that are not positive.
  /// - Returns: nil where the Hessian is not positive definite.
  func minimise(
    _ picture: Linearisation, _ workspace: ExponentialSumWorkspace, damping: Double,
    scale: [Double]
  ) -> Outcome? {
    prepare(picture, damping, scale)
    isAtMinimum = false
    let hasRows = workspace.holdsAllRows
    let (path, change) = (workspace.score, workspace.rankOne)
    let rowCount = hasRows ? padded(count: workspace.sum.rowCount) : 0
    for slot in 0..<rowCount { path[slot] = workspace.residual[slot] }
    var outcome = Outcome()
    var releases = 0
    for round in 0..<Self.roundLimit {
      collectFree()
      if freeCount > 0 {
        guard factorise() else { return round > 0 ? outcome : nil }
        solve(for: gradient)
        let (longest, blocking) = reach()
        // ∇²m · direction = −∇m for free parameters, so the curvature along it is −slope.
        var slope = 0.0
        for index in 0..<count { slope += gradient[index] * direction[index] }
        guard slope.isFinite else { return round > 0 ? outcome : nil }
        var length = longest
        var hasKinks = false
        if hasRows {
          workspace.fillChange(change, along: direction)
          hasKinks = passesKink(workspace, length)
          if hasKinks {
            let line = HuberLine(
              path: path, change: change, weights: workspace.weights,
              count: workspace.sum.rowCount, delta: delta, slope: slope * totalWeight,
              curvature: -slope * totalWeight)
            length = line.minimum(within: longest)
          }
        }
        outcome.fall -= (length - length * length / 2) * slope
        for index in 0..<count { step[index] += length * direction[index] }
        moveGradient(by: length)
        let kinks = hasKinks ? advance(workspace, length, &outcome.fall) : 0
        if hasRows, !hasKinks {
          for slot in 0..<rowCount { path[slot] += length * change[slot] }
        }
        outcome.kinks += kinks
        if length == longest, let blocking {
          hold(blocking)
          continue
        }
        if length < 1 || kinks > 0 { continue }
      }
      // At the minimum over the free parameters.
      guard releases < count, release() else {
        isAtMinimum = true
        break
      }
      releases += 1
    }
    return outcome
  }

  private func prepare(_ picture: Linearisation, _ damping: Double, _ scale: [Double]) {
    for index in 0..<(count * count) { hessian[index] = picture.hessian[index] }
    for index in 0..<count {
      gradient[index] = picture.gradient[index]
      step[index] = 0
      let diagonal = hessian[index * count + index]
      let size = diagonal > 0 ? diagonal : scale[index] > 0 ? scale[index] : 1
      hessian[index * count + index] += damping * size
      units[index] = 1 / size.squareRoot()
      held[index] =
        lower[index] >= 0 && gradient[index] >= 0
        ? -1 : upper[index] <= 0 && gradient[index] <= 0 ? 1 : 0
    }
  }

  private func collectFree() {
    freeCount = 0
    for index in 0..<count where held[index] == 0 {
      free[freeCount] = index
      freeCount += 1
    }
  }

  /// Factors the Hessian of the free parameters, scaled to a unit diagonal, which makes it
  /// indifferent to the units; false where it is not numerically positive definite.
  private func factorise() -> Bool {
    for row in 0..<freeCount {
      let line = factor + row * count
      let source = hessian + free[row] * count
      let unit = units[free[row]]
      for column in 0...row { line[column] = source[free[column]] * unit * units[free[column]] }
    }
    return Cholesky.factor(factor, count: freeCount, stride: count)
  }

  /// Fills `direction` with −∇²m⁻¹ · right over the free parameters, by the last factor.
  func solve(for right: Vector) {
    for row in 0..<freeCount { scratch[row] = -right[free[row]] * units[free[row]] }
    Cholesky.substitute(factor, scratch, count: freeCount, stride: count)
    for index in 0..<count { direction[index] = 0 }
    for row in 0..<freeCount { direction[free[row]] = scratch[row] * units[free[row]] }
  }

  /// Adds ∇²m · direction · length to the gradient.
  private func moveGradient(by length: Double) {
    for row in 0..<count {
      if held[row] == 0 {
        gradient[row] *= 1 - length
        continue
      }
      var product = 0.0
      for slot in 0..<freeCount {
        let column = free[slot]
        product +=
          hessian[max(row, column) * count + min(row, column)] * direction[column]
      }
      gradient[row] += length * product
    }
  }

  /// The part of the direction that stays in the box, at most 1, and which parameter ends it.
  private func reach() -> (longest: Double, blocking: Int?) {
    var longest = 1.0
    var blocking: Int?
    for slot in 0..<freeCount {
      let index = free[slot]
      let length = direction[index]
      let room = (length < 0 ? lower[index] : upper[index]) - step[index]
      if abs(length) > abs(room) {
        let part = max(room / length, 0)
        if part < longest { (longest, blocking) = (part, index) }
      }
    }
    return (longest, blocking)
  }

  private func hold(_ index: Int) {
    let isFalling = direction[index] < 0
    held[index] = isFalling ? -1 : 1
    step[index] = isFalling ? lower[index] : upper[index]
  }

  /// Frees the parameter that pulls hardest away from where it is held; false where none does.
  private func release() -> Bool {
    var (hardest, pull) = (-1, 0.0)
    for index in 0..<count where held[index] != 0 && lower[index] < upper[index] {
      let force = Double(held[index]) * gradient[index] * units[index]
      if force > pull { (hardest, pull) = (index, force) }
    }
    guard hardest >= 0 else { return false }
    held[hardest] = 0
    return true
  }
}
