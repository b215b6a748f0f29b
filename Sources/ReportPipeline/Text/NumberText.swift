import Foundation
import RunLogs

/// Numbers as prose and tables show them: rounded to what matters, with thousands separators,
/// real minus signs and powers of ten.
public enum NumberText {
  /// `value` to `digits` significant digits: `45.02`, `24,000`, `6.769 × 10⁸`.
  public static func significant(_ value: Double, _ digits: Int = 4) -> String {
    guard value.isFinite else { return value.isNaN ? "not a number" : value < 0 ? "−∞" : "∞" }
    guard value != 0 else { return "0" }
    let scientific = String(format: "%.\(max(digits, 1) - 1)e", abs(value))
    let parts = scientific.split(separator: "e")
    let exponent = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
    let sign = value < 0 ? "−" : ""
    if exponent < -4 || exponent > 6 {
      return "\(sign)\(parts[0]) × 10\(superscript(exponent))"
    }
    let decimals = max(0, digits - 1 - exponent)
    // Rounds at the significant digit, also left of the point.
    let rounded = Double(scientific) ?? abs(value)
    return sign + grouped(String(format: "%.\(decimals)f", rounded))
  }

  /// `value` with a fixed number of decimals.
  public static func fixed(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite else { return significant(value) }
    let text = String(format: "%.\(decimals)f", abs(value))
    let isZero = !text.contains { ("1"..."9").contains($0) }
    return (value < 0 && !isZero ? "−" : "") + grouped(text)
  }

  /// A fraction as a percentage: `1.87 %`.
  public static func percent(_ fraction: Double, _ decimals: Int = 2) -> String {
    "\(fixed(fraction * 100, decimals)) %"
  }

  /// A signed fraction as a percentage: `+1.87 %`, `−0.98 %`.
  public static func signedPercent(_ fraction: Double, _ decimals: Int = 2) -> String {
    let text = percent(fraction, decimals)
    let isZero = !text.contains { ("1"..."9").contains($0) }
    return fraction > 0 && !isZero ? "+" + text : text
  }

  /// A sparsity as a percentage without superfluous digits: `50 %`, `87.5 %`.
  ///
  /// Counted sparsities miss the pattern's by a rounding of weights: within 0.05 points of a
  /// quarter percent, that is shown.
  public static func sparsity(_ sparsity: Double) -> String {
    let quarters = (sparsity * 400).rounded()
    let isNominal = abs(sparsity * 100 - quarters / 4) < 0.05
    var text = String(format: "%.2f", isNominal ? quarters / 4 : sparsity * 100)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text + " %"
  }

  /// A count with thousands separators.
  public static func count(_ value: Int) -> String { grouped(String(value)) }

  /// A setting as it was typed: all its digits and no more.
  public static func setting(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(format: "%.0f", value) : "\(value)"
  }

  /// A size in the units of the field: `9.2k`, `295k`, `604M`, `1.5B`.
  public static func size(_ value: Double) -> String {
    guard value == 0 || (0.1..<1e15).contains(value) else { return significant(value, 3) }
    let units: [(Double, String)] = [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")]
    for (unit, name) in units where value >= unit * 0.9995 {
      let scaled = value / unit
      return (scaled < 9.995 ? trimmed(scaled, 2) : trimmed(scaled, scaled < 99.95 ? 1 : 0)) + name
    }
    return trimmed(value, 1)
  }

  /// An amount of memory in decimal units: `590 kB`, `1.21 GB`.
  public static func bytes(_ value: Double) -> String {
    let units: [(Double, String)] = [(1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")]
    for (unit, name) in units where value >= unit * 0.9995 {
      return "\(significant(value / unit, 3)) \(name)"
    }
    return "\(significant(value, 3)) bytes"
  }

  /// A multiple: `2.05×`, `160×`, `7,050×`.
  public static func multiple(_ value: Double) -> String { significant(value, 3) + "×" }

  /// `low to high`, both to the digits that tell them apart.
  public static func interval(_ range: ClosedRange<Double>, _ digits: Int = 3) -> String {
    "\(significant(range.lowerBound, digits)) to \(significant(range.upperBound, digits))"
  }

  private static func trimmed(_ value: Double, _ decimals: Int) -> String {
    var text = String(format: "%.\(decimals)f", value)
    if text.contains(".") {
      while text.hasSuffix("0") { text.removeLast() }
      if text.hasSuffix(".") { text.removeLast() }
    }
    return text
  }

  private static func grouped(_ digits: String) -> String {
    let parts = digits.split(separator: ".", maxSplits: 1)
    guard let whole = parts.first, whole.count > 4 else { return digits }
    let result = thousands(of: whole)
    return parts.count == 2 ? "\(result).\(parts[1])" : result
  }

  private static func superscript(_ exponent: Int) -> String {
    let digits: [Character: Character] = [
      "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷",
      "8": "⁸", "9": "⁹",
    ]
    return String(String(exponent).compactMap { digits[$0] })
  }
}
