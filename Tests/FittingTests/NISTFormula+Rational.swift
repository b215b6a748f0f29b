import Foundation

/// NIST's "rational class".
extension NISTFormula {
  /// (b1 + b2 x + b3 x²) / (1 + b4 x + b5 x²): Kirby2.
  @Sendable static func quadraticByQuadratic(
    _ b: [Double], _ x: [Double], _ slopes: inout [Double]
  ) -> Double {
    polynomialRatio(b, x[0], numeratorTerms: 3, &slopes)
  }

  /// (b1 + b2 x + b3 x² + b4 x³) / (1 + b5 x + b6 x² + b7 x³): Hahn1, Thurber.
  @Sendable static func cubicByCubic(
    _ b: [Double], _ x: [Double], _ slopes: inout [Double]
  ) -> Double {
    polynomialRatio(b, x[0], numeratorTerms: 4, &slopes)
  }

  /// b1 (x² + b2 x) / (x² + b3 x + b4): MGH09.
  @Sendable static func mgh09(
    _ b: [Double], _ x: [Double], _ slopes: inout [Double]
  ) -> Double {
    let denominator = x[0] * x[0] + x[0] * b[2] + b[3]
    let ratio = (x[0] * x[0] + x[0] * b[1]) / denominator
    slopes[0] = ratio
    slopes[1] = b[0] * x[0] / denominator
    slopes[2] = -b[0] * ratio * x[0] / denominator
    slopes[3] = -b[0] * ratio / denominator
    return b[0] * ratio
  }

  /// A polynomial with the first `numeratorTerms` parameters as coefficients, over one with
  /// constant 1 and the remaining parameters as coefficients of x, x², …
  private static func polynomialRatio(
    _ b: [Double], _ x: Double, numeratorTerms: Int, _ slopes: inout [Double]
  ) -> Double {
    var numerator = 0.0
    for coefficient in b[..<numeratorTerms].reversed() { numerator = numerator * x + coefficient }
    var denominator = 0.0
    for coefficient in b[numeratorTerms...].reversed() {
      denominator = (denominator + coefficient) * x
    }
    denominator += 1
    let ratio = numerator / denominator
    var power = 1 / denominator
    for index in 0..<numeratorTerms {
      slopes[index] = power
      power *= x
    }
    power = -ratio / denominator
    for index in numeratorTerms..<b.count {
      power *= x
      slopes[index] = power
    }
    return ratio
  }
}
