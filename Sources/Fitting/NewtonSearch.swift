/// Minimises the objective of an exponential sum by Newton steps within a trust region.
///
/// Each step minimises a `LocalModel`, which knows the kinks of the Huber loss and the bounds, and
/// is then bent along the valley. The trust region is a box, scaled by the diagonal of the Hessian.
/// Convergence is quadratic, so that few linearisations are made; far from an optimum, where the
/// Hessian is indefinite, `RobustLeastSquares` gets near it first.
///
/// Source: the trust region is that of Nocedal and Wright, "Numerical Optimization", chapter 4.
struct NewtonSearch {
  private let objective: ExponentialSumObjective
  private let options: RobustLeastSquares.Options
  private let lower: [Double]
  private let upper: [Double]
  private let model: LocalModel

  private var point: [Double]
  private var candidate: [Double]
  private var current: Linearisation
  private var trial: Linearisation
  /// Scratch memory last used at the point, and for the candidate.
  private var workspace: ExponentialSumWorkspace
  private var trialWorkspace: ExponentialSumWorkspace
  /// A size of each diagonal entry of the Hessian.
  private var scale: [Double]
  /// The largest scaled change of a parameter in one step.
  private var radius = Double.infinity
  private var damping = 0.0
  private var iterations = 0

  /// How far a step may be bent, relative to its length: beyond, the residuals are no longer
  /// nearly linear along it.
  private static let largestBend = 0.3
  private static let firstDamping = 1e-5

  init(
    _ objective: ExponentialSumObjective, from start: [Double],
    options: RobustLeastSquares.Options
  ) {
    self.objective = objective
    self.options = options
    let count = objective.parameterCount
    lower = options.lowerBounds ?? Array(repeating: -.infinity, count: count)
    upper = options.upperBounds ?? Array(repeating: .infinity, count: count)
    model = LocalModel(objective)
    point = start
    for index in 0..<count { point[index] = min(max(point[index], lower[index]), upper[index]) }
    candidate = point
    current = Linearisation(parameterCount: count)
    trial = current
    workspace = objective.makeWorkspace()
    trialWorkspace = objective.makeWorkspace()
    scale = Array(repeating: 0, count: count)
  }

  mutating func run() -> RobustLeastSquares.Summary {
    iterations = 1
    guard
      objective.linearise(
        at: point, curvature: .exact, workspace: workspace, into: &current)
    else { return summary(.startOutsideDomain) }
    var lastStep = Double.infinity
    while iterations < options.iterationLimit {
      guard let step = takeStep() else { return summary(.objectiveCannotFall) }
      if step.relativeSize == 0 {
        return summary(isStationary ? .gradientVanished : .objectiveCannotFall)
      }
      // Even damped, a step this short means that nothing pulls; a Newton step that is short
      // after one so much longer leaves an error below the tolerance.
      let isNothing = step.relativeSize <= options.stepTolerance && !step.isCut
      let isLastNewton =
        step.isNewton && step.relativeSize <= 1e-8 && step.relativeSize <= 1e-3 * lastStep
      if isNothing || isLastNewton {
        swap(&point, &candidate)
        current.value -= max(step.fall, 0)
        return summary(.stepBelowTolerance)
      }
      iterations += 1
      let isFinite = objective.linearise(
        at: candidate, curvature: .exact, workspace: trialWorkspace, into: &trial)
      let fall = current.value - trial.value
      // Below this the objective may be all rounding error, since residuals lose digits to
      // cancellation, and only the gradient can guide.
      let rounding = 1e-11 * abs(current.value)
      let isNegligible = isFinite && step.fall <= rounding && fall >= -rounding
      guard isFinite, fall > 0 || isNegligible else {
        if step.relativeSize <= options.stepTolerance { return summary(.objectiveCannotFall) }
        // The least point of the parabola through both values, with the slope expected.
        let part = isFinite ? step.fall / (2 * (step.fall - fall)) : 0.25
        radius = step.size * min(max(part, 0.1), 0.5)
        continue
      }
      // Steps shrink, if only linearly, until the gradient, too, is all rounding error.
      if isNegligible, step.relativeSize > 0.9 * lastStep { return summary(.objectiveCannotFall) }
      if !isNegligible {
        if fall < 0.25 * step.fall { radius = step.size / 2 }
        if fall > 0.75 * step.fall, step.isCut { radius *= 2 }
      }
      lastStep = step.relativeSize
      swap(&point, &candidate)
      swap(&current, &trial)
      swap(&workspace, &trialWorkspace)
    }
    return summary(.iterationLimit)
  }

