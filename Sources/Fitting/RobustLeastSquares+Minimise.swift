extension RobustLeastSquares {
  /// Minimises any objective from `start`, within the bounds of `options`.
  public static func minimise<Target: Objective>(
    _ objective: Target, from start: [Double], options: Options = Options()
  ) -> Summary {
    var search = Search(objective: objective, start: start, options: options)
    return search.run()
  }
}

/// The state of one search.
private struct Search<Target: Objective> {
  let objective: Target
  let options: RobustLeastSquares.Options
  let count: Int
  let lower: [Double]
  let upper: [Double]

  var point: [Double]
  let workspace: Target.Workspace
  var current: Linearisation
  var trial: Linearisation
  var damping: Double
  var growth = 2.0
  var scale: [Double]
  var iterations = 0

  // Work space, kept to spare allocations.
  var free: [Int] = []
  var matrix: [Double] = []
  var step: [Double] = []
  /// What makes the diagonal of `matrix` one, in the order of `free`.
  var units: [Double]
  /// Half the geodesic acceleration, or empty.
  var correction: [Double] = []
  var offersBend = true
  var candidate: [Double]

  init(objective: Target, start: [Double], options: RobustLeastSquares.Options) {
    self.objective = objective
    self.options = options
    count = objective.parameterCount
    lower = options.lowerBounds ?? Array(repeating: -.infinity, count: count)
    upper = options.upperBounds ?? Array(repeating: .infinity, count: count)
    point = start
    for index in 0..<count { point[index] = min(max(point[index], lower[index]), upper[index]) }
    candidate = point
    workspace = objective.makeWorkspace()
    current = Linearisation(parameterCount: count)
    trial = current
    damping = options.initialDamping
    scale = Array(repeating: 0, count: count)
    units = scale
  }

  mutating func run() -> RobustLeastSquares.Summary {
    guard linearisePoint() else { return summary(.startOutsideDomain) }
    var lastNegligibleStep = Double.infinity
    while iterations < options.iterationLimit {
      findFreeParameters()
      guard free.contains(where: { current.gradient[$0] != 0 }) else {
        return summary(.gradientVanished)
      }
      guard solveForStep(against: current.gradient), correctStep() else {
        // Not positive definite at this damping, or too long for the bend of the residuals.
        guard raiseDamping() else { return summary(.objectiveCannotFall) }
        continue
      }
      let (relativeStep, predicted) = makeCandidate()
      if relativeStep == 0 { return summary(.objectiveCannotFall) }
      let isFinite = lineariseCandidate()
      let fall = current.value - trial.value
      // Below this the objective may be all rounding error, since residuals lose digits to
      // cancellation, and only the gradient can guide.
      let rounding = 1e-11 * abs(current.value)
      let isNegligible = isFinite && predicted <= rounding && fall >= -rounding
      guard isFinite, fall > 0 || isNegligible else {
        if relativeStep <= options.stepTolerance { return summary(.objectiveCannotFall) }
        guard raiseDamping() else { return summary(.objectiveCannotFall) }
        continue
      }
      if isNegligible {
        // Steps shrink, if only linearly, until the gradient, too, is all rounding error.
        if damping <= 1e-12, relativeStep > 0.9 * lastNegligibleStep {
          return summary(.objectiveCannotFall)
        }
        lastNegligibleStep = relativeStep
      }
      let relativeFall = fall / max(abs(current.value), .leastNormalMagnitude)
      swap(&point, &candidate)
      swap(&current, &trial)
      if relativeStep <= options.stepTolerance, damping <= 1e-8 {
        return summary(.stepBelowTolerance)
      }
      lowerDamping(ratio: isNegligible ? 1 : fall / predicted)
      if let tolerance = options.fallTolerance, relativeFall < tolerance {
        return summary(.fallBelowTolerance)
      }
    }
    return summary(.iterationLimit)
  }

  /// Linearises at the current point.
  mutating func linearisePoint() -> Bool {
    iterations += 1
    return objective.linearise(at: point, workspace: workspace, into: &current)
  }

  /// Linearises at the candidate.
  mutating func lineariseCandidate() -> Bool {
    iterations += 1
    return objective.linearise(at: candidate, workspace: workspace, into: &trial)
  }

