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
    var exponent = 0
    let first = at
    readDigits(bytes, &at, into: &mantissa)
    var digits = at - first
    if at < end, bytes[at] == point {
      at += 1
      let fraction = at
      readDigits(bytes, &at, into: &mantissa)
      exponent = fraction - at
      digits += at - fraction
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
      let start = at
      while at < end, isDigit(bytes[at]) {
        written = min(written * 10 + Int(bytes[at] - zero), 100_000)
        at += 1
      }
      guard at > start else { return nil }
      exponent += exponentIsNegative ? -written : written
    }
    guard at == end else { return nil }

    if exponent == 0, digits <= 15 { return negative ? -Double(mantissa) : Double(mantissa) }
    // 19 digits fit into 64 bits; of more, leading zeros too, the library takes care.
    guard digits <= 19, exponent.magnitude <= 27 else {
      return Double(String(decoding: bytes, as: UTF8.self))
    }
    let value = rounded(mantissa, exponent)
    return negative ? -value : value
  }

  /// Passes digits and adds them to a number; one of more than 19 digits comes out as any number.
  @inline(__always)
  private static func readDigits(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int, into number: inout UInt64
  ) {
    while at + 8 <= bytes.count {
      let word = UInt64(
        littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(
          fromByteOffset: at, as: UInt64.self))
      // 0x30 to 0x39: the high half is 3, and still is when 6 is added to the low one.
      let halves: UInt64 = 0xF0F0_F0F0_F0F0_F0F0
      let threes: UInt64 = 0x3030_3030_3030_3030
      guard word & halves == threes, (word &+ 0x0606_0606_0606_0606) & halves == threes else {
        break
      }
      // Neighbours are put together: to numbers of two digits, of four, of eight.
      let twos = ((word & 0x0F0F_0F0F_0F0F_0F0F) &* 2_561) >> 8 & 0x00FF_00FF_00FF_00FF
      let fours = (twos &* 6_553_601) >> 16 & 0x0000_FFFF_0000_FFFF
      number = number &* 100_000_000 &+ (fours &* 42_949_672_960_001) >> 32
      at += 8
    }
    while at < bytes.count, isDigit(bytes[at]) {
      number = number &* 10 &+ UInt64(bytes[at] &- zero)
      at += 1
    }
  }

  /// The double nearest to mantissa x 10^exponent, for |exponent| up to 27.
  private static func rounded(_ mantissa: UInt64, _ exponent: Int) -> Double {
    // Both factors are exact doubles, so one rounding gives the nearest double (Clinger 1990).
    if mantissa < 1 << 53, exponent.magnitude <= 22 {
      let ten = powersOfTen[Int(exponent.magnitude)]
      return exponent < 0 ? Double(mantissa) / ten : Double(mantissa) * ten
    }
    guard mantissa > 0 else { return 0 }
    let power = powersOfFive[Int(exponent.magnitude)]
    // Else the product or quotient with 5^|exponent| is worked out to 63 bits or more, of which
    // the last is set if any bit below it is: rounding that to 53 bits rounds the exact value.
    let bits: UInt64
    let shift: Int
    if exponent < 0 {
      let (high, low) = (mantissa.leadingZeroBitCount, power.leadingZeroBitCount)
      let numerator = mantissa << UInt64(high)
      let (quotient, rest) = (power << UInt64(low)).dividingFullWidth(
        (numerator >> 1, numerator << 63))
      bits = quotient | (rest == 0 ? 0 : 1)
      shift = low - high - 63
    } else {
      let (high, low) = mantissa.multipliedFullWidth(by: power)
      let zeros = high.leadingZeroBitCount
      if zeros == 64 {
        bits = low
        shift = 0
      } else {
        let rest = low << UInt64(zeros)
        let above = zeros == 0 ? 0 : low >> UInt64(64 - zeros)
        bits = high << UInt64(zeros) | above | (rest == 0 ? 0 : 1)
        shift = 64 - zeros
      }
    }
    return Double(sign: .plus, exponent: shift + exponent, significand: Double(bits))
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
  /// 5^0 to 5^27, all that 64 bits hold.
  private static let powersOfFive: [UInt64] = (0...27).map { exponent in
    (0..<exponent).reduce(1) { power, _ in power * 5 }
  }
  private static let minus = UInt8(ascii: "-")
  private static let plus = UInt8(ascii: "+")
  private static let point = UInt8(ascii: ".")
  private static let zero = UInt8(ascii: "0")
  private static let letterE = UInt8(ascii: "e")

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
