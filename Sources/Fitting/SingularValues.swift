/// The ratio of the largest to the smallest singular value of a matrix after its columns were
/// scaled to unit length; infinite where a column vanishes or the columns are dependent.
///
/// `columns` holds the matrix by column, all of one length. One-sided Jacobi rotations
/// (Hestenes 1958) keep small singular values accurate.
public func scaledConditionNumber(columns: [[Double]]) -> Double {
  var columns = columns
  for index in columns.indices {
    let length = dot(columns[index], columns[index]).squareRoot()
    guard length > 0, length.isFinite else { return .infinity }
    for row in columns[index].indices { columns[index][row] /= length }
  }
  for _ in 0..<60 {
    var rotated = false
    for p in columns.indices {
      for q in columns.indices where q > p {
        let a = dot(columns[p], columns[p])
        let b = dot(columns[q], columns[q])
        let c = dot(columns[p], columns[q])
        guard abs(c) > 1e-15 * (a * b).squareRoot() else { continue }
        rotated = true
        let (cosine, sine) = jacobiRotation(a, b, c)
        for row in columns[p].indices {
          let x = columns[p][row]
          let y = columns[q][row]
          columns[p][row] = cosine * x - sine * y
          columns[q][row] = sine * x + cosine * y
        }
      }
    }
    if !rotated { break }
  }
  let lengths = columns.map { dot($0, $0).squareRoot() }
  guard let largest = lengths.max(), let smallest = lengths.min(), smallest > 0 else {
    return .infinity
  }
  return largest / smallest
}
