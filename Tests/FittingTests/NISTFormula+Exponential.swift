import Foundation

/// NIST's "exponential class".
extension NISTFormula {
  /// b1 (1 - exp(-b2 x)): Misra1a, BoxBOD.
  @Sendable static func saturatingExponential(
    _ b: [Double], _ x: [Double], _ slopes: inout [Double]
  ) -> Double {
    let decay = exp(-b[1] * x[0])
    slopes[0] = 1 - decay
    slopes[1] = b[0] * x[0] * decay
    return b[0] * (1 - decay)
  }

  /// exp(-b1 x) / (b2 + b3 x): Chwirut2.
  @Sendable static func chwirut(
    _ b: [Double], _ x: [Double], _ slopes: inout [Double]
  ) -> Double {
    let denominator = b[1] + b[2] * x[0]
    let value = exp(-b[0] * x[0]) / denominator
    slopes[0] = -x[0] * value
    slopes[1] = -value / denominator
    slopes[2] = -x[0] * value / denominator
    return value
  }

  /// b1 exp(-b2 x) + b3 exp(-b4 x) + b5 exp(-b6 x): Lanczos3.
  @Sendable static func lanczos(
    _ b: [Double], _ x: [Double], _ slopes: inout [Double]
  ) -> Double {
    var value = 0.0
    for term in [0, 2, 4] {
      let decay = exp(-b[term + 1] * x[0])
      value += b[term] * decay
      slopes[term] = decay
      slopes[term + 1] = -b[term] * x[0] * decay
    }
    return value
  }

  /// b1 exp(-b2 x) + b3 exp(-(x - b4)²/b5²) + b6 exp(-(x - b7)²/b8²): Gauss1.
  @Sendable static func gauss(
    _ b: [Double], _ x: [Double], _ slopes: inout [Double]
  ) -> Double {
    let decay = exp(-b[1] * x[0])
    var value = b[0] * decay
    slopes[0] = decay
    slopes[1] = -b[0] * x[0] * decay
    for peak in [2, 5] {
      let width = b[peak + 2]
      let distance = (x[0] - b[peak + 1]) / width
      let bell = exp(-distance * distance)
      value += b[peak] * bell
      slopes[peak] = bell
      slopes[peak + 1] = b[peak] * bell * 2 * distance / width
      slopes[peak + 2] = b[peak] * bell * 2 * distance * distance / width
    }
    return value
  }

  /// b1 - b2 x1 exp(-b3 x2), of the logarithm of the response: Nelson.
  @Sendable static func nelson(
    _ b: [Double], _ x: [Double], _ slopes: inout [Double]
  ) -> Double {
    let growth = exp(-b[2] * x[1])
    slopes[0] = 1
    slopes[1] = -x[0] * growth
    slopes[2] = b[1] * x[0] * x[1] * growth
    return b[0] - b[1] * x[0] * growth
  }

  /// b1 + b2 exp(-b4 x) + b3 exp(-b5 x): MGH17.
  @Sendable static func mgh17(
    _ b: [Double], _ x: [Double], _ slopes: inout [Double]
  ) -> Double {
    let first = exp(-x[0] * b[3])
    let second = exp(-x[0] * b[4])
    slopes[0] = 1
    slopes[1] = first
    slopes[2] = second
    slopes[3] = -b[1] * x[0] * first
    slopes[4] = -b[2] * x[0] * second
    return b[0] + b[1] * first + b[2] * second
  }

  /// b1 / (1 + exp(b2 - b3 x)): Rat42.
  @Sendable static func ratkowsky2(
    _ b: [Double], _ x: [Double], _ slopes: inout [Double]
  ) -> Double {
    let exponential = exp(b[1] - b[2] * x[0])
    let share = 1 / (1 + exponential)
    slopes[0] = share
    slopes[1] = -b[0] * share * share * exponential
    slopes[2] = b[0] * share * share * exponential * x[0]
    return b[0] * share
  }

  /// b1 / (1 + exp(b2 - b3 x))^(1/b4): Rat43.
  @Sendable static func ratkowsky3(
    _ b: [Double], _ x: [Double], _ slopes: inout [Double]
  ) -> Double {
    let exponential = exp(b[1] - b[2] * x[0])
    let share = pow(1 + exponential, -1 / b[3])
    let slope = -b[0] * share * exponential / (b[3] * (1 + exponential))
    slopes[0] = share
    slopes[1] = slope
    slopes[2] = -slope * x[0]
    slopes[3] = b[0] * share * log(1 + exponential) / (b[3] * b[3])
    return b[0] * share
  }

  /// b1 exp(b2 / (x + b3)): MGH10.
  @Sendable static func mgh10(
    _ b: [Double], _ x: [Double], _ slopes: inout [Double]
  ) -> Double {
    let distance = x[0] + b[2]
    let exponential = exp(b[1] / distance)
    slopes[0] = exponential
    slopes[1] = b[0] * exponential / distance
    slopes[2] = -b[0] * exponential * b[1] / (distance * distance)
    return b[0] * exponential
  }

  /// (b1 / b2) exp(-((x - b3) / b2)² / 2): Eckerle4.
  @Sendable static func eckerle(
    _ b: [Double], _ x: [Double], _ slopes: inout [Double]
  ) -> Double {
    let distance = (x[0] - b[2]) / b[1]
    let bell = exp(-distance * distance / 2) / b[1]
    slopes[0] = bell
    slopes[1] = b[0] * bell * (distance * distance - 1) / b[1]
    slopes[2] = b[0] * bell * distance / b[1]
    return b[0] * bell
  }
}
