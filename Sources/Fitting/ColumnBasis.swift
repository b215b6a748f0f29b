/// An orthonormal basis of the space that the columns of a matrix span.
///
/// Columns are orthogonalised twice (Gram and Schmidt), which keeps full precision; columns that
/// depend on earlier ones add no direction.
struct ColumnBasis {
  /// Each of unit length, with an entry a row of the matrix.
  private(set) var directions: [[Double]] = []
  /// By column: its coordinates in the directions up to its own, after the column was scaled to
  /// unit length; nil where it adds none.
  private(set) var coordinates: [[Double]?] = []

  /// - Parameter columns: the matrix by column, all of one length.
  init(_ columns: [[Double]]) {
    for column in columns {
      let original = length(column)
      guard original > 0, original.isFinite else {
        coordinates.append(nil)
        continue
      }
      var rest = column.map { $0 / original }
      var shares = [Double](repeating: 0, count: directions.count)
      for _ in 0..<2 {
        for (index, direction) in directions.enumerated() {
          let share = dot(rest, direction)
          for row in rest.indices { rest[row] -= share * direction[row] }
          shares[index] += share
        }
      }
      let remaining = length(rest)
      guard remaining > 1e-12 else {
        coordinates.append(nil)
        continue
      }
      directions.append(rest.map { $0 / remaining })
      coordinates.append(shares + [remaining])
    }
  }

  /// The direction in which the coefficient of a column is read: its coordinates c with
  /// Q c ∝ X (XᵀX)⁻¹ eₖ; nil of a column that adds none.
  func contrast(_ column: Int) -> [Double]? {
    guard coordinates[column] != nil else { return nil }
    // Rᵀ c = eₖ, from the top.
    var solution: [Double] = []
    for (index, entries) in coordinates.enumerated() {
      guard let entries else { continue }
      var rest = index == column ? 1.0 : 0
      for (known, value) in solution.enumerated() { rest -= entries[known] * value }
      solution.append(rest / entries[solution.count])
    }
    return solution
  }
}

/// The leverage of each row of a matrix: the diagonal of the projection on the space that its
/// columns span, in [0, 1]. They sum to the rank.
///
/// `columns` holds the matrix by column, all of one length.
public func leverages(columns: [[Double]]) -> [Double] {
  var result = [Double](repeating: 0, count: columns.first?.count ?? 0)
  for direction in ColumnBasis(columns).directions {
    for row in result.indices { result[row] += direction[row] * direction[row] }
  }
  return result.map { min($0, 1) }
}

private func length(_ vector: [Double]) -> Double {
  dot(vector, vector).squareRoot()
}
