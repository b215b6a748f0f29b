import Foundation
import ScalingLaws

extension NoiseFloor {
  /// The 95 % interval of the standard deviation, for normal noise: with ν degrees of freedom,
  /// ν s² / σ² has the chi-squared distribution.
  var interval: ClosedRange<Double>? {
    let degrees = Double(runs - groups)
    guard degrees > 0, relativeDeviation > 0 else { return nil }
    let low = ChiSquared.quantile(0.975, degrees: degrees)
    let high = ChiSquared.quantile(0.025, degrees: degrees)
    guard low > 0, high > 0 else { return nil }
    return relativeDeviation * (degrees / low).squareRoot()...relativeDeviation
      * (degrees / high).squareRoot()
  }
}

/// The chi-squared distribution.
package enum ChiSquared {
  /// The value below which a share `p` of the distribution lies, by bisection to 1e-12 relative.
  package static func quantile(_ p: Double, degrees: Double) -> Double {
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
  static func cumulative(_ x: Double, degrees: Double) -> Double {
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
}
