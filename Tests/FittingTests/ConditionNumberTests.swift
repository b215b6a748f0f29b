import Fitting
import Foundation
import Testing

@Suite("Condition number of scaled columns")
struct ConditionNumberTests {
  /// Two unit columns at an angle φ have singular values √(1 ± cos φ).
  @Test("two columns at an angle", arguments: [1.5, 1, 0.1, 1e-3, 1e-6])
  func angle(phi: Double) {
    let number = scaledConditionNumber(columns: [[1, 0], [cos(phi), sin(phi)]])
    #expect(abs(number * tan(phi / 2) - 1) < 1e-6)
  }

  /// n unit columns with equal correlations ρ: eigenvalues of the Gram matrix are
  /// 1 + (n − 1) ρ and 1 − ρ.
  @Test("equally correlated columns")
  func equalCorrelation() {
    // eᵢ plus a common direction of length a: ρ = a² / (1 + a²).
    let a = 3.0
    let columns = (0..<4).map { i in (0..<5).map { $0 == i ? 1.0 : $0 == 4 ? a : 0 } }
    let rho = a * a / (1 + a * a)
    let expected = ((1 + 3 * rho) / (1 - rho)).squareRoot()
    #expect(abs(scaledConditionNumber(columns: columns) / expected - 1) < 1e-12)
  }

  @Test("units and orthogonality do not count")
  func units() {
    #expect(scaledConditionNumber(columns: [[1e-150, 0], [0, 1e100]]) == 1)
  }

  @Test("dependent, vanishing and infinite columns are infinitely ill-conditioned")
  func degenerate() {
    #expect(scaledConditionNumber(columns: [[1, 2], [0, 0]]) == .infinity)
    #expect(scaledConditionNumber(columns: [[1, 2], [.infinity, 0]]) == .infinity)
    #expect(scaledConditionNumber(columns: [[1, 2, 3], [2, 4, 6]]) > 1e14)
    // More columns than rows.
    #expect(scaledConditionNumber(columns: [[1, 0], [0, 1], [1, 1]]) > 1e14)
  }
}
