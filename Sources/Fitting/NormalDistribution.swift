import Foundation

/// The standard normal distribution.
public enum NormalDistribution {
  /// The probability of a value below `z`.
  public static func probability(below z: Double) -> Double {
    erfc(-z / 2.0.squareRoot()) / 2
  }

  /// The value below which the given probability lies; ±∞ at 0 and 1, NaN outside.
  ///
  /// A rational start (Acklam 2003, relative error 1e-9) and one step of Halley's method, which
  /// gives full precision down to probabilities of 1e-300.
  public static func quantile(_ probability: Double) -> Double {
    guard probability > 0, probability < 1 else {
      return probability == 0 ? -.infinity : probability == 1 ? .infinity : .nan
    }
    if probability > 0.5 { return -quantile(1 - probability) }
    let start = roughQuantile(probability)
    let error = Self.probability(below: start) - probability
    let step = error * (2 * Double.pi).squareRoot() * exp(start * start / 2)
    return start - step / (1 + start * step / 2)
  }

  /// For probabilities of at most 1/2.
  private static func roughQuantile(_ probability: Double) -> Double {
    if probability < 0.02425 {
      let q = (-2 * log(probability)).squareRoot()
      return polynomial(tailNumerator, q) / (polynomial(tailDenominator, q) * q + 1)
    }
    let q = probability - 0.5
    return polynomial(numerator, q * q) * q / (polynomial(denominator, q * q) * q * q + 1)
  }

  private static func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
    coefficients.reduce(0) { $0 * x + $1 }
  }

  private static let numerator = [
    -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02,
    1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239e+00,
  ]
  private static let denominator = [
    -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02,
    6.680131188771972e+01, -1.328068155288572e+01,
  ]
  private static let tailNumerator = [
    -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
    -2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00,
  ]
  private static let tailDenominator = [
    7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
    3.754408661907416e+00,
  ]
}
