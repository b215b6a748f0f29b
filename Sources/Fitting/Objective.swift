/// Which second derivatives a linearisation carries.
public enum Curvature: Sendable {
  /// JᵀWJ with the weights of reweighted least squares: never indefinite, right far from the
  /// optimum.
  case gaussNewton
  /// The Hessian of the objective itself: right near the optimum, possibly indefinite elsewhere.
  case exact
}

/// A second-order picture of an objective at one point.
public struct Linearisation: Sendable {
  /// The objective.
  public var value: Double
  /// Its gradient, one entry a parameter.
  public var gradient: [Double]
  /// Its second derivatives, row-major, square and symmetric, both triangles filled.
  public var hessian: [Double]

  public init(parameterCount: Int) {
    value = .nan
    gradient = Array(repeating: 0, count: parameterCount)
    hessian = Array(repeating: 0, count: parameterCount * parameterCount)
  }

  /// Whether every entry is finite.
  var isFinite: Bool {
    value.isFinite && gradient.allSatisfy(\.isFinite) && hessian.allSatisfy(\.isFinite)
  }

  /// Multiplies every entry by `factor`.
  mutating func scale(by factor: Double) {
    value *= factor
    for index in gradient.indices { gradient[index] *= factor }
    for index in hessian.indices { hessian[index] *= factor }
  }

  /// Copies the upper triangle into the lower one.
  mutating func mirrorUpperTriangle() {
    let count = gradient.count
    for row in 0..<count {
      for column in 0..<row {
        hessian[row * count + column] = hessian[column * count + row]
      }
    }
  }
}

/// A smooth function of a few parameters that can be minimised.
public protocol Objective: Sendable {
  /// Scratch memory of a linearisation, made once for many of them.
  associatedtype Workspace
  var parameterCount: Int { get }
  /// Whether `linearise` can give `Curvature.exact`.
  var hasExactCurvature: Bool { get }
  /// Fills `result` at `parameters`.
  ///
  /// Returns false, and leaves `result` unspecified, where the function is not finite.
  func linearise(
    at parameters: [Double], curvature: Curvature, workspace: inout Workspace,
    into result: inout Linearisation
  ) -> Bool
  func makeWorkspace() -> Workspace

  /// Returns JᵀW r″, with r″ the second derivative of the residuals along `step`.
  ///
  /// Curved valleys are followed faster with it. Nil where the objective does not offer it.
  func bend(at parameters: [Double], along step: [Double]) -> [Double]?

  /// The part of `step`, in (0, 1], to take from the point that `workspace` was last used for,
  /// with exact curvature: about where the objective is least along it.
  ///
  /// - Parameter curvature: stepᵀ H step, with H the Hessian there.
  func fraction(of step: [Double], curvature: Double, workspace: inout Workspace) -> Double
}

extension Objective {
  /// One linearisation, with a workspace of its own.
  public func linearise(
    at parameters: [Double], curvature: Curvature, into result: inout Linearisation
  ) -> Bool {
    var workspace = makeWorkspace()
    return linearise(
      at: parameters, curvature: curvature, workspace: &workspace, into: &result)
  }

  public func bend(at parameters: [Double], along step: [Double]) -> [Double]? { nil }

  public func fraction(
    of step: [Double], curvature: Double, workspace: inout Workspace
  ) -> Double { 1 }
}
