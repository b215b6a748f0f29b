import Foundation

/// The digits of a number that its interval warrants.
///
/// The last digit shown is the second of the interval's half-width: 0.24513 in 0.2401 to 0.2512
/// is 0.2451. A number never has fewer than two digits, unless the interval reaches over 0, nor
/// more than six.
package struct WarrantedDigits: Sendable {
  /// The power of ten of the last digit; nil where no interval says.
  private let lastPlace: Int?
  private let reachesOverZero: Bool
  private let digits: Int

  /// - Parameter digits: how many significant digits to show where there is no interval.
  package init(interval: ClosedRange<Double>?, otherwise digits: Int = 4) {
    self.digits = digits
    let width = interval.map { ($0.upperBound - $0.lowerBound) / 2 } ?? 0
    lastPlace = width > 0 && width.isFinite ? Self.decade(width) - 1 : nil
    reachesOverZero = interval.map { $0.lowerBound < 0 && $0.upperBound > 0 } ?? false
  }

  package func text(_ value: Double) -> String {
    guard let lastPlace, value.isFinite, value != 0 || reachesOverZero else {
      return NumberText.significant(value, digits)
    }
    if reachesOverZero, (-6...0).contains(lastPlace) {
      return NumberText.fixed(value, -lastPlace)
    }
    return NumberText.significant(value, min(max(Self.decade(value) - lastPlace + 1, 2), 6))
  }

  /// The power of ten of the first digit of a finite number; 0 for 0.
  private static func decade(_ value: Double) -> Int {
    value == 0 ? 0 : Int(log10(abs(value)).rounded(.down))
  }
}
