import Foundation

/// NIST's "miscellaneous class".
extension NISTFormula {
  /// b1 x^b2: DanWood.
  @Sendable static func danielWood(
    _ b: [Double], _ x: [Double], _ slopes: inout [Double]
  ) -> Double {
    let power = pow(x[0], b[1])
    slopes[0] = power
    slopes[1] = b[0] * power * log(x[0])
    return b[0] * power
  }

  /// b1 (1 - (1 + b2 x / 2)^-2): Misra1b.
  @Sendable static func misra1b(
    _ b: [Double], _ x: [Double], _ slopes: inout [Double]
  ) -> Double {
    let base = 1 + b[1] * x[0] / 2
    let power = 1 / (base * base)
    slopes[0] = 1 - power
    slopes[1] = b[0] * x[0] * power / base
    return b[0] * (1 - power)
  }

  /// b1 - b2 x - arctan(b3 / (x - b4)) / π: Roszman1.
  @Sendable static func roszman(
    _ b: [Double], _ x: [Double], _ slopes: inout [Double]
  ) -> Double {
    let distance = x[0] - b[3]
    let squared = distance * distance + b[2] * b[2]
    slopes[0] = 1
    slopes[1] = -x[0]
    slopes[2] = -distance / (squared * Double.pi)
    slopes[3] = -b[2] / (squared * Double.pi)
    return b[0] - b[1] * x[0] - atan(b[2] / distance) / Double.pi
  }

  /// b1, plus a cycle of period 12 with coefficients b2 and b3, one of period b4 with b5 and b6,
  /// and one of period b7 with b8 and b9: ENSO.
  @Sendable static func enso(
    _ b: [Double], _ x: [Double], _ slopes: inout [Double]
  ) -> Double {
    let year = 2 * Double.pi * x[0] / 12
    var value = b[0] + b[1] * cos(year) + b[2] * sin(year)
    slopes[0] = 1
    slopes[1] = cos(year)
    slopes[2] = sin(year)
    for period in [3, 6] {
      let phase = 2 * Double.pi * x[0] / b[period]
      value += b[period + 1] * cos(phase) + b[period + 2] * sin(phase)
      slopes[period] =
        (b[period + 1] * sin(phase) - b[period + 2] * cos(phase)) * phase / b[period]
      slopes[period + 1] = cos(phase)
      slopes[period + 2] = sin(phase)
    }
    return value
  }

  /// b1 (b2 + x)^(-1/b3): Bennett5.
  @Sendable static func bennett(
    _ b: [Double], _ x: [Double], _ slopes: inout [Double]
  ) -> Double {
    let base = b[1] + x[0]
    let power = pow(base, -1 / b[2])
    slopes[0] = power
    slopes[1] = -b[0] * power / (b[2] * base)
    slopes[2] = b[0] * power * log(base) / (b[2] * b[2])
    return b[0] * power
  }
}
