import Fitting
import Foundation
import Testing

@Suite("Robust least squares")
struct RobustLeastSquaresTests {
  /// f = matrix · θ.
  struct Linear: PredictionModel {
    var matrix: [[Double]]
    var parameterCount: Int { matrix[0].count }
    var rowCount: Int { matrix.count }

    func makeScratch() {}
    func prepare(at parameters: [Double], _ scratch: Void) {}
    func restricted(to rows: [Int]) -> Linear { Linear(matrix: rows.map { matrix[$0] }) }

    func fill(_ block: RowBlock, at parameters: [Double], _ scratch: Void) {
      for (slot, row) in block.rows.enumerated() {
        block.values[slot] = zip(matrix[row], parameters).reduce(0) { $0 + $1.0 * $1.1 }
        for column in parameters.indices { block.slope(column)[slot] = matrix[row][column] }
      }
    }
  }

  /// f of one parameter, with its slope, in one row.
  struct Scalar: PredictionModel {
    var function: @Sendable (Double) -> (value: Double, slope: Double)
    let parameterCount = 1
    let rowCount = 1

    func makeScratch() {}
    func prepare(at parameters: [Double], _ scratch: Void) {}
    func restricted(to rows: [Int]) -> Scalar { self }

    func fill(_ block: RowBlock, at parameters: [Double], _ scratch: Void) {
      let (value, slope) = function(parameters[0])
      block.values[0] = value
      block.slope(0)[0] = slope
    }
  }

  /// Minimises the mean loss of model − `right`.
  private static func solve<Model: PredictionModel>(
    _ model: Model, right: [Double] = [0], loss: Loss = .squared, from start: [Double],
    options: RobustLeastSquares.Options = RobustLeastSquares.Options()
  ) -> RobustLeastSquares.Summary {
    RobustLeastSquares.minimise(
      FitObjective(model: model, measured: right, residual: .linear, loss: loss), from: start,
      options: options)
  }

  static let line = Linear(matrix: [[1, 0], [1, 1], [1, 2], [1, 3]])
  static let heights = [1, 2, 3.5, 3.5]

  @Test("a straight line: the normal equations' solution")
  func straightLine() {
    let summary = Self.solve(Self.line, right: Self.heights, from: [50, -50])
    #expect(abs(summary.parameters[0] - 1.15) < 1e-12)
    #expect(abs(summary.parameters[1] - 0.9) < 1e-12)
    #expect(abs(summary.objective - 0.45 / 8) < 1e-14)
    #expect(summary.termination.isConverged)
  }

  @Test("a bound holds one parameter and the others are optimal given it")
  func activeBound() {
    var options = RobustLeastSquares.Options()
    options.upperBounds = [.infinity, 0.5]
    let summary = Self.solve(Self.line, right: Self.heights, from: [0, 0], options: options)
    // With the slope at 0.5 the intercept is the mean of right − 0.5 x.
    #expect(summary.parameters[1] == 0.5)
    #expect(abs(summary.parameters[0] - 1.75) < 1e-12)

    options = RobustLeastSquares.Options()
    options.lowerBounds = [2, 0]
    let corner = Self.solve(Self.line, right: Self.heights, from: [9, 9], options: options)
    // min over slope of the residuals with intercept 2: slope = Σx(y − 2) / Σx².
    #expect(corner.parameters[0] == 2)
    #expect(abs(corner.parameters[1] - 7.5 / 14) < 1e-12)
  }

  @Test("a bound that the search touches on its way is left again")
  func bouncesOffBound() {
    var options = RobustLeastSquares.Options()
    options.lowerBounds = [0, 0]
    let summary = Self.solve(Self.line, right: Self.heights, from: [0, 0], options: options)
    #expect(abs(summary.parameters[0] - 1.15) < 1e-12)
    #expect(abs(summary.parameters[1] - 0.9) < 1e-12)
  }

  @Test("starts outside the bounds are moved inside")
  func startOutsideBounds() {
    var options = RobustLeastSquares.Options()
    options.lowerBounds = [0]
    options.upperBounds = [1]
    let summary = Self.solve(
      Linear(matrix: [[1]]), right: [5], from: [-7], options: options)
    #expect(summary.parameters == [1])
  }

  /// One wild measurement of five moves the mean but hardly the Huber estimate, whose condition
  /// is Σ clamp(m − yᵢ) = 0: 4 m − 10 = δ.
  @Test("Huber loss resists an outlier")
  func outlier() {
    let summary = Self.solve(
      Linear(matrix: Array(repeating: [1], count: 5)), right: [2.4, 2.5, 2.5, 2.6, 1e6],
      loss: .huber(delta: 0.5), from: [1e5])
    #expect(abs(summary.parameters[0] - 2.625) < 1e-9)
  }

  @Test("each reason to stop is given when it holds")
  func terminations() {
    let exact = Self.solve(Linear(matrix: [[1]]), from: [0])
    #expect(exact.termination == .gradientVanished)

    let undefined = Scalar { _ in (.nan, 1) }
    let outside = Self.solve(undefined, from: [1])
    #expect(outside.termination == .startOutsideDomain)
    #expect(!outside.termination.isConverged)
    #expect(outside.parameters == [1])

    var few = RobustLeastSquares.Options()
    few.iterationLimit = 3
    let curved = Scalar { (exp($0) - 1e-9, exp($0)) }
    let limited = Self.solve(curved, from: [30], options: few)
    #expect(limited.termination == .iterationLimit)
    #expect(!limited.termination.isConverged)
    #expect(limited.iterations <= 4)

    let isolated = Scalar { $0 == 0.5 ? (1, 1) : (.nan, .nan) }
    #expect(Self.solve(isolated, from: [0.5]).termination == .objectiveCannotFall)
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
    let summary = Self.solve(model, from: [20])
    #expect(abs(summary.parameters[0] - M_E) < 1e-9)
  }
}
