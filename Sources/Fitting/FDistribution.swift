import Foundation

/// The F distribution, and Student's t as the root of one.
public enum FDistribution {
  /// The share of the distribution below `x`.
  public static func cumulative(_ x: Double, _ numerator: Double, _ denominator: Double) -> Double {
    guard x > 0 else { return 0 }
    return incompleteBeta(
      numerator * x / (numerator * x + denominator), numerator / 2, denominator / 2)
  }

  /// The value below which a share `p` of the distribution lies, by bisection to 1e-12 relative.
  public static func quantile(_ p: Double, _ numerator: Double, _ denominator: Double) -> Double {
    var (low, high) = (0.0, 1.0)
    while cumulative(high, numerator, denominator) < p, high < 1e300 { high *= 2 }
    for _ in 0..<1_100 where high - low > 1e-12 * high {
      let middle = (low + high) / 2
      if cumulative(middle, numerator, denominator) < p { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// The distance from 0 beyond which a share `tails` of Student's t lies, on both sides together.
  public static func studentT(tails: Double, degrees: Double) -> Double {
    quantile(1 - tails, 1, degrees).squareRoot()
  }

  /// I_x(a, b) by its continued fraction (DLMF 8.17.22), from the side where it converges.
  private static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(1 - x, b, a) }
    let front =
      exp(
        a * log(x) + b * log1p(-x) + lgamma(a + b) - lgamma(a) - lgamma(b)) / a
    // Lentz's method.
    let tiny = 1e-300
    var (c, d) = (1.0, 1 - (a + b) * x / (a + 1))
    d = 1 / (abs(d) < tiny ? tiny : d)
    var sum = d
    for step in 1...10_000 {
      let m = Double(step)
      for term in [
        m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
        -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
      ] {
        d = 1 + term * d
        d = 1 / (abs(d) < tiny ? tiny : d)
        c = 1 + term / c
        if abs(c) < tiny { c = tiny }
        sum *= c * d
      }
      if abs(c * d - 1) < 1e-15 { break }
    }
    return front * sum
  }
}
