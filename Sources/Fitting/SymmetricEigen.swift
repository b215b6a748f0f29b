/// The eigenvalues of a symmetric matrix and their eigenvectors, in no order; vector k is
/// `vectors[k]`, of length 1.
///
/// Cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations, section 8.5), for the small
/// matrices of a few coefficients.
public func symmetricEigen(_ matrix: [[Double]]) -> (values: [Double], vectors: [[Double]]) {
  var a = matrix
  let count = a.count
  var vectors = (0..<count).map { row in (0..<count).map { $0 == row ? 1.0 : 0 } }
  for _ in 0..<60 {
    var rotated = false
    for p in 0..<count {
      for q in (p + 1)..<count {
        guard abs(a[p][q]) > 1e-16 * (abs(a[p][p]) + abs(a[q][q])) else { continue }
        rotated = true
        let (cosine, sine) = jacobiRotation(a[p][p], a[q][q], a[p][q])
        for k in 0..<count {
          (a[k][p], a[k][q]) = (
            cosine * a[k][p] - sine * a[k][q], sine * a[k][p] + cosine * a[k][q]
          )
        }
        for k in 0..<count {
          (a[p][k], a[q][k]) = (
            cosine * a[p][k] - sine * a[q][k], sine * a[p][k] + cosine * a[q][k]
          )
          (vectors[p][k], vectors[q][k]) = (
            cosine * vectors[p][k] - sine * vectors[q][k],
            sine * vectors[p][k] + cosine * vectors[q][k]
          )
        }
      }
    }
    if !rotated { break }
  }
  return (a.indices.map { a[$0][$0] }, vectors)
}

/// The rotation by less than an eighth of a turn that makes the symmetric matrix with the diagonal
/// `a`, `b` and `c` beside it diagonal; `c` is not 0.
func jacobiRotation(_ a: Double, _ b: Double, _ c: Double) -> (cosine: Double, sine: Double) {
  let zeta = (b - a) / (2 * c)
  let tangent = (zeta >= 0 ? 1.0 : -1.0) / (abs(zeta) + (1 + zeta * zeta).squareRoot())
  let cosine = 1 / (1 + tangent * tangent).squareRoot()
  return (cosine, cosine * tangent)
}
