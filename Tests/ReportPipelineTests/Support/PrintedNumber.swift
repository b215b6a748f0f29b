import Foundation

/// A number as a report prints it: `−0.98 %`, `1.4 × 10⁻⁸×`, `24,000`, `295k`, `∞`.
struct PrintedNumber {
  var value: Double
  /// Half a unit of the last digit that is printed.
  var halfUnit: Double

  /// Nil for what is no number. Zeros that end a whole number are taken for rounding, but for the
  /// first two digits.
  init?(_ text: some StringProtocol) {
    if text.contains("∞") {
      (value, halfUnit) = (.infinity, 0)
      return
    }
    let pattern = #/^([−+]?)([0-9,]+)(?:\.([0-9]+))?(?: × 10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?([kMBT]?)×?( %)?$/#
    guard let match = String(text).firstMatch(of: pattern) else { return nil }
    let whole = match.2.replacing(",", with: "")
    let decimals = match.3.map(String.init) ?? ""
    let zeros = decimals.isEmpty ? whole.reversed().prefix { $0 == "0" }.count : 0
    let place =
      decimals.isEmpty ? Double(max(0, min(zeros, whole.count - 2))) : -Double(decimals.count)
    var scale = match.6 == nil ? 1 : 0.01
    scale *= ["k": 1e3, "M": 1e6, "B": 1e9, "T": 1e12][String(match.5)] ?? 1
    if let power = match.4 {
      let digits = power.map { digit in
        digit == "⁻" ? "-" : String("⁰¹²³⁴⁵⁶⁷⁸⁹".prefix { $0 != digit }.count)
      }
      scale *= pow(10, Double(digits.joined()) ?? .nan)
    }
    guard let digits = Double("\(whole).\(decimals.isEmpty ? "0" : decimals)") else { return nil }
    value = (match.1 == "−" ? -digits : digits) * scale
    halfUnit = 0.5 * pow(10, place) * scale
  }

  /// Whether it is `exact` to the digits that are printed.
  func isRounded(from exact: Double) -> Bool {
    value == exact || abs(value - exact) <= halfUnit * 1.000001
  }
}
