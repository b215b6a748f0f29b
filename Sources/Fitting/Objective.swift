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

  /// Sets every entry to 0.
  mutating func clear() {
    value = 0
    for index in gradient.indices { gradient[index] = 0 }
    for index in hessian.indices { hessian[index] = 0 }
  }

  /// Whether every entry is finite.
  var isFinite: Bool {
    // 0 · ∞ and 0 · NaN are NaN, and so is a sum with one of them.
    var sum = 0 * value
    for entry in gradient { sum += 0 * entry }
    for entry in hessian { sum += 0 * entry }
    return sum == 0
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
  /// Fills `result` at `parameters`, with a matrix of second derivatives that is never indefinite.
  ///
  /// Returns false, and leaves `result` unspecified, where the function is not finite.
  func linearise(
    at parameters: [Double], workspace: Workspace, into result: inout Linearisation
  ) -> Bool
  func makeWorkspace() -> Workspace

  /// Returns JᵀW r″, with r″ the second derivative of the residuals along `step`.
  ///
  /// Curved valleys are followed faster with it. Nil where the objective does not offer it.
  func bend(at parameters: [Double], along step: [Double]) -> [Double]?
}

extension Objective {
  public func bend(at parameters: [Double], along step: [Double]) -> [Double]? { nil }
}
