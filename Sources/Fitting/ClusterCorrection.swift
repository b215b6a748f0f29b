/// What a fit by least squares did to the errors of its rows, undone for each cluster of rows that
/// may share their errors.
///
/// A fit takes part of every error into its coefficients, so that residuals are too small. Those of
/// a cluster are multiplied by (I − H)^(−1/2), with H its block of the projection on the columns:
/// then the variance of coefficients that follows from them is right on average where errors are
/// independent and alike, and nearly so where clusters share theirs.
///
/// Source: Bell and McCaffrey, "Bias reduction in standard errors for linear regression with
/// multi-stage samples", 2002 ("CR2"); Pustejovsky and Tipton 2018 for its degrees of freedom.
public struct ClusterCorrection: Sendable {
  private let clusters: [[Int]]
  /// The projection of each row on the basis of the columns: one entry a direction.
  private let rows: [[Double]]
  /// For each cluster V diag(f) Vᵀ, with f what the correction adds along each direction.
  private let additions: [[[Double]]]
  /// The degrees of freedom of the variance of each column's coefficient, if errors were
  /// independent and alike; nil where the column depends on others.
  public let degreesOfFreedom: [Double?]

  /// Rows that a fit passes through, whatever they measure, tell nothing about errors: shares of
  /// the projection above this count as this.
  private static let largestLeverage = 0.99

  /// - Parameters:
  ///   - columns: the derivatives of the residuals by coefficient, all of one length.
  ///   - clusters: the rows of each cluster; every row is in one.
  public init(columns: [[Double]], clusters: [[Int]]) {
    self.clusters = clusters
    let basis = ColumnBasis(columns)
    let rank = basis.directions.count
    let count = clusters.reduce(0) { $0 + $1.count }
    let rows = (0..<count).map { row in basis.directions.map { $0[row] } }
    self.rows = rows
    var additions: [[[Double]]] = []
    // Kᵍ = QᵍᵀQᵍ of each cluster, and Qᵍᵀ (I − H)^(−1/2) Qᵍ.
    var grams: [[[Double]]] = []
    var scaled: [[[Double]]] = []
    for cluster in clusters {
      var gram = [[Double]](repeating: [Double](repeating: 0, count: rank), count: rank)
      for row in cluster {
        for i in 0..<rank { for j in 0..<rank { gram[i][j] += rows[row][i] * rows[row][j] } }
      }
      let (values, vectors) = symmetricEigen(gram)
      func matrix(_ entry: (Double) -> Double) -> [[Double]] {
        var sum = [[Double]](repeating: [Double](repeating: 0, count: rank), count: rank)
        for (value, vector) in zip(values, vectors) where value > 1e-14 {
          let factor = entry(min(value, Self.largestLeverage))
          for i in 0..<rank { for j in 0..<rank { sum[i][j] += factor * vector[i] * vector[j] } }
        }
        return sum
      }
      additions.append(matrix { (1 / (1 - $0).squareRoot() - 1) / $0 })
      scaled.append(matrix { $0 / (1 - $0).squareRoot() })
      grams.append(gram)
    }
    self.additions = additions
    degreesOfFreedom = columns.indices.map { column in
      basis.contrast(column).map { contrast in
        Self.degreesOfFreedom(contrast, grams: grams, scaled: scaled)
      }
    }
  }

  /// (Σ λ)² / Σ λ² over the eigenvalues λ of the quadratic form that estimates the variance of a
  /// contrast: those of the matrix with entries pᵍ·pʰ, pᵍ = cᵀQᵍᵀ(I − H)^(−1/2)(I − QQᵀ)ᵍ.
  private static func degreesOfFreedom(
    _ contrast: [Double], grams: [[[Double]]], scaled: [[[Double]]]
  ) -> Double {
    let rank = contrast.count
    var trace = 0.0
    var squares = 0.0
    // pᵍ·pʰ = −uᵍ·uʰ for two clusters, so that their squares sum to |Σ uᵍuᵍᵀ|² less the diagonal.
    var moments = [Double](repeating: 0, count: rank * rank)
    for (gram, scaled) in zip(grams, scaled) {
      let own = dot(contrast, product(gram, contrast))
      let u = product(scaled, contrast)
      let length = dot(u, u)
      trace += own
      squares += own * own - length * length
      for i in 0..<rank { for j in 0..<rank { moments[i * rank + j] += u[i] * u[j] } }
    }
    squares += moments.reduce(0) { $0 + $1 * $1 }
    return squares > 0 ? trace * trace / squares : .infinity
  }

  /// Residuals as large, on average, as the errors behind them.
  public func corrected(_ residuals: [Double]) -> [Double] {
    var result = residuals
    for (cluster, addition) in zip(clusters, additions) {
      var share = [Double](repeating: 0, count: addition.count)
      for row in cluster {
        for i in share.indices { share[i] += rows[row][i] * residuals[row] }
      }
      let added = product(addition, share)
      for row in cluster { result[row] += dot(rows[row], added) }
    }
    return result
  }
}

private func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
  matrix.map { dot($0, vector) }
}
