import ReportPipeline
import Testing

@Suite("Numbers in prose and tables")
struct NumberTextTests {
  @Test(arguments: [
    (45.018447, "45.02"), (0.72161276, "0.7216"), (-0.98, "−0.9800"), (0, "0"),
    (24_000, "24,000"), (1234, "1234"), (123_456, "123,500"), (9.99951, "10.00"),
    (9.99949, "9.999"), (999_950, "1,000,000"), (6.8999126e8, "6.900 × 10⁸"),
    (1e-5, "1.000 × 10⁻⁵"), (-2.5e-17, "−2.500 × 10⁻¹⁷"), (0.00012344, "0.0001234"),
    (1e300, "1.000 × 10³⁰⁰"), (.leastNonzeroMagnitude, "4.941 × 10⁻³²⁴"),
  ])
  func fourSignificantDigits(value: Double, text: String) {
    #expect(NumberText.significant(value) == text)
  }

  @Test func whatIsNotFiniteHasAName() {
    #expect(NumberText.significant(.infinity) == "∞")
    #expect(NumberText.significant(-.infinity) == "−∞")
    #expect(NumberText.significant(.nan) == "not a number")
    #expect(NumberText.fixed(.infinity, 2) == "∞")
    #expect(NumberText.percent(-.infinity) == "−∞ %")
  }

  @Test(arguments: [1, 2, 3, 7])
  func roundingUpAddsNoDigit(digits: Int) {
    #expect(NumberText.significant(9.999_999_99, digits).filter(\.isNumber).count == max(digits, 2))
  }

  @Test func fixedDecimalsNeverShowANegativeZero() {
    #expect(NumberText.fixed(-0.00004, 4) == "0.0000")
    #expect(NumberText.fixed(-0.00006, 4) == "−0.0001")
    #expect(NumberText.fixed(1_234_567.891, 2) == "1,234,567.89")
    #expect(NumberText.fixed(1e300, 0).hasPrefix("1,000,000"))
  }

  @Test func percentages() {
    #expect(NumberText.percent(0.018712) == "1.87 %")
    #expect(NumberText.percent(0.5, 1) == "50.0 %")
    #expect(NumberText.signedPercent(0.018712) == "+1.87 %")
    #expect(NumberText.signedPercent(-0.0098) == "−0.98 %")
    #expect(NumberText.signedPercent(0.00001) == "0.00 %")
    #expect(NumberText.signedPercent(0.0001, 1) == "0.0 %")
    #expect(NumberText.signedPercent(-0.0001, 1) == "0.0 %")
  }

  @Test(arguments: [
    (0, "0 %"), (0.5, "50 %"), (0.875, "87.5 %"), (0.9375, "93.75 %"), (0.8753, "87.5 %"),
    (0.4996, "50 %"), (0.4537, "45.37 %"),
  ])
  func sparsities(value: Double, text: String) {
    #expect(NumberText.sparsity(value) == text)
  }

  @Test(arguments: [
    (9_216, "9.22k"), (294_912, "295k"), (603_979_776, "604M"), (999_999, "1M"), (1.5e9, "1.5B"),
    (73_728, "73.7k"), (1, "1"), (999.4, "999.4"), (2e12, "2T"), (99_960, "100k"),
  ])
  func sizes(value: Double, text: String) {
    #expect(NumberText.size(value) == text)
  }

  @Test func hostileSizesAreTextToo() {
    for value in [Double.nan, .infinity, -.infinity, -1, 1e300, .leastNonzeroMagnitude] {
      #expect(!NumberText.size(value).isEmpty)
      #expect(!NumberText.setting(value).isEmpty)
      #expect(!NumberText.sparsity(value).isEmpty)
    }
  }

  @Test func multiplesAndIntervals() {
    #expect(NumberText.multiple(2.05051) == "2.05×")
    #expect(NumberText.multiple(7046.87) == "7050×")
    #expect(NumberText.interval(1.2345...20.5) == "1.23 to 20.5")
  }

  @Test func settingsKeepTheirDigits() {
    #expect(NumberText.setting(0.001) == "0.001")
    #expect(NumberText.setting(169_869_312) == "169869312")
  }

  @Test func listsAndCounts() {
    #expect(Words.list([]) == "none")
    #expect(Words.list(["a"]) == "a")
    #expect(Words.list(["a", "b", "c"]) == "a, b and c")
    #expect(Words.list((1...30).map { "\($0)" }) == "1 to 30 (30 values)")
    #expect(Words.count(1, "run") == "1 run")
    #expect(Words.count(12_000, "run") == "12,000 runs")
  }
}
