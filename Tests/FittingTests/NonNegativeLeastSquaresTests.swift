import Fitting
import Testing

@Suite("Non-negative least squares")
struct NonNegativeLeastSquaresTests {
  /// A random problem as its normal equations.
  private struct Problem {
    var count: Int
    var gram: [Double]
    var moments: [Double]

    init(rows: Int, columns: Int, generator: inout SplitMix64) {
      count = columns
      let matrix = (0..<rows).map { _ in (0..<columns).map { _ in generator.normal() + 0.5 } }
      let right = (0..<rows).map { _ in generator.normal() }
      gram = []
      moments = []
      for i in 0..<columns {
        for j in 0..<columns {
          gram.append(matrix.reduce(0) { $0 + $1[i] * $1[j] })
        }
        moments.append((0..<rows).reduce(0) { $0 + matrix[$1][i] * right[$1] })
      }
    }

    /// ‖A x − b‖² − ‖b‖².
    func value(_ x: [Double]) -> Double {
      var value = 0.0
      for i in 0..<count {
        value -= 2 * moments[i] * x[i]
        for j in 0..<count { value += x[i] * gram[i * count + j] * x[j] }
      }
      return value
    }

    /// The lowest value over every choice of unknowns that are not zero.
    var bruteForce: Double {
      (0..<(1 << count)).map { set -> Double in
        let chosen = (0..<count).filter { set >> $0 & 1 == 1 }
        let free = solve(chosen)
        guard free.allSatisfy({ $0 >= 0 }) else { return .infinity }
        var x = [Double](repeating: 0, count: count)
        for (slot, index) in chosen.enumerated() { x[index] = free[slot] }
        return value(x)
      }.min() ?? .infinity
    }

    /// Gaussian elimination with pivoting, independent of the solver under test.
    private func solve(_ chosen: [Int]) -> [Double] {
      var rows = chosen.map { i in chosen.map { gram[i * count + $0] } + [moments[i]] }
      let size = chosen.count
      for column in 0..<size {
        let pivot = (column..<size).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
        rows.swapAt(column, pivot)
        for row in 0..<size where row != column {
          let factor = rows[row][column] / rows[column][column]
          for entry in column...size { rows[row][entry] -= factor * rows[column][entry] }
        }
      }
      return (0..<size).map { rows[$0][size] / rows[$0][$0] }
    }
  }

  @Test("is as good as the best of all active sets", arguments: [1, 2, 3, 4, 5, 6])
  func bruteForce(columns: Int) {
    var generator = SplitMix64(seed: 11, stream: UInt64(columns))
    for _ in 0..<100 {
      let problem = Problem(rows: columns + 3, columns: columns, generator: &generator)
      let solution = NonNegativeLeastSquares.solve(gram: problem.gram, moments: problem.moments)
      #expect(solution.allSatisfy { $0 >= 0 })
      let best = problem.bruteForce
      #expect(problem.value(solution) <= best + 1e-9 * (1 + abs(best)))
    }
  }

  @Test("dependent columns share the solution without harm")
  func dependent() {
    // Two equal columns: any split of 2 fits.
    let solution = NonNegativeLeastSquares.solve(gram: [1, 1, 1, 1], moments: [2, 2])
    #expect(abs(solution[0] + solution[1] - 2) < 1e-9)
    #expect(solution.allSatisfy { $0 >= 0 })
  }

  @Test("columns of any unit are treated alike", arguments: [1e-12, 1e12])
  func units(unit: Double) {
    let gram = [2, 1 * unit, 1 * unit, 2 * unit * unit]
    let solution = NonNegativeLeastSquares.solve(gram: gram, moments: [3, 3 * unit])
    #expect(abs(solution[0] - 1) < 1e-9)
    #expect(abs(solution[1] * unit - 1) < 1e-9)
  }

  @Test("zero, infinite and NaN entries give an answer and no crash")
  func hostile() {
    #expect(NonNegativeLeastSquares.solve(gram: [0], moments: [0]) == [0])
    for value in [Double.nan, .infinity, 1e308] {
      let solution = NonNegativeLeastSquares.solve(
        gram: [value, 0, 0, value], moments: [1, value])
      #expect(solution.count == 2)
    }
  }
}
