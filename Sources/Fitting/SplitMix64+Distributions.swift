import Foundation

extension SplitMix64 {
  /// A number drawn from the standard normal distribution (Box and Muller 1958).
  public mutating func normal() -> Double {
    let radius = (-2 * log(1 - unitInterval())).squareRoot()
    return radius * cos(2 * .pi * unitInterval())
  }

  /// A number drawn from the chi-squared distribution; `degreesOfFreedom` is at least 1.
  ///
  /// Source: Marsaglia and Tsang, "A simple method for generating gamma variables", 2000.
  public mutating func chiSquared(degreesOfFreedom: Double) -> Double {
    // Their method takes shapes of at least 1: one more is drawn and shrunk.
    let shape = degreesOfFreedom / 2 + 1
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let v = (1 + c * x) * (1 + c * x) * (1 + c * x)
      let u = 1 - unitInterval()
      guard v > 0, log(u) < x * x / 2 + d - d * v + d * log(v) else { continue }
      return 2 * d * v * pow(1 - unitInterval(), 2 / degreesOfFreedom)
    }
  }
}
