import ReportPipeline
import Testing

@Suite("Numbers as LaTeX macros")
struct LaTeXTests {
  @Test(arguments: [
    ("byte-lm b_N", "ByteLmBN"), ("t5 a_S", "TFiveAS"), ("87.5", "EightSevenFive"),
    ("naïve run", "NaVeRun"), ("日本", ""), ("a{b}\\c", "ABC"),
  ])
  func namesAreOfLettersOnly(words: String, name: String) {
    #expect(LaTeX.macroName(words) == name)
  }

  @Test(arguments: [
    ("45.02", #"\ensuremath{45.02}"#), ("−0.98 %", #"\ensuremath{-0.98 \%}"#),
    ("24,000", #"\ensuremath{24{,}000}"#), ("6.769 × 10⁸", #"\ensuremath{6.769 \times 10^{8}}"#),
    ("1.000 × 10⁻⁵", #"\ensuremath{1.000 \times 10^{-5}}"#),
    ("2.05×", #"\ensuremath{2.05\times }"#), ("∞", #"\ensuremath{\infty }"#),
  ])
  func numbersAreInMathematicsMode(text: String, latex: String) {
    #expect(LaTeX.number(text) == latex)
  }
}
