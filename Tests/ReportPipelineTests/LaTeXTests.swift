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
    ("{{#a}}*b* {{c}}{{/a}}", #"{{#a}}\ensuremath{b} {{c}}{{/a}}"#),
    ("<sup>{{k}}</sup>", #"\textsuperscript{\relax {{k}}\relax }"#),
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
    #expect(Set(names.map { LaTeX.macroPrefix(sweep: $0) }).count == names.count)
    #expect(Set(names.map(LaTeX.sweepLabel)).count == names.count)
    for prefix in names.map({ LaTeX.macroPrefix(sweep: $0) }) {
      #expect(!prefix.isEmpty && prefix.allSatisfy { $0.isASCII && $0.isLetter })
    }
  }

  /// A sweep whose name ends as a macro of a shorter name begins has macros of its own.
  @Test func noMacroBelongsToTwoSweeps() {
    let macros = ["HeldOutMaxError", "HeldOutRuns", "MaxError", "RmsError", "AS", "C", "Objective"]
    let names = ["x", "x-held-out", "x-held", "x-a", "x-max"]
    let all = names.flatMap { name in
      macros.map { LaTeX.macroPrefix(sweep: name, macros: macros) + $0 }
    }
    #expect(Set(all).count == names.count * macros.count)
    #expect(LaTeX.macroPrefix(sweep: "x-held", macros: macros) == "XHeld")
    #expect(LaTeX.macroPrefix(sweep: "x-held-out", macros: macros) != "XHeldOut")
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
