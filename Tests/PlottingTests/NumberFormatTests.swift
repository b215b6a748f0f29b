import Plotting
import Testing

@Suite struct NumberFormatTests {
  @Test(arguments: [
    (0.0, "0"), (1, "1"), (0.25, "0.25"), (-1.5, "\u{2212}1.5"), (1234, "1234"),
    (12_500, "12\u{2009}500"), (1e7, "107"), (3.14159265, "3.142"), (0.1 + 0.2, "0.3"),
    (.nan, "–"), (.infinity, "∞"), (-.infinity, "\u{2212}∞"), (1e300, "10300"),
  ])
  func plain(value: Double, expected: String) {
    #expect(NumberFormat.plain.text(value).plainText == expected)
  }

  @Test(arguments: [
    (950.0, "950"), (1000, "1k"), (25_000, "25k"), (999_960, "1M"), (25e6, "25M"),
    (2.5e9, "2.5B"), (1.2e12, "1.2T"), (65.536e9, "65.54B"),
  ])
  func counts(value: Double, expected: String) {
    #expect(NumberFormat.si.text(value).plainText == expected)
  }

  @Test func powersHaveRealSuperscriptsAndMinusSigns() {
    #expect(
      NumberFormat.powerOfTen.text(1e-6).runs
        == RichText(runs: [.init("10"), .init("\u{2212}6", script: .superscripted)]).runs)
    #expect(NumberFormat.powerOfTen.text(2.5e7).plainText == "2.5 × 107")
    #expect(NumberFormat.powerOfTen.text(9.99999e5).plainText == "106")
    #expect(NumberFormat.powerOfTen.text(0).plainText == "0")
  }

  @Test func percentAndFactor() {
    #expect(NumberFormat.percent.text(0.9375).plainText == "93.75")
    #expect(NumberFormat.percent.text(0.96875).plainText == "96.875")
    #expect(NumberFormat.factor.text(3.64, decimals: 2).plainText == "3.64×")
    #expect(NumberFormat.percent.text(-0.0125, decimals: 2).plainText == "\u{2212}1.25")
  }
}
