import ReportPipeline
import Testing

@Suite("Names, numbers and text in LaTeX")
struct LaTeXTests {
  @Test(arguments: [
    ("byte-lm b_N", "ByteLmBN"), ("t5 a_S", "TFiveAS"), ("87.5", "EightSevenPointFive"),
    ("naïve run", "NaVeRun"), ("日本", ""), ("a{b}\\c", "ABC"),
  ])
  func namesAreOfLettersOnly(words: String, name: String) {
    #expect(LaTeX.macroName(words) == name)
  }

  @Test(arguments: [
    ("45.02", #"\ensuremath{45.02}"#), ("−0.98 %", #"\ensuremath{-0.98\,\%}"#),
    ("24,000", #"\ensuremath{24{,}000}"#), ("6.769 × 10⁸", #"\ensuremath{6.769 \times 10^{8}}"#),
    ("1.000 × 10⁻⁵", #"\ensuremath{1.000 \times 10^{-5}}"#),
    ("2.05×", #"\ensuremath{2.05{\times}}"#), ("∞", #"\ensuremath{\infty}"#),
  ])
  func numbersAreInMathematicsMode(text: String, latex: String) {
    #expect(LaTeX.number(text) == latex)
  }

  @Test(arguments: [
    ("a_b & 50% #1 $2", ##"a\_b \& 50\% \#1 \$2"##),
    (#"\input{x}"#, #"\textbackslash{}input\{x\}"#),
    ("1.5 % of", #"1.5\,\% of"#), (" %", #" \%"#),
    ("~^`", #"\textasciitilde{}\textasciicircum{}\`{}"#),
    ("†", #"\ensuremath{\dagger}"#), ("ą", "[U+105]"), ("a--b", "a-{}-b"),
    (#"("best")"#, "(``best'')"),
    ("1 − S ≤ 2×", #"1 \ensuremath{-} S \ensuremath{\leq} 2\ensuremath{\times}"#),
    ("naïve Łódź", #"na\"{i}ve \L{}\'{o}d\'{z}"#), ("日", "[U+65E5]"), ("a\u{7}\nb", "a[U+7] b"),
  ])
  func anyTextIsShownAsItStands(text: String, latex: String) {
    #expect(LaTeX.escape(text) == latex)
  }

  @Test(arguments: [
    (
      "*a*<sub>S</sub>(1 − *S*)<sup>*b*<sub>S</sub></sup>",
      #"\ensuremath{a_{S}}(1 \ensuremath{-} \ensuremath{S})\textsuperscript{\ensuremath{b_{S}}}"#
    ),
    ("**bold** and *some words*", #"\textbf{bold} and \textit{some words}"#),
    ("*D*<sub>max</sub>", #"\ensuremath{D}\textsubscript{max}"#),
    ("`r_1`", #"\texttt{r\_1}"#), ("`` a`b ``", #"\texttt{a\`{}b}"#),
    (#"`a\|b`"#, #"\texttt{a\ensuremath{|}b}"#), (#"nats\_per\*"#, #"nats\_per*"#),
    ("[the data](tables/x.csv).", "the data."),
    ("6.7 × 10⁸ to ∞", #"6.7\ensuremath{{}\times 10^{8}} to \ensuremath{\infty}"#),
    // What never ends is no markup.
    ("2 * 3 * 4", "2 * 3 * 4"), ("a*b", "a*b"), ("x<sub>y", #"x\ensuremath{<}sub\ensuremath{>}y"#),
    ("`open", #"\`{}open"#), ("[1]", "[1]"), (#"\\"#, #"\textbackslash{}"#), ("", ""),
  ])
  func markdownBecomesLaTeX(markdown: String, latex: String) {
    #expect(LaTeX.text(markdown: markdown) == latex)
  }

  @Test func labelsAndPathsSurviveAnySweepName() {
    #expect(LaTeX.label("my sweep_1%é:fig-a") == "my-sweep-1--:fig-a")
    #expect(OutputFolder.name(ofSweep: "a_b-1.5") == "a_b-1.5")
    for name in ["a b", "..", "-x", #"\immediate\write18{x}"#, "日本", "a%b", "a\u{301}"] {
      let folder = OutputFolder.name(ofSweep: name)
      #expect(
        folder.wholeMatch(of: /[A-Za-z0-9_][A-Za-z0-9._-]*|-?[A-Z][a-z]{3}/) != nil, "\(folder)")
    }
  }

  @Test(arguments: ["byte-lm", "t5", "frantar2024-t5", "2024-t5", "a-b-c"])
  func plainNamesOfSweepsKeepPlainMacrosAndLabels(name: String) {
    #expect(LaTeX.macroPrefix(sweep: name) == LaTeX.macroName(name))
    #expect(LaTeX.sweepLabel(name) == name)
  }

  @Test(arguments: [
    ["byte-lm", "byte_lm", "byte lm", "Byte-LM", "byteLm", "byte.lm", "byte--lm", "byte-lm-"],
    ["t5", "t-5", "t-five", "T5", "tFive"], ["日本", "日", "--", "é", "sweep"],
    ["1.5b", "15b", "1-5b", "1-point5b"],
  ])
  func sweepsThatDifferInPunctuationAloneDiffer(names: [String]) {
    #expect(Set(names.map(LaTeX.macroPrefix)).count == names.count)
    #expect(Set(names.map(LaTeX.sweepLabel)).count == names.count)
    for prefix in names.map(LaTeX.macroPrefix) {
      #expect(!prefix.isEmpty && prefix.allSatisfy { $0.isASCII && $0.isLetter })
    }
  }

  @Test func longNamesMayBreakAndLoseTheirMiddle() {
    let short = String(repeating: "a-", count: 7)
    #expect(LaTeX.text(markdown: Markdown.code(short)) == "\\texttt{\(short)}")
    let long = String(repeating: "abcdefghijklm", count: 6)
    let latex = LaTeX.text(markdown: Markdown.code(long))
    #expect(latex.replacing("\\allowbreak{}", with: "") == "\\texttt{\(long)}")
    #expect(latex.split(separator: "\\allowbreak{}").allSatisfy { $0.count <= 20 })
    #expect(LaTeX.shortened(short) == short)
    #expect(LaTeX.shortened(long).count == 56 && LaTeX.shortened(long).contains("…"))
  }
}

@Suite("Digits that an interval warrants")
struct WarrantedDigitsTests {
  @Test(arguments: [
    (0.24513, 0.2401...0.2512, "0.2451"), (16.787, 5.1...48.2, "17"), (3.21, 0.5...900, "3.2"),
    (6.8999e8, 6.1e8...7.7e8, "6.90 × 10⁸"), (160.4, 150...171, "160"),
    (0.0123, -0.13...0.15, "0.01"), (1.23456789, 1.2345678...1.2345680, "1.23457"),
  ])
  func theLastDigitIsTheSecondOfTheHalfWidth(
    value: Double, interval: ClosedRange<Double>, text: String
  ) {
    #expect(WarrantedDigits(interval: interval).text(value) == text)
  }

  @Test(arguments: [nil, 2.0...2, 1...(.infinity), 0...0] as [ClosedRange<Double>?])
  func withoutAWidthTheGivenDigitsStand(interval: ClosedRange<Double>?) {
    #expect(WarrantedDigits(interval: interval, otherwise: 3).text(2.3456) == "2.35")
  }

  @Test(arguments: [0, .infinity, -.infinity, .nan, 1e308, .leastNonzeroMagnitude, -1e-300])
  func anyNumberHasAText(value: Double) {
    #expect(!WarrantedDigits(interval: -1e300...1e300).text(value).isEmpty)
    #expect(
      !WarrantedDigits(interval: .leastNonzeroMagnitude...(2 * .leastNonzeroMagnitude)).text(value)
        .isEmpty)
  }
}
