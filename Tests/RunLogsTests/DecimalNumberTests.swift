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

  /// The fast path and the library agree to the last bit.
  @Test func roundsCorrectly() {
    var state: UInt64 = 1
    for _ in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let digits = state >> (state % 60)
      let exponent = Int(state >> 32) % 45 - 22
      let text = "\(digits / 1_000).\(digits % 1_000)e\(exponent)"
      #expect(parse(text) == Double(text), "\(text)")
    }
  }
}
