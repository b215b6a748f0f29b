/// The leverage of each row of a matrix: the diagonal of the projection on the space that its
/// columns span, in [0, 1]. They sum to the rank.
///
/// `columns` holds the matrix by column, all of one length. Columns are orthogonalised twice
/// (Gram and Schmidt), which keeps full precision; columns that depend on earlier ones are left
/// out.
public func leverages(columns: [[Double]]) -> [Double] {
  var result = [Double](repeating: 0, count: columns.first?.count ?? 0)
  var basis: [[Double]] = []
  for column in columns {
    let original = length(column)
    guard original > 0, original.isFinite else { continue }
    var rest = column.map { $0 / original }
    for _ in 0..<2 {
      for direction in basis {
        var share = 0.0
        for row in rest.indices { share += rest[row] * direction[row] }
        for row in rest.indices { rest[row] -= share * direction[row] }
      }
    }
    let remaining = length(rest)
    guard remaining > 1e-12 else { continue }
    rest = rest.map { $0 / remaining }
    for row in rest.indices { result[row] += rest[row] * rest[row] }
    basis.append(rest)
  }
  return result.map { min($0, 1) }
}

private func length(_ vector: [Double]) -> Double {
  vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
}
