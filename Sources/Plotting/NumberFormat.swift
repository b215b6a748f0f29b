/// How the numbers of an axis or a label are written.
public enum NumberFormat: Hashable, Sendable {
  /// `0.25`, `12 500`; powers of ten where an axis spans many decades.
  case plain
  /// `250`, `25k`, `25M`, `2.5B`: counts of parameters and data.
  case si
  /// `10³` with a real superscript.
  case powerOfTen
  /// A share of one in per cent, without the sign: `87.5`.
  case percent
  /// A factor: `2×`.
  case factor
}

extension NumberFormat {
  /// The number with the given decimals, as text without markup.
  ///
  /// - Parameter decimals: Digits after the point, of the number as it is written; nothing for as
  ///   many as it needs within four significant digits.
  public func text(_ value: Double, decimals: Int? = nil) -> RichText {
    switch self {
    case .plain: RichText(plain: NumberFormat.plainString(value, decimals: decimals))
    case .si: RichText(plain: NumberFormat.siString(value, decimals: decimals))
    case .percent:
      // Sparsities are named by all their digits: 96.875.
      RichText(
        plain: NumberFormat.plainString(
          value * 100,
          decimals: decimals ?? NumberFormat.neededDecimals(of: value * 100, significant: 6)))
    case .factor: RichText(plain: NumberFormat.plainString(value, decimals: decimals) + "×")
    case .powerOfTen: NumberFormat.powerText(value)
    }
  }

  /// The factor by which this format multiplies a value before writing it.
  func unit(for value: Double) -> Double {
    switch self {
    case .percent: 0.01
    case .si: NumberFormat.prefix(for: value).unit
    default: 1
    }
  }

  /// A decimal string with a proper minus sign and thin spaces between thousands.
  static func plainString(_ value: Double, decimals: Int?) -> String {
    guard value.isFinite else { return value.isNaN ? "–" : (value > 0 ? "∞" : "\u{2212}∞") }
    if value != 0, decimals == nil, value.magnitude >= 1e7 || value.magnitude < 1e-4 {
      return powerText(value).plainText
    }
    let digits = decimals ?? neededDecimals(of: value)
    guard let scaled = wholeNumber(value.magnitude * tenToThe(digits)) else {
      return powerText(value).plainText
    }
    var body = String(scaled)
    if digits > 0 {
      if body.count <= digits {
        body = String(repeating: "0", count: digits + 1 - body.count) + body
      }
      let point = body.index(body.endIndex, offsetBy: -digits)
      body = grouped(body[..<point]) + "." + body[point...]
    } else {
      body = grouped(body[...])
    }
    return value < 0 && scaled != 0 ? "\u{2212}" + body : body
  }

  /// A number with a multiplier letter: k, M, B (10⁹), T, as the field writes counts.
  static func siString(_ value: Double, decimals: Int?) -> String {
    guard value.isFinite else { return plainString(value, decimals: nil) }
    let (unit, letter) = prefix(for: value)
    if letter.isEmpty, value.magnitude >= 1e15 || (value != 0 && value.magnitude < 1e-4) {
      return powerText(value).plainText
    }
    return plainString(value / unit, decimals: decimals) + letter
  }

  /// `10^n`, or `m × 10^n` where the mantissa is not 1.
  static func powerText(_ value: Double) -> RichText {
    guard value.isFinite, value != 0 else {
      return RichText(plain: value == 0 ? "0" : plainString(value, decimals: 0))
    }
    let sign = value < 0 ? "\u{2212}" : ""
    var exponent = wholeNumber(decimalLogarithm(value.magnitude).rounded(.down)) ?? 0
    var mantissa = value.magnitude / tenToThe(exponent)
    if mantissa >= 9.9995 { (mantissa, exponent) = (1, exponent + 1) }
    let written = (exponent < 0 ? "\u{2212}" : "") + String(exponent.magnitude)
    if abs(mantissa - 1) < 5e-4 { return "\(sign)10^{\(written)}" }
    let digits = plainString(mantissa, decimals: min(neededDecimals(of: mantissa), 2))
    return "\(sign)\(digits) × 10^{\(written)}"
  }

  private static func prefix(for value: Double) -> (unit: Double, letter: String) {
    // 999.95 and above would round up to 1000 of the smaller unit.
    switch value.magnitude * 1.00005 {
    case 1e3..<1e6: (1e3, "k")
    case 1e6..<1e9: (1e6, "M")
    case 1e9..<1e12: (1e9, "B")
    case 1e12..<1e15: (1e12, "T")
    default: (1, "")
    }
  }

  /// Decimals that write the value to so many significant digits without trailing zeros.
  static func neededDecimals(of value: Double, significant: Int = 4) -> Int {
    guard value.isFinite, value != 0 else { return 0 }
    let magnitude = wholeNumber(decimalLogarithm(value.magnitude).rounded(.down)) ?? 0
    let most = min(max(significant - 1 - magnitude, 0), 9)
    for digits in 0..<most {
      let scaled = value.magnitude * tenToThe(digits)
      let tolerance = 0.5 * tenToThe(digits - most)
      if abs(scaled - scaled.rounded()) <= tolerance { return digits }
    }
    return most
  }

  /// Thin spaces between thousands from five digits on.
  private static func grouped(_ digits: Substring) -> String {
    guard digits.count > 4 else { return String(digits) }
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { result.append("\u{2009}") }
      result.append(digit)
    }
    return result
  }
}
