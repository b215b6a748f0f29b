import Foundation

/// A number as it will be read, before any medium spells it: its digits, not yet their characters.
///
/// Every number of every file but JSON and CSV is one of these, so that no medium has to read what
/// another wrote.
package struct Numeral: Sendable, Equatable {
  package enum Sign: Sendable, Equatable { case none, minus, plus }

  /// What stands behind the digits.
  package enum Unit: Sendable, Equatable {
    case none, times, percent
    /// A prefix of the SI, right behind the digits: `k`, `M`.
    case prefix(String)
    /// A word after a blank: `runs`, `kB`.
    case word(String)
  }

  package var sign = Sign.none
  /// Digits with a decimal point and without separators; nil for infinity.
  package var digits: String?
  /// The power of ten that the digits are multiplied with.
  package var exponent: Int?
  package var unit = Unit.none

  /// `value` to `digits` significant digits; powers of ten outside of 10⁻⁴ to 10⁷.
  package init(_ value: Double, significant digits: Int) {
    guard begins(value) else { return }
    guard value != 0 else {
      self.digits = "0"
      return
    }
    let parts = String(format: "%.\(max(digits, 1) - 1)e", abs(value)).split(separator: "e")
    let power = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
    if power < -4 || power > 6 {
      self.digits = String(parts[0])
      exponent = power
      return
    }
    // Rounds at the significant digit, also left of the point.
    let rounded = Double(parts.joined(separator: "e")) ?? abs(value)
    self.digits = String(format: "%.\(max(0, digits - 1 - power))f", rounded)
  }

  /// `value` with a fixed number of decimals; a number that rounds to 0 has no sign.
  package init(_ value: Double, decimals: Int) {
    guard begins(value) else { return }
    let text = String(format: "%.\(decimals)f", abs(value))
    digits = text
    if !text.utf8.contains(where: { (49...57).contains($0) }) { sign = .none }
  }

  /// Digits as they are.
  package init(digits: String, unit: Unit = .none) {
    self.digits = digits
    self.unit = unit
  }

  /// Takes the sign; false for infinity, which has no digits.
  private mutating func begins(_ value: Double) -> Bool {
    sign = value < 0 ? .minus : .none
    if value.isNaN { digits = "NaN" }
    return value.isFinite
  }

  package var isZero: Bool { digits?.utf8.contains { (49...57).contains($0) } == false }

  func with(_ unit: Unit) -> Numeral {
    var copy = self
    copy.unit = unit
    return copy
  }

  /// Without the zeros that end its decimals.
  var trimmed: Numeral {
    guard var text = digits, text.utf8.contains(46) else { return self }
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    var copy = self
    copy.digits = text
    return copy
  }
}

extension Numeral {
  /// In characters: `2.05×`, `−0.98 %`, `24,000`, `6.769 × 10⁸`, `295k`.
  package var text: String {
    var result = sign == .minus ? "−" : sign == .plus ? "+" : ""
    result += digits.map { Self.grouped($0, separator: ",") } ?? "∞"
    if let exponent {
      result += " × 10" + String(exponent).map { Self.superscripts[$0] ?? "" }.joined()
    }
    switch unit {
    case .none: return result
    case .times: return result + "×"
    case .percent: return result + " %"
    case .prefix(let letter): return result + letter
    case .word(let word): return result + " " + word
    }
  }

  /// For TeX's mathematics mode: `2.05{\times}`, `-0.98\,\%`, `24{,}000`, `6.769 \times 10^{8}`.
  ///
  /// Without blanks that would survive at its ends, and safe in captions.
  package var latex: String {
    var result = sign == .minus ? "-" : sign == .plus ? "+" : ""
    result += digits.map { Self.grouped($0, separator: "{,}") } ?? "\\infty"
    if let exponent { result += " \\times 10^{\(exponent)}" }
    switch unit {
    case .none: break
    // In braces it takes no blanks of an operator.
    case .times: result += "{\\times}"
    case .percent: result += "\\,\\%"
    case .prefix(let letter): result += "\\mathrm{\(letter)}"
    case .word(let word): return "\\ensuremath{\(result)} \(LaTeX.escape(word))"
    }
    return "\\ensuremath{\(result)}"
  }

  private static let superscripts: [Character: String] = [
    "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷",
    "8": "⁸", "9": "⁹",
  ]

  /// Thousands apart from five digits on.
  private static func grouped(_ digits: String, separator: String) -> String {
    let parts = digits.split(separator: ".", maxSplits: 1)
    guard let whole = parts.first, whole.utf8.count > 4 else { return digits }
    var result = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.utf8.count - index) % 3 == 0 { result += separator }
      result.append(digit)
    }
    return parts.count == 2 ? "\(result).\(parts[1])" : result
  }
}
