import ReportPipeline
import Testing

@Suite("Numbers as people read them, by style and medium")
struct StyleTests {
  @Test(arguments: [
    (45.018447, "45.02"), (0.72161276, "0.7216"), (-0.98, "−0.9800"), (0, "0"),
    (24_000, "24,000"), (1234, "1234"), (123_456, "123,500"), (9.99951, "10.00"),
    (9.99949, "9.999"), (999_950, "1,000,000"), (6.8999126e8, "6.900 × 10⁸"),
    (1e-5, "1.000 × 10⁻⁵"), (-2.5e-17, "−2.500 × 10⁻¹⁷"), (0.00012344, "0.0001234"),
    (1e300, "1.000 × 10³⁰⁰"), (.leastNonzeroMagnitude, "4.941 × 10⁻³²⁴"),
    (.infinity, "∞"), (-.infinity, "−∞"),
  ])
  func fourSignificantDigits(value: Double, text: String) {
    #expect(Style.significant(4).text(value) == text)
  }

  @Test(arguments: [
    (Style.significant(4), 45.018447, #"45.02"#), (.signedPercent(2), -0.0098, #"-0.98\,\%"#),
    (.significant(4), 24_000, #"24{,}000"#), (.significant(4), 6.769e8, #"6.769 \times 10^{8}"#),
    (.significant(2), 6.1e9, #"6.1 \times 10^{9}"#), (.multiple, 2.05, #"2.05{\times}"#),
    (.multiple, 6.1e9, #"6.10 \times 10^{9}{\times}"#), (.multiple, .infinity, #"\infty{\times}"#),
    (.significant(4), 1e-5, #"1.000 \times 10^{-5}"#), (.size, 294_840, #"295\mathrm{k}"#),
  ])
  func numbersInTeXComeFromTheirValues(style: Style, value: Double, latex: String) {
    #expect(style.written(value).value.latex == "\\ensuremath{\(latex)}")
  }

  @Test(arguments: [1, 2, 3, 7])
  func roundingUpAddsNoDigit(digits: Int) {
    let text = Style.significant(digits).text(9.999_999_99)
    #expect(text.filter(\.isNumber).count == max(digits, 2))
  }

  @Test func fixedDecimalsNeverShowANegativeZero() {
    #expect(Style.fixed(4).text(-0.00004) == "0.0000")
    #expect(Style.fixed(4).text(-0.00006) == "−0.0001")
    #expect(Style.fixed(2).text(1_234_567.891) == "1,234,567.89")
    #expect(Style.fixed(0).text(1e300).hasPrefix("1,000,000"))
  }

  @Test func percentagesOfWhatIsNotZeroAreNotZero() {
    #expect(Style.percent(2).text(0.018712) == "1.87 %")
    #expect(Style.percent(1).text(0.5) == "50.0 %")
    #expect(Style.percent(2).text(0) == "0.00 %")
    #expect(Style.percent(1).text(0.0004) == "0.040 %")
    #expect(Style.percent(2).text(1e-9) == "1.0 × 10⁻⁷ %")
    #expect(Style.setPercent.text(0.0004) == "0.04 %")
    #expect(Style.setPercent.text(0.0007) == "0.07 %")
    #expect(Style.setPercent.text(0.001) == "0.1 %")
    #expect(Style.signedPercent(2).text(0.018712) == "+1.87 %")
    #expect(Style.signedPercent(2).text(-0.0098) == "−0.98 %")
    #expect(Style.signedPercent(2).text(0.00001) == "0.00 %")
    #expect(Style.signedPercent(1).text(-0.0001) == "0.0 %")
  }

  @Test(arguments: [
    (0, "0 %"), (0.5, "50 %"), (0.875, "87.5 %"), (0.9375, "93.75 %"), (0.8753, "87.5 %"),
    (0.4996, "50 %"), (0.984375, "98.4375 %"),
  ])
  func sparsities(value: Double, text: String) {
    #expect(Style.sparsity.text(value) == text)
  }

  @Test(arguments: [
    (9_216, "9.22k"), (294_912, "295k"), (603_979_776, "604M"), (999_999, "1M"), (1.5e9, "1.5B"),
    (73_728, "73.7k"), (1, "1"), (999.4, "999.4"), (2e12, "2T"), (99_960, "100k"),
  ])
  func sizes(value: Double, text: String) {
    #expect(Style.size.text(value) == text)
  }

  @Test func countsMultiplesSettingsAndLosses() {
    #expect(Style.count("run").text(1) == "1 run")
    #expect(Style.count("run").text(12_000) == "12,000 runs")
    #expect(Style.count("").text(3) == "3")
    #expect(Style.multiple.text(2.05051) == "2.05×")
    #expect(Style.multiple.text(7046.87) == "7050×")
    #expect(Style.setMultiple.text(4) == "4×")
    #expect(Style.setting.text(0.001) == "0.001")
    #expect(Style.setting.text(1e-6) == "1 × 10⁻⁶")
    #expect(Style.setting.text(2.5e20) == "2.5 × 10²⁰")
    #expect(Style.setting.text(169_869_312) == "169,869,312")
    #expect(Style.loss.text(1.915701) == "1.9157")
    #expect(Style.loss.text(0.00123456) == "0.0012346")
    #expect(Style.bytes.text(589_824) == "590 kB")
  }

  /// Estimate and ends share digits, and the estimate stays inside.
  @Test(arguments: [
    (Style.significant(4), 0.24513, 0.2401...0.2512, "0.2451", "0.2401", "0.2512"),
    (.significant(4), 16.787, 5.1...48.2, "17", "5.1", "48"),
    (.significant(4), 6.8999e8, 6.1e8...7.7e8, "6.90 × 10⁸", "6.10 × 10⁸", "7.70 × 10⁸"),
    (.significant(4), 0.0123, -0.13...0.15, "0.01", "−0.13", "0.15"),
    (.significant(4), 1.599, 1.599...1.6012, "1.5990", "1.5990", "1.6012"),
    (.multiple, 90.3, 37.3...901, "90×", "37×", "900×"),
    (.multiple, 0.99996, 0.978...1.0224, "1.000×", "0.978×", "1.022×"),
    (.percent(2), 0.00781, 0.0071...0.0103, "0.78 %", "0.71 %", "1.03 %"),
    (.loss, 1.7304, 1.69902...1.77219, "1.7304", "1.6990", "1.7722"),
  ])
  func anIntervalSaysHowManyDigits(
    style: Style, value: Double, interval: ClosedRange<Double>, text: String, low: String,
    high: String
  ) {
    let written = style.written(value, interval)
    #expect(written.value.text == text)
    #expect(written.ends?.low.text == low)
    #expect(written.ends?.high.text == high)
  }

  /// No estimate is printed outside of an interval that holds it, in any style.
  @Test(arguments: [
    Style.significant(4), .significant(2), .multiple, .percent(2), .signedPercent(1), .fixed(2),
    .loss,
  ])
  func whatIsInsideIsPrintedInside(style: Style) {
    var state: UInt64 = 7
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 9_007_199_254_740_992
    }
    func number(_ numeral: Numeral) -> Double {
      let digits = Double(numeral.digits ?? "") ?? .infinity
      var value = digits
      for _ in 0..<abs(numeral.exponent ?? 0) {
        value = (numeral.exponent ?? 0) > 0 ? value * 10 : value / 10
      }
      return numeral.sign == .minus ? -value : value
    }
    for _ in 0..<4000 {
      var size = 1.0
      for _ in 0..<Int(uniform() * 6) { size *= 10 }
      let low = (uniform() - 0.3) * size
      let high = low + uniform() * size * uniform() * uniform()
      let value = low + (high - low) * uniform()
      let written = style.written(value, low...high)
      let ends = (written.ends?.low).flatMap { low in written.ends.map { (low, $0.high) } }
      guard let ends else { continue }
      let slack = 1e-12 * abs(number(written.value))
      #expect(number(ends.0) <= number(written.value) + slack, "\(value) in \(low)...\(high)")
      #expect(number(written.value) <= number(ends.1) + slack, "\(value) in \(low)...\(high)")
    }
  }

  @Test(arguments: [nil, 2.0...2, 1...(.infinity), 0...0] as [ClosedRange<Double>?])
  func withoutAWidthTheStylesDigitsStand(interval: ClosedRange<Double>?) {
    #expect(Style.significant(3).written(2.3456, interval).value.text == "2.35")
  }

  @Test(arguments: [0, .infinity, -.infinity, .nan, 1e308, .leastNonzeroMagnitude, -1e-300])
  func anyNumberHasAText(value: Double) {
    for style: Style in [
      .significant(4), .fixed(2), .percent(1), .setPercent, .multiple, .setMultiple, .setting,
      .loss,
      .sparsity, .size, .bytes, .count("run"),
    ] {
      for interval: ClosedRange<Double>? in [nil, -1e300...1e300, 0...(.infinity)] {
        let written = style.written(value, interval)
        #expect(!written.value.text.isEmpty)
        #expect(written.value.latex.utf8.allSatisfy { $0 < 128 })
      }
    }
  }

  @Test func listsAndCounts() {
    #expect(Words.list([]) == "none")
    #expect(Words.list(["a"]) == "a")
    #expect(Words.list(["a", "b", "c"]) == "a, b and c")
    #expect(Words.list((1...30).map { "\($0)" }) == "1 to 30 (30 values)")
  }
}
