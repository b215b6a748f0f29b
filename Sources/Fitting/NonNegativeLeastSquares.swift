/// Minimises ‖A x − b‖² over x ≥ 0 (Lawson and Hanson 1974), from the normal equations.
///
/// Meant for a handful of unknowns and for starting points: the Gram matrix squares the
/// condition number, which a later refinement mends.
public enum NonNegativeLeastSquares {
  /// - Parameters:
  ///   - gram: AᵀA, row-major, square.
  ///   - moments: Aᵀb.
  public static func solve(gram: [Double], moments: [Double]) -> [Double] {
    let count = moments.count
    var solution = [Double](repeating: 0, count: count)
    var isPassive = [Bool](repeating: false, count: count)
    var isSkipped = [Bool](repeating: false, count: count)
    for _ in 0..<(10 * count) {
      var best: Int?
      var bestSlope = 0.0
      for index in 0..<count where !isPassive[index] && !isSkipped[index] {
        var slope = moments[index]
        for other in 0..<count { slope -= gram[index * count + other] * solution[other] }
        // Relative to the column's own length, so that units do not choose.
        slope /= max(gram[index * count + index], .leastNormalMagnitude).squareRoot()
        if slope > bestSlope {
          bestSlope = slope
          best = index
        }
      }
      guard let entering = best else { break }
      isPassive[entering] = true
      while true {
        let passive = (0..<count).filter { isPassive[$0] }
        guard let trial = solveFree(gram, moments, passive) else {
          // Dependent on the columns already in: leave it out for good.
          isPassive[entering] = false
          isSkipped[entering] = true
          break
        }
        if trial.allSatisfy({ $0 > 0 }) {
          for (slot, index) in passive.enumerated() { solution[index] = trial[slot] }
          break
        }
        var share = 1.0
        for (slot, index) in passive.enumerated() where trial[slot] <= 0 {
          let gap = solution[index] - trial[slot]
          if gap > 0 { share = min(share, solution[index] / gap) }
        }
        var hasLeft = false
        for (slot, index) in passive.enumerated() {
          solution[index] += share * (trial[slot] - solution[index])
          if trial[slot] <= 0, solution[index] <= 1e-300 + 1e-15 * abs(trial[slot]) {
            solution[index] = 0
            isPassive[index] = false
            if index == entering { isSkipped[index] = true }
            hasLeft = true
          }
        }
        if !hasLeft { return solution }
      }
    }
    return solution
  }

  private static func solveFree(
    _ gram: [Double], _ moments: [Double], _ passive: [Int]
  ) -> [Double]? {
    let count = moments.count
    let units = passive.map { index in
      1 / max(gram[index * count + index], .leastNormalMagnitude).squareRoot()
    }
    var matrix: [Double] = []
    for (row, i) in passive.enumerated() {
      for (column, j) in passive.enumerated() {
        matrix.append(gram[i * count + j] * units[row] * units[column])
      }
    }
    var vector = passive.indices.map { moments[passive[$0]] * units[$0] }
    guard Cholesky.solve(&matrix, &vector, count: passive.count) else { return nil }
    return passive.indices.map { vector[$0] * units[$0] }
  }
}
