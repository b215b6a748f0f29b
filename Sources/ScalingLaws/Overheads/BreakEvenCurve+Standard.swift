import Foundation

extension BreakEvenCurve {
  /// Multiples of Chinchilla compute from 1/8 to 4,096, four for each doubling.
  static var standardMultiples: [Double] {
    (-12...48).map { exp2(Double($0) / 4) }
  }
}
