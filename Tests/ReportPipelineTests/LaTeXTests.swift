import ReportPipeline
import Testing

@Suite("Numbers as LaTeX macros")
struct LaTeXTests {
  @Test func namesAreOfLettersOnly() {
    #expect(LaTeX.macroName("byte-lm b_N") == "ByteLmBN")
    for words in ["t5 a_S", "87.5 %", "naïve run", "日本", "a{b}\\c", "x\u{0}\n"] {
      #expect(LaTeX.macroName(words).allSatisfy { $0.isASCII && $0.isLetter }, "\(words)")
    }
  }

  @Test func namesTellNumbersApart() {
    let names = ["0", "5", "50", "8.75", "87.5", "0.5", "05"].map(LaTeX.macroName)
    #expect(Set(names).count == names.count)
  }

  @Test(arguments: [
    ("45.02", "45.02"), ("−0.98 %", "-0.98"), ("−0.98 %", #"\%"#), ("24,000", "24{,}000"),
    ("6.769 × 10⁸", "10^{8}"), ("1.000 × 10⁻⁵", "10^{-5}"), ("2.05×", #"\times"#),
    ("∞", #"\infty"#),
  ])
  func numbersAreInMathematicsMode(text: String, part: String) {
    let latex = LaTeX.number(text)
    #expect(latex.contains(part))
    #expect(latex.hasPrefix(#"\ensuremath{"#) && latex.hasSuffix("}"))
    #expect(latex.allSatisfy { $0.isASCII })
    #expect(latex.count { $0 == "{" } == latex.count { $0 == "}" })
  }
}
