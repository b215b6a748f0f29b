import Fitting
import Foundation
import Testing

/// Against the definitions, with whole matrices.
@Suite("Correction of residuals by cluster")
struct ClusterCorrectionTests {
  private static let columns: [[Double]] = {
    var generator = SplitMix64(seed: 4)
    return (0..<3).map { _ in (0..<12).map { _ in generator.normal() } }
  }()
  private static let clusters = [[0, 3, 7], [1, 2], [4, 5, 6, 8, 9], [10], [11]]

  /// I − X (XᵀX)⁻¹ Xᵀ, from Gram and Schmidt.
  private static let annihilator: [[Double]] = {
    var basis: [[Double]] = []
    for column in columns {
      var rest = column
      for direction in basis + basis {
        let share = zip(rest, direction).reduce(0) { $0 + $1.0 * $1.1 }
        rest = zip(rest, direction).map { $0 - share * $1 }
      }
      let length = rest.reduce(0) { $0 + $1 * $1 }.squareRoot()
      basis.append(rest.map { $0 / length })
    }
    return (0..<12).map { i in
      (0..<12).map { j in (i == j ? 1 : 0) - basis.reduce(0) { $0 + $1[i] * $1[j] } }
    }
  }()

  /// The matrix that `corrected` applies.
  private static func matrix(_ correction: ClusterCorrection) -> [[Double]] {
    let columns = (0..<12).map { column in
      correction.corrected((0..<12).map { $0 == column ? 1 : 0 })
    }
    return (0..<12).map { row in (0..<12).map { columns[$0][row] } }
  }

  private static func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
    a.map { row in
      b[0].indices.map { column in row.indices.reduce(0) { $0 + row[$1] * b[$1][column] } }
    }
  }

  /// Of independent errors of variance 1 the residuals of a cluster have the covariance (I − H)ᵍ;
  /// corrected ones have that of the errors, and no cluster touches another.
  @Test func correctedResidualsHaveTheCovarianceOfTheErrors() {
    let matrix = Self.matrix(ClusterCorrection(columns: Self.columns, clusters: Self.clusters))
    let covariance = Self.product(
      Self.product(matrix, Self.annihilator),
      (0..<12).map { row in (0..<12).map { matrix[$0][row] } })
    for cluster in Self.clusters {
      for i in cluster {
        for j in 0..<12 {
          if cluster.contains(j) {
            #expect(abs(covariance[i][j] - (i == j ? 1 : 0)) < 1e-12)
          } else {
            #expect(matrix[i][j] == 0)
          }
        }
      }
    }
  }

  /// (trace W)² / trace W² of W = PPᵀ, with P made from whole matrices.
  @Test func degreesOfFreedomAreThoseOfTheDefinition() throws {
    let correction = ClusterCorrection(columns: Self.columns, clusters: Self.clusters)
    let matrix = Self.matrix(correction)
    for column in 0..<3 {
      // X (XᵀX)⁻¹ eₖ is, but for its length, column k less its projection on the others.
      var contrast = Self.columns[column]
      var others: [[Double]] = []
      for other in (0..<3) where other != column {
        var rest = Self.columns[other]
        for direction in others {
          let share = zip(rest, direction).reduce(0) { $0 + $1.0 * $1.1 }
          rest = zip(rest, direction).map { $0 - share * $1 }
        }
        let length = rest.reduce(0) { $0 + $1 * $1 }.squareRoot()
        others.append(rest.map { $0 / length })
      }
      for direction in others {
        let share = zip(contrast, direction).reduce(0) { $0 + $1.0 * $1.1 }
        contrast = zip(contrast, direction).map { $0 - share * $1 }
      }
      let rows = Self.clusters.map { cluster in
        (0..<12).map { j in
          cluster.reduce(0.0) { sum, i in
            sum
              + contrast[i]
              * cluster.reduce(0) { $0 + matrix[i][$1] * Self.annihilator[$1][j] }
          }
        }
      }
      let gram = Self.product(rows, (0..<12).map { j in rows.map { $0[j] } })
      let trace = gram.indices.reduce(0) { $0 + gram[$1][$1] }
      let squares = gram.joined().reduce(0) { $0 + $1 * $1 }
      let found = try #require(correction.degreesOfFreedom[column])
      #expect(abs(found / (trace * trace / squares) - 1) < 1e-10)
    }
  }

  /// A mean of n alike and independent values has n − 1 degrees of freedom; of clusters as large as
  /// each other, one fewer than there are.
  @Test func degreesOfFreedomOfAMean() {
    let ones = [[Double](repeating: 1, count: 12)]
    let single = ClusterCorrection(columns: ones, clusters: (0..<12).map { [$0] })
    #expect(abs((single.degreesOfFreedom[0] ?? 0) - 11) < 1e-9)
    let pairs = ClusterCorrection(columns: ones, clusters: (0..<6).map { [2 * $0, 2 * $0 + 1] })
    #expect(abs((pairs.degreesOfFreedom[0] ?? 0) - 5) < 1e-9)
  }

  @Test func aColumnThatDependsOnOthersHasNone() {
    let correction = ClusterCorrection(
      columns: [[1, 1, 1, 1], [1, 2, 3, 4], [2, 3, 4, 5], [0, 0, 0, 0]],
      clusters: (0..<4).map { [$0] })
    #expect(correction.degreesOfFreedom.map { $0 == nil } == [false, false, true, true])
    let corrected = correction.corrected([0, 1, -1, 0])
    #expect(corrected.allSatisfy { $0.isFinite })
    // Of a fit with every coefficient at a bound no error went into any.
    #expect(ClusterCorrection(columns: [], clusters: [[0], [1]]).corrected([1, -2]) == [1, -2])
  }

  @Test func eigenvectorsGiveTheMatrixBack() {
    var generator = SplitMix64(seed: 9)
    let half = (0..<6).map { _ in (0..<6).map { _ in generator.normal() } }
    let matrix = (0..<6).map { i in (0..<6).map { half[i][$0] + half[$0][i] } }
    let (values, vectors) = symmetricEigen(matrix)
    for i in 0..<6 {
      for j in 0..<6 {
        let back = (0..<6).reduce(0) { $0 + values[$1] * vectors[$1][i] * vectors[$1][j] }
        #expect(abs(back - matrix[i][j]) < 1e-12)
        let dot = (0..<6).reduce(0) { $0 + vectors[i][$1] * vectors[j][$1] }
        #expect(abs(dot - (i == j ? 1 : 0)) < 1e-12)
      }
    }
  }

  /// Mean ν and variance 2ν, each within four standard errors of 20,000 draws.
  @Test(arguments: [1.0, 1.5, 4.4, 30]) func chiSquared(freedom: Double) {
    var generator = SplitMix64(seed: 2)
    let draws = (0..<20_000).map { _ in generator.chiSquared(degreesOfFreedom: freedom) }
    let mean = draws.reduce(0, +) / 20_000
    let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
    #expect(abs(mean - freedom) < 4 * (2 * freedom / 20_000).squareRoot())
    // The fourth central moment is 12ν² + 48ν.
    let error = ((12 * freedom * freedom + 48 * freedom - 4 * freedom * freedom) / 20_000)
    #expect(abs(variance - 2 * freedom) < 4 * error.squareRoot())
  }
}