  mutating func findFreeParameters() {
    free.removeAll(keepingCapacity: true)
    for index in 0..<count {
      let slope = current.gradient[index]
      let isHeld =
        (point[index] <= lower[index] && slope >= 0) || (point[index] >= upper[index] && slope <= 0)
      if !isHeld { free.append(index) }
      // A scale that never fell would freeze a parameter whose slope falls by many decades.
      scale[index] = max(scale[index] / 2, abs(current.hessian[index * count + index]))
    }
  }

  /// Solves (H + damping · scale) s = −g over the free parameters.
  mutating func solveForStep(against gradient: [Double]) -> Bool {
    let size = free.count
    for (slot, index) in free.enumerated() {
      units[slot] = scale[index] > 0 ? 1 / scale[index].squareRoot() : 1
    }
    matrix.removeAll(keepingCapacity: true)
    step.removeAll(keepingCapacity: true)
    // Scaling to a unit diagonal makes the factorisation indifferent to the units.
    for (slot, row) in free.enumerated() {
      for (otherSlot, column) in free.enumerated() {
        matrix.append(current.hessian[row * count + column] * units[slot] * units[otherSlot])
      }
      step.append(-gradient[row] * units[slot])
    }
    for index in 0..<size { matrix[index * size + index] += damping }
    guard Cholesky.solve(&matrix, &step, count: size) else { return false }
    for index in 0..<size { step[index] *= units[index] }
    return step.allSatisfy(\.isFinite)
  }

  /// Finds the second-order correction of the step, where the objective offers its bend.
  ///
  /// Returns false where the correction is not small beside the step, |a| > 0.75 |v| / 2 in the
  /// scaled norm: the step then leaves the region in which the residuals are nearly linear.
  /// Source: Transtrum and Sethna, arXiv 1201.5885.
  mutating func correctStep() -> Bool {
    correction.removeAll(keepingCapacity: true)
    guard offersBend else { return true }
    // The correction is quadratic in the step: of a short one it is all rounding error.
    guard scaledNorm(step) > 1e-6 * scaledNorm(free.map { point[$0] }) else { return true }
    var direction = [Double](repeating: 0, count: count)
    for (slot, index) in free.enumerated() { direction[index] = step[slot] }
    guard let bend = objective.bend(at: point, along: direction) else {
      offersBend = false
      return true
    }
    let velocity = step
    guard solveForStep(against: bend) else { return false }
    correction = step.map { $0 / 2 }
    step = velocity
    return 4 * scaledNorm(correction) <= 0.75 * scaledNorm(velocity)
  }

  func scaledNorm(_ vector: [Double]) -> Double {
    var sum = 0.0
    for (slot, index) in free.enumerated() { sum += scale[index] * vector[slot] * vector[slot] }
    return sum.squareRoot()
  }

  /// Moves to the projected step; returns its largest relative change and the fall that the
  /// quadratic model predicts.
  mutating func makeCandidate() -> (relativeStep: Double, predicted: Double) {
    for index in 0..<count { candidate[index] = point[index] }
    var relativeStep = 0.0
    for (slot, index) in free.enumerated() {
      let target = min(max(point[index] + step[slot], lower[index]), upper[index])
      candidate[index] = target
      if !correction.isEmpty {
        candidate[index] = min(max(target + correction[slot], lower[index]), upper[index])
      }
      step[slot] = target - point[index]
      let size = max(abs(target), abs(point[index]))
      if size > 0 { relativeStep = max(relativeStep, abs(step[slot]) / size) }
    }
    var predicted = 0.0
    for (slot, index) in free.enumerated() {
      predicted -= current.gradient[index] * step[slot]
      for (otherSlot, other) in free.enumerated() {
        predicted -= current.hessian[index * count + other] * step[slot] * step[otherSlot] / 2
      }
    }
    return (relativeStep, predicted)
  }

  /// Nielsen's rule ("Damping parameter in Marquardt's method", 1999).
  mutating func lowerDamping(ratio: Double) {
    let power = 2 * ratio - 1
    damping = max(damping * max(1.0 / 5, 1 - power * power * power), 1e-16)
    growth = 2
  }

  mutating func raiseDamping() -> Bool {
    damping = max(damping, 1e-12) * growth
    growth *= 2
    return damping < 1e20
  }

  func summary(_ termination: RobustLeastSquares.Termination) -> RobustLeastSquares.Summary {
    RobustLeastSquares.Summary(
      parameters: point, objective: current.value, termination: termination,
      iterations: iterations)
  }
}