  private struct Step {
    /// The fall that the model predicts.
    var fall: Double
    /// The largest scaled change of a parameter.
    var size: Double
    /// The largest change of a parameter relative to its value.
    var relativeSize: Double
    /// Whether the trust region ended it.
    var isCut: Bool
    /// Whether the model was quadratic, undamped and uncut, so that steps shrink quadratically.
    var isNewton: Bool
  }

  /// Moves the candidate to the bent minimiser of the model; nil where no damping makes the model
  /// convex.
  private mutating func takeStep() -> Step? {
    let count = scale.count
    for index in 0..<count {
      scale[index] = max(scale[index] / 2, abs(current.hessian[index * count + index]))
    }
    let lastDamping = damping
    damping = 0
    while true {
      fillBox()
      guard
        let outcome = model.minimise(current, workspace, damping: damping, scale: scale)
      else {
        // Along a level valley ever less damping is needed, and allowed.
        let least = lastDamping > 0 ? lastDamping / 16 : Self.firstDamping
        damping = max(10 * damping, least, 1e-14)
        if damping > 1e10 { return nil }
        continue
      }
      var size = 0.0
      for index in 0..<count {
        size = max(size, abs(model.step[index]) * scale[index].squareRoot())
      }
      let length = scaledNorm { model.step[$0] }
      // The bend grows with the square of the step: that of a short one is all rounding error.
      if length > 1e-6 * scaledNorm({ point[$0] }) {
        model.correct(workspace, at: point)
        let ratio = scaledNorm { model.correction[$0] } / length
        if ratio > Self.largestBend {
          radius = size * max(0.1, 0.7 * Self.largestBend / ratio)
          continue
        }
      } else {
        model.clearCorrection()
      }
      let isCut = size >= 0.999 * radius
      var step = Step(
        fall: outcome.fall, size: size, relativeSize: 0, isCut: isCut,
        isNewton: outcome.kinks == 0 && damping == 0 && !isCut)
      for index in 0..<count {
        let target = point[index] + model.step[index] + model.correction[index]
        candidate[index] = min(max(target, lower[index]), upper[index])
        let largest = max(abs(candidate[index]), abs(point[index]))
        if largest > 0 {
          step.relativeSize = max(
            step.relativeSize, abs(candidate[index] - point[index]) / largest)
        }
      }
      return step
    }
  }

  private func scaledNorm(_ entry: (Int) -> Double) -> Double {
    var sum = 0.0
    for index in scale.indices { sum += scale[index] * entry(index) * entry(index) }
    return sum.squareRoot()
  }

  private func fillBox() {
    for index in scale.indices {
      let reach = radius / scale[index].squareRoot()
      model.lower[index] = max(lower[index] - point[index], -reach)
      model.upper[index] = min(upper[index] - point[index], reach)
    }
  }

  private var isStationary: Bool {
    point.indices.allSatisfy { index in
      let slope = current.gradient[index]
      return slope == 0 || (point[index] <= lower[index] && slope > 0)
        || (point[index] >= upper[index] && slope < 0)
    }
  }

  private func summary(
    _ termination: RobustLeastSquares.Termination
  ) -> RobustLeastSquares.Summary {
    RobustLeastSquares.Summary(
      parameters: point, objective: current.value, termination: termination,
      iterations: iterations)
  }
}
