/// Minimises a mean loss over residuals by damped Newton steps.
///
/// Each step solves (H + μ D) s = −g over the parameters that no bound holds, is projected on the
/// bounds, and is as long as minimises the objective with residuals taken to first order. H is the
/// Gauss-Newton matrix until a step lowers the objective by less than 2 %, then the Hessian of the
/// objective itself, with μ raised until the sum is positive definite; D is a size of the
/// diagonal, which makes μ indifferent to units. μ falls with steps that do as predicted and rises
/// with those that fail.
///
/// Sources: Levenberg 1944, Marquardt 1963; for μ Nielsen, "Damping parameter in Marquardt's
/// method", 1999; for the Huber losses along a step Madsen and Nielsen, "A finite algorithm for
/// robust linear regression", 1990.
public enum RobustLeastSquares {
  public struct Options: Sendable {
    /// Lower bounds, one a parameter; nil for none.
    public var lowerBounds: [Double]?
    /// Upper bounds, one a parameter; nil for none.
    public var upperBounds: [Double]?
    /// The largest number of linearisations. Default: 10,000.
    public var iterationLimit = 10_000
    /// The relative change of every free parameter below which the search ends. Default: 1e-12.
    public var stepTolerance = 1e-12
    /// Whether the Hessian is exact from the second step on, and damping small from the first.
    /// Default: false.
    public var startsNearOptimum = false

    public init() {}
  }

  /// Why a search ended.
  public enum Termination: String, Sendable, Equatable, CaseIterable {
    /// max |Δθᵢ| / |θᵢ| ≤ the step tolerance over the free parameters, at negligible damping; or
    /// ≤ 1e-8 and a thousandth of the step before, so that what is left is below it.
    case stepBelowTolerance
    /// ∂f/∂θᵢ = 0 for every free parameter.
    case gradientVanished
    /// No damping gives a step that lowers the objective by more than its rounding error.
    case objectiveCannotFall
    /// The iteration limit was reached first: not converged.
    case iterationLimit
    /// The objective is not finite at the start: nothing was done.
    case startOutsideDomain

    /// Whether the criterion is one of a stationary point.
    public var isConverged: Bool {
      switch self {
      case .stepBelowTolerance, .gradientVanished, .objectiveCannotFall: true
      case .iterationLimit, .startOutsideDomain: false
      }
    }

    /// The criterion in words, for reports.
    public var explanation: String {
      switch self {
      case .stepBelowTolerance:
        "no free coefficient moved by more than the relative step tolerance"
      case .gradientVanished: "the gradient vanished"
      case .objectiveCannotFall: "no step lowers the objective by more than its rounding error"
      case .iterationLimit: "the iteration limit was reached before convergence"
      case .startOutsideDomain: "the objective is not finite at the start"
      }
    }
  }

  public struct Summary: Sendable {
    /// The best point found.
    public var parameters: [Double]
    /// The objective there: the mean loss.
    public var objective: Double
    public var termination: Termination
    /// The number of linearisations made.
    public var iterations: Int
  }

  /// Minimises `objective` from `start`, within the bounds of `options`.
  public static func minimise<Model: PredictionModel>(
    _ objective: FitObjective<Model>, from start: [Double], options: Options = Options()
  ) -> Summary {
    var search = Search(objective, from: start, options: options)
    return search.run()
  }
}

/// The state of one search.
private struct Search<Model: PredictionModel> {
  let objective: FitObjective<Model>
  let options: RobustLeastSquares.Options
  let count: Int
  let lower: [Double]
  let upper: [Double]

  var point: [Double]
  var candidate: [Double]
  var current: Linearisation
  var trial: Linearisation
  /// The columns of `current`, and those of `trial`.
  var workspace: FitWorkspace<Model>
  var trialWorkspace: FitWorkspace<Model>
  /// Which matrix `current` has, and which the next linearisation gets.
  var curvature: Curvature
  var nextCurvature: Curvature
  /// μ, and the factor by which a failure raises it.
  var damping: Double
  var growth = 2.0
  /// D, and what makes its entries one.
  var scale: [Double]
  var units: [Double]
  var iterations = 0

  // Work space, kept to spare allocations.
  var free: [Int] = []
  var matrix: [Double] = []
  var vector: [Double] = []
  /// The step, 0 for what is not free.
  var step: [Double]

  init(
    _ objective: FitObjective<Model>, from start: [Double], options: RobustLeastSquares.Options
  ) {
    self.objective = objective
    self.options = options
    count = objective.parameterCount
    lower = options.lowerBounds ?? Array(repeating: -.infinity, count: count)
    upper = options.upperBounds ?? Array(repeating: .infinity, count: count)
    point = start
    for index in 0..<count { point[index] = min(max(point[index], lower[index]), upper[index]) }
    candidate = point
    workspace = objective.makeWorkspace()
    trialWorkspace = objective.makeWorkspace()
    current = Linearisation(parameterCount: count)
    trial = current
    curvature = .gaussNewton
    nextCurvature = options.startsNearOptimum ? .exact : .gaussNewton
    damping = options.startsNearOptimum ? 1e-6 : 0.03
    scale = Array(repeating: 0, count: count)
    units = scale
    step = scale
  }

