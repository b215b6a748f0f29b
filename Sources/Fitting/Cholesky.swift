/// Solves A x = b for a small symmetric positive definite matrix.
enum Cholesky {
  /// Factors `matrix` (row-major, `count` × `count`) in place and overwrites `vector` with the
  /// solution. Returns false, with both unspecified, where the matrix is not numerically
  /// positive definite.
  static func solve(_ matrix: inout [Double], _ vector: inout [Double], count: Int) -> Bool {
    matrix.withUnsafeMutableBufferPointer { matrix in
      vector.withUnsafeMutableBufferPointer { vector in
        solve(matrix, vector, count: count)
      }
    }
  }

  private static func solve(
    _ matrix: UnsafeMutableBufferPointer<Double>, _ vector: UnsafeMutableBufferPointer<Double>,
    count: Int
  ) -> Bool {
    for column in 0..<count {
      var pivot = matrix[column * count + column]
      let original = pivot
      for k in 0..<column {
        let entry = matrix[column * count + k]
        pivot -= entry * entry
      }
      guard pivot > 1e-15 * abs(original), pivot.isFinite else { return false }
      let root = pivot.squareRoot()
      matrix[column * count + column] = root
      for row in (column + 1)..<max(count, column + 1) {
        var entry = matrix[row * count + column]
        for k in 0..<column {
          entry -= matrix[row * count + k] * matrix[column * count + k]
        }
        matrix[row * count + column] = entry / root
      }
    }
    for row in 0..<count {
      var entry = vector[row]
      for k in 0..<row { entry -= matrix[row * count + k] * vector[k] }
      vector[row] = entry / matrix[row * count + row]
    }
    for row in stride(from: count - 1, through: 0, by: -1) {
      var entry = vector[row]
      for k in (row + 1)..<max(count, row + 1) { entry -= matrix[k * count + row] * vector[k] }
      vector[row] = entry / matrix[row * count + row]
    }
    return true
  }
}
