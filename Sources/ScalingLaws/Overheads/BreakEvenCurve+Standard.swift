import Foundation

extension BreakEvenCurve {
  /// Multiples of Chinchilla compute from 0.1 to 10,000, twelve a decade.
  static var standardMultiples: [Double] {
    (-12...48).map { pow(10, Double($0) / 12) }
  }
}
