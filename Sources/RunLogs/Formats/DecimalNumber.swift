/// Decimal numbers as logs write them, independent of locale.
package enum DecimalNumber {
  /// Reads `[+-] digits [. digits] [(e|E) [+-] digits]`, with a digit on at least one side of the
  /// point, correctly rounded; nil for anything else, hexadecimal, NaN and infinity included.
  ///
  /// A number beyond the range of a double reads as infinite, one too small as zero.
  package static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    var at = 0
    let end = bytes.count
    var negative = false
    if at < end, bytes[at] == minus || bytes[at] == plus {
      negative = bytes[at] == minus
      at += 1
    }
    var mantissa: UInt64 = 0
    var digits = 0
    var exponent = 0
    var isExact = true
    func take(_ byte: UInt8) {
      digits += 1
      if mantissa < 100_000_000_000_000_000 {
        mantissa = mantissa * 10 + UInt64(byte - zero)
      } else {
        isExact = false
      }
    }
    while at < end, isDigit(bytes[at]) {
      take(bytes[at])
      at += 1
    }
    if at < end, bytes[at] == point {
      at += 1
      while at < end, isDigit(bytes[at]) {
        take(bytes[at])
        exponent -= 1
        at += 1
      }
    }
    guard digits > 0 else { return nil }
    if at < end, bytes[at] | 0x20 == letterE {
      at += 1
      var exponentIsNegative = false
      if at < end, bytes[at] == minus || bytes[at] == plus {
        exponentIsNegative = bytes[at] == minus
        at += 1
      }
      var written = 0
      let first = at
      while at < end, isDigit(bytes[at]) {
        written = min(written * 10 + Int(bytes[at] - zero), 100_000)
        at += 1
      }
      guard at > first else { return nil }
      exponent += exponentIsNegative ? -written : written
    }
    guard at == end else { return nil }

    // Both factors are exact doubles, so one rounding gives the nearest double (Clinger 1990).
    if isExact, mantissa < 1 << 53, exponent.magnitude <= 22 {
      let power = powersOfTen[Int(exponent.magnitude)]
      let value = exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
      return negative ? -value : value
    }
    return Double(String(decoding: bytes, as: UTF8.self))
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
  private static let minus = UInt8(ascii: "-")
  private static let plus = UInt8(ascii: "+")
  private static let point = UInt8(ascii: ".")
  private static let zero = UInt8(ascii: "0")
  private static let letterE = UInt8(ascii: "e")

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
