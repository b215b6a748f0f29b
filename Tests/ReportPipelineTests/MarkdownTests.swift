import ReportPipeline
import Testing

@Suite("Text of logs and settings is safe in Markdown")
struct MarkdownTests {
  @Test func markupIsEscaped() {
    #expect(Markdown.escape("a_b*c") == #"a\_b\*c"#)
    #expect(
      Markdown.escape("[x](y) | <b> `c` #1 ~~d~~ $e$")
        == ##"\[x\](y) \| \<b\> \`c\` \#1 \~\~d\~\~ \$e\$"##)
    #expect(Markdown.escape(#"back\slash"#) == #"back\\slash"#)
    #expect(Markdown.escape("&lt;b&gt;") == #"\&lt;b\&gt;"#)
  }

  @Test func plainTextStaysAsItIs() {
    let text = "T5 on C4, Frantar et al. 2024: 50 % – ναί, 日本"
    #expect(Markdown.escape(text) == text)
  }

  @Test(arguments: ["a\nb", "a\r\nb", "a\tb", "a\u{2028}b", "a\u{2029}b"])
  func everyKindOfLineBreakBecomesASpace(text: String) {
    let escaped = Markdown.escape(text)
    #expect(escaped.allSatisfy { $0 == "a" || $0 == "b" || $0 == " " })
    #expect(escaped.hasPrefix("a ") && escaped.hasSuffix(" b"))
  }

  @Test func controlCharactersAreShownAsReplaced() {
    #expect(Markdown.escape("a\u{0}b\u{1B}[31mc") == "a\u{FFFD}b\u{FFFD}\\[31mc")
    #expect(Markdown.code("a\u{0}b\nc") == "`a\u{FFFD}b\u{FFFD}c`")
  }

  @Test func codeOutlivesBackticks() {
    #expect(Markdown.code("r7") == "`r7`")
    #expect(Markdown.code("a`b") == "`` a`b ``")
    #expect(Markdown.code("``") == "``` `` ```")
    #expect(Markdown.code("`a``b") == "``` `a``b ```")
  }

  @Test func codeKeepsATableCellWhole() {
    #expect(Markdown.code("a|b") == #"`a\|b`"#)
  }

  @Test func anEmptyNameIsStillACodeSpan() {
    // Two backticks alone would be read as text.
    #expect(Markdown.code("") == "` `")
  }
}
