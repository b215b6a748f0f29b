import Foundation

/// The chi-squared distribution, and what follows from it about variances of normal noise.
public enum ChiSquared {
  /// The value below which a share `p` of the distribution lies, by bisection to 1e-12 relative.
  public static func quantile(_ p: Double, degrees: Double) -> Double {
    var low = 0.0
    var high = max(degrees, 1)
    while cumulative(high, degrees: degrees) < p { high *= 2 }
    for _ in 0..<200 where high - low > 1e-12 * high {
      let middle = (low + high) / 2
      if cumulative(middle, degrees: degrees) < p { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// P(ν/2, x/2) by the series of the lower incomplete gamma function (Abramowitz and Stegun,
  /// 6.5.29), whose terms are all positive.
  public static func cumulative(_ x: Double, degrees: Double) -> Double {
    guard x > 0 else { return 0 }
    let (a, y) = (degrees / 2, x / 2)
    var term = 1 / a
    var sum = term
    var n = a
    while term > 1e-16 * sum {
      n += 1
      term *= y / n
      sum += term
    }
    return min(1, sum * exp(a * log(y) - y - lgamma(a)))
  }

  /// The 95 % interval of a standard deviation: with ν degrees of freedom, ν s² / σ² has this
  /// distribution. Nil where the deviation says nothing.
  public static func interval(
    ofDeviation deviation: Double, degrees: Double
  ) -> ClosedRange<Double>? {
    guard degrees > 0, deviation > 0 else { return nil }
    let low = quantile(0.975, degrees: degrees)
    let high = quantile(0.025, degrees: degrees)
    guard low > 0, high > 0 else { return nil }
    return deviation * (degrees / low).squareRoot()...deviation * (degrees / high).squareRoot()
  }

  /// Bartlett's test that variances are equal, for normal noise: the chance of variances at least
  /// as unequal. Nil of fewer than two, or where one is 0.
  ///
  /// Source: Bartlett, "Properties of sufficiency and statistical tests", 1937.
  public static func equality(of variances: [(variance: Double, degrees: Double)]) -> Double? {
    guard variances.count > 1, variances.allSatisfy({ $0.variance > 0 && $0.degrees > 0 }) else {
      return nil
    }
    let total = variances.reduce(0) { $0 + $1.degrees }
    let pooled = variances.reduce(0) { $0 + $1.degrees * $1.variance } / total
    let spread = variances.reduce(0) { $0 + $1.degrees * log(pooled / $1.variance) }
    let groups = Double(variances.count - 1)
    let correction = 1 + (variances.reduce(0) { $0 + 1 / $1.degrees } - 1 / total) / (3 * groups)
    return 1 - cumulative(spread / correction, degrees: groups)
  }
}