  mutating func run() -> RobustLeastSquares.Summary {
    iterations = 1
    guard
      objective.linearise(
        at: point, curvature: curvature, workspace: workspace, into: &current)
    else { return summary(.startOutsideDomain) }
    var lastStep = Double.infinity
    findFree()
    while iterations < options.iterationLimit {
      guard free.contains(where: { current.gradient[$0] != 0 }) else {
        return summary(.gradientVanished)
      }
      guard solve(), let move = makeCandidate() else {
        // Not positive definite at this damping, or the bounds bent it uphill.
        guard raiseDamping() else { return summary(.objectiveCannotFall) }
        continue
      }
      if move.relativeSize == 0 { return summary(.objectiveCannotFall) }
      if move.isNewton, move.relativeSize <= 1e-8, move.relativeSize <= 1e-3 * lastStep {
        swap(&point, &candidate)
        current.value -= max(move.fall, 0)
        return summary(.stepBelowTolerance)
      }
      iterations += 1
      let isFinite = objective.linearise(
        at: candidate, curvature: nextCurvature, workspace: trialWorkspace, into: &trial)
      let fall = current.value - trial.value
      // Below this the objective may be all rounding error, since residuals lose digits to
      // cancellation, and only the gradient can guide.
      let rounding = 1e-11 * abs(current.value)
      let isNegligible = isFinite && move.fall <= rounding && fall >= -rounding
      guard isFinite, fall > 0 || isNegligible else {
        if move.relativeSize <= options.stepTolerance { return summary(.objectiveCannotFall) }
        guard raiseDamping() else { return summary(.objectiveCannotFall) }
        continue
      }
      // Steps shrink, if only linearly, until the gradient, too, is all rounding error.
      if isNegligible, damping <= 1e-12, move.relativeSize > 0.9 * lastStep {
        return summary(.objectiveCannotFall)
      }
      lastStep = move.relativeSize
      curvature = nextCurvature
      if fall < 0.02 * current.value { nextCurvature = .exact }
      swap(&point, &candidate)
      swap(&current, &trial)
      swap(&workspace, &trialWorkspace)
      if move.relativeSize <= options.stepTolerance, damping <= 1e-8 {
        return summary(.stepBelowTolerance)
      }
      lowerDamping(ratio: isNegligible ? 1 : fall / move.fall)
      findFree()
    }
    return summary(.iterationLimit)
  }

  /// Finds the parameters that no bound holds, and sizes of the diagonal.
  mutating func findFree() {
    free.removeAll(keepingCapacity: true)
    for index in 0..<count {
      let slope = current.gradient[index]
      let isHeld =
        (point[index] <= lower[index] && slope >= 0) || (point[index] >= upper[index] && slope <= 0)
      if !isHeld { free.append(index) }
      // A scale that never fell would freeze a parameter whose slope falls by many decades.
      scale[index] = max(scale[index] / 2, abs(current.hessian[index * count + index]))
      units[index] = scale[index] > 0 ? 1 / scale[index].squareRoot() : 1
    }
  }

  /// Solves (H + μ D) s = −g over the free parameters; false where the sum is not positive definite.
  mutating func solve() -> Bool {
    matrix.removeAll(keepingCapacity: true)
    vector.removeAll(keepingCapacity: true)
    // Scaling to a unit diagonal makes the factorisation indifferent to the units.
    for row in free {
      for column in free {
        matrix.append(current.hessian[row * count + column] * units[row] * units[column])
      }
      vector.append(-current.gradient[row] * units[row])
    }
    for slot in free.indices { matrix[slot * free.count + slot] += damping }
    guard Cholesky.solve(&matrix, &vector, count: free.count) else { return false }
    for index in 0..<count { step[index] = 0 }
    for (slot, index) in free.enumerated() { step[index] = vector[slot] * units[index] }
    return step.allSatisfy(\.isFinite)
  }

  struct Move {
    /// The fall of the objective with residuals taken to first order, and the exact Hessian's bend.
    var fall: Double
    /// The largest change of a parameter relative to its value.
    var relativeSize: Double
    /// Whether it is a Newton step, so that steps shrink quadratically.
    var isNewton: Bool
  }

  /// Moves to the projected step of the best length; nil where that leads uphill.
  mutating func makeCandidate() -> Move? {
    for index in free {
      let target = min(max(point[index] + step[index], lower[index]), upper[index])
      step[index] = target - point[index]
    }
    var (slope, curving) = (0.0, 0.0)
    for row in free {
      slope += current.gradient[row] * step[row]
      for column in free {
        curving += current.hessian[row * count + column] * step[row] * step[column]
      }
    }
    guard slope < 0 else {
      return slope == 0 ? Move(fall: 0, relativeSize: 0, isNewton: false) : nil
    }
    workspace.fillChange(along: step)
    let total = objective.totalWeight
    let line = HuberLine(
      residual: workspace.residual, change: workspace.change, weights: workspace.weights,
      count: workspace.length, delta: objective.loss.linearBeyond, slope: slope * total,
      curvature: curvature == .exact ? curving * total : nil)
    let length = line.minimum(within: 1)
    let (fall, passesKink) = line.fall(at: length)
    var move = Move(
      fall: fall / total, relativeSize: 0,
      isNewton: curvature == .exact && length == 1 && !passesKink && damping <= 1e-6)
    for index in 0..<count {
      candidate[index] = point[index]
      guard step[index] != 0 else { continue }
      candidate[index] = min(max(point[index] + length * step[index], lower[index]), upper[index])
      let size = max(abs(candidate[index]), abs(point[index]))
      if size > 0 {
        move.relativeSize = max(move.relativeSize, abs(candidate[index] - point[index]) / size)
      }
    }
    return move
  }

  mutating func lowerDamping(ratio: Double) {
    let power = 2 * ratio - 1
    damping = max(damping * max(1.0 / 3, 1 - power * power * power), 1e-16)
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
