import RunLogs
import Testing

@Suite struct DecimalNumberTests {
  func parse(_ text: String) -> Double? {
    Array(text.utf8).withUnsafeBufferPointer(DecimalNumber.parse)
  }

  @Test func readsDecimalNumbersAlone() {
    for (text, value) in [
      ("0", 0), ("-0.5", -0.5), ("+7", 7), ("1e3", 1000), ("1.E-2", 0.01), (".5", 0.5),
      ("1e-400", 0), ("123456789012345678901234567890", 123_456_789_012_345_677_877_719_597_056),
    ] {
      #expect(parse(text) == value)
    }
    #expect(parse("1e400") == .infinity)
    #expect(parse("-1e99999999999999999999") == -.infinity)
    for text in [
      "", "-", ".", "e5", "1e", "1e+", "0x10", "1_0", "nan", "inf", "1,5", "1 ", "--1", "1.2.3",
      "१",
    ] {
      #expect(parse(text) == nil, "\(text)")
    }
  }

  /// The fast paths and the library agree to the last bit.
  @Test func roundsCorrectly() {
    var state: UInt64 = 1
    for _ in 0..<60_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let digits = state >> (state % 60)
      let exponent = Int(state >> 32) % 65 - 32
      for text in ["\(digits / 1_000).\(digits % 1_000)e\(exponent)", "\(digits)e\(exponent)"] {
        #expect(parse(text) == Double(text), "\(text)")
      }
      let number = Double(bitPattern: state)
      guard number.isFinite else { continue }
      #expect(parse("\(number)") == number)
    }
  }

  /// Decimals at and beside the middle between two doubles go to the even one, or to their side.
  @Test func roundsHalvesToEven() {
    for power in 53...62 {
      let gap = UInt64(1) << UInt64(power - 52)
      for step: UInt64 in [0, 1, 2, 3] {
        let middle = UInt64(1) << UInt64(power) + step * gap + gap / 2
        for digits in [middle - 1, middle, middle + 1] {
          for text in ["\(digits)", "\(digits)e0", "-\(digits).0", "\(digits)0e-1", "\(digits)e-3"]
          {
            #expect(parse(text) == Double(text), "\(text)")
          }
        }
      }
    }
    for text in [
      "9007199254740993", "9007199254740993e22", "9007199254740993e27", "1e23", "1e27", "1e-27",
      "9999999999999999999", "9999999999999999999e-27", "0000000000000000000001", "0e99", "-0",
      "0.000000000000000000000000001", "18446744073709551615", "18446744073709551616",
    ] {
      #expect(parse(text) == Double(text), "\(text)")
    }
  }
}
