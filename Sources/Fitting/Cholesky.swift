/// Solves A x = b for a small symmetric positive definite matrix.
enum Cholesky {
  /// Factors `matrix` (row-major, `count` × `count`) in place and overwrites `vector` with the
  /// solution. Returns false, with both unspecified, where the matrix is not numerically
  /// positive definite.
  static func solve(_ matrix: inout [Double], _ vector: inout [Double], count: Int) -> Bool {
    matrix.withUnsafeMutableBufferPointer { matrix in
      vector.withUnsafeMutableBufferPointer { vector in
        guard let matrix = matrix.baseAddress, let vector = vector.baseAddress else { return true }
        guard factor(matrix, count: count, stride: count) else { return false }
        substitute(matrix, vector, count: count, stride: count)
        return true
      }
    }
  }

  /// Overwrites the lower triangle with its factor, whose diagonal is stored inverted; returns
  /// false, with it unspecified, where the matrix is not numerically positive definite.
  ///
  /// - Parameter stride: from one row to the next.
  static func factor(_ matrix: UnsafeMutablePointer<Double>, count: Int, stride: Int) -> Bool {
    for row in 0..<count {
      let line = matrix + row * stride
      for column in 0..<row {
        let other = matrix + column * stride
        var entry = line[column]
        for k in 0..<column { entry -= line[k] * other[k] }
        line[column] = entry * other[column]
      }
      let original = line[row]
      var pivot = original
      for k in 0..<row { pivot -= line[k] * line[k] }
      guard pivot > 1e-15 * abs(original), pivot.isFinite else { return false }
      line[row] = 1 / pivot.squareRoot()
    }
    return true
  }

  /// Overwrites `vector` with the solution, by a factor made by `factor`.
  static func substitute(
    _ factor: UnsafeMutablePointer<Double>, _ vector: UnsafeMutablePointer<Double>, count: Int,
    stride: Int
  ) {
    for row in 0..<count {
      let line = factor + row * stride
      var entry = vector[row]
      for k in 0..<row { entry -= line[k] * vector[k] }
      vector[row] = entry * line[row]
    }
    for row in Swift.stride(from: count - 1, through: 0, by: -1) {
      var entry = vector[row]
      for below in (row + 1)..<max(count, row + 1) {
        entry -= factor[below * stride + row] * vector[below]
      }
      vector[row] = entry * factor[row * stride + row]
    }
  }
}
