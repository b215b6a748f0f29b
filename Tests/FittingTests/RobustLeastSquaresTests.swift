import Fitting
import Foundation
import Testing

@Suite("Robust least squares")
struct RobustLeastSquaresTests {
  /// r = matrix · θ − right.
  struct Linear: ResidualModel {
    var matrix: [[Double]]
    var right: [Double]
    var parameterCount: Int { matrix[0].count }
    var residualCount: Int { right.count }

    func evaluate(
      at parameters: [Double], residuals: inout [Double], jacobian: inout [Double],
      wantJacobian: Bool
    ) {
      for row in right.indices {
        residuals[row] = -right[row]
        for column in parameters.indices {
          residuals[row] += matrix[row][column] * parameters[column]
          if wantJacobian { jacobian[row * parameters.count + column] = matrix[row][column] }
        }
      }
    }
  }

  /// r = function of one parameter, with its slope.
  struct Scalar: ResidualModel {
    var function: @Sendable (Double) -> (value: Double, slope: Double)
    let parameterCount = 1
    let residualCount = 1

    func evaluate(
      at parameters: [Double], residuals: inout [Double], jacobian: inout [Double],
      wantJacobian: Bool
    ) {
      let (value, slope) = function(parameters[0])
      residuals[0] = value
      if wantJacobian { jacobian[0] = slope }
    }
  }

  static let line = Linear(matrix: [[1, 0], [1, 1], [1, 2], [1, 3]], right: [1, 2, 3.5, 3.5])

  @Test("a straight line: the normal equations' solution")
  func straightLine() {
    let summary = RobustLeastSquares.solve(Self.line, from: [50, -50])
    #expect(abs(summary.parameters[0] - 1.15) < 1e-12)
    #expect(abs(summary.parameters[1] - 0.9) < 1e-12)
    #expect(abs(summary.objective - 0.45 / 8) < 1e-14)
    #expect(summary.termination.isConverged)
  }

  @Test("a bound holds one parameter and the others are optimal given it")
  func activeBound() {
    var options = RobustLeastSquares.Options()
    options.upperBounds = [.infinity, 0.5]
    let summary = RobustLeastSquares.solve(Self.line, from: [0, 0], options: options)
    // With the slope at 0.5 the intercept is the mean of right − 0.5 x.
    #expect(summary.parameters[1] == 0.5)
    #expect(abs(summary.parameters[0] - 1.75) < 1e-12)

    options = RobustLeastSquares.Options()
    options.lowerBounds = [2, 0]
    let corner = RobustLeastSquares.solve(Self.line, from: [9, 9], options: options)
    // min over slope of the residuals with intercept 2: slope = Σx(y − 2) / Σx².
    #expect(corner.parameters[0] == 2)
    #expect(abs(corner.parameters[1] - 7.5 / 14) < 1e-12)
  }

  @Test("a bound that the search touches on its way is left again")
  func bouncesOffBound() {
    var options = RobustLeastSquares.Options()
    options.lowerBounds = [0, 0]
    let summary = RobustLeastSquares.solve(Self.line, from: [0, 0], options: options)
    #expect(abs(summary.parameters[0] - 1.15) < 1e-12)
    #expect(abs(summary.parameters[1] - 0.9) < 1e-12)
  }

  @Test("starts outside the bounds are moved inside")
  func startOutsideBounds() {
    var options = RobustLeastSquares.Options()
    options.lowerBounds = [0]
    options.upperBounds = [1]
    let model = Linear(matrix: [[1]], right: [5])
    let summary = RobustLeastSquares.solve(model, from: [-7], options: options)
    #expect(summary.parameters == [1])
  }

  /// One wild measurement of five moves the mean but hardly the Huber estimate, whose condition
  /// is Σ clamp(m − yᵢ) = 0: 4 m − 10 = δ.
  @Test("Huber loss resists an outlier")
  func outlier() {
    let model = Linear(matrix: Array(repeating: [1], count: 5), right: [2.4, 2.5, 2.5, 2.6, 1e6])
    var options = RobustLeastSquares.Options()
    options.loss = .huber(delta: 0.5)
    let summary = RobustLeastSquares.solve(model, from: [1e5], options: options)
    #expect(abs(summary.parameters[0] - 2.625) < 1e-9)
  }

  @Test("each reason to stop is given when it holds")
  func terminations() {
    let exact = RobustLeastSquares.solve(Linear(matrix: [[1]], right: [0]), from: [0])
    #expect(exact.termination == .gradientVanished)

    let undefined = Scalar { _ in (.nan, 1) }
    let outside = RobustLeastSquares.solve(undefined, from: [1])
    #expect(outside.termination == .startOutsideDomain)
    #expect(!outside.termination.isConverged)
    #expect(outside.parameters == [1])

    var few = RobustLeastSquares.Options()
    few.iterationLimit = 3
    let curved = Scalar { (exp($0) - 1e-9, exp($0)) }
    let limited = RobustLeastSquares.solve(curved, from: [30], options: few)
    #expect(limited.termination == .iterationLimit)
    #expect(!limited.termination.isConverged)
    #expect(limited.iterations <= 4)

    let isolated = Scalar { $0 == 0.5 ? (1, 1) : (.nan, .nan) }
    #expect(RobustLeastSquares.solve(isolated, from: [0.5]).termination == .objectiveCannotFall)
  }

  @Test("every reason has its own words")
  func explanations() {
    let all = RobustLeastSquares.Termination.allCases
    #expect(Set(all.map(\.explanation)).count == all.count)
  }

  @Test("a domain with an edge is searched within it")
  func domainEdge() {
    // log θ − 1, undefined below 0; a full first step from 20 would land there.
    let model = Scalar { (log($0) - 1, 1 / $0) }
    let summary = RobustLeastSquares.solve(model, from: [20])
    #expect(abs(summary.parameters[0] - M_E) < 1e-9)
  }
}
