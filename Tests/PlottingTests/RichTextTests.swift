import Plotting
import Testing

@Suite struct RichTextTests {
  @Test func markupBecomesRuns() {
    let text: RichText = "Loss *L*, *b*_{*S*}, 10^{3}"
    #expect(
      text.runs == [
        .init("Loss "), .init("L", isItalic: true), .init(", "), .init("b", isItalic: true),
        .init("S", isItalic: true, script: .subscripted), .init(", 10"),
        .init("3", script: .superscripted),
      ])
  }

  @Test func interpolatedDataIsNeverMarkup() {
    let unit = "a*b_{c}^{d}"
    let text: RichText = "*D* (\(unit))"
    #expect(text.plainText == "D (a*b_{c}^{d})")
    #expect(text.runs.count { $0.script != .normal } == 0)
  }

  @Test func styleReachesOverInterpolations() {
    let symbol = "q"
    let text: RichText = "*\(symbol)*_{\(symbol)}"
    #expect(
      text.runs == [.init("q", isItalic: true), .init("q", script: .subscripted)])
  }

  @Test func controlCharactersBecomeSpaces() {
    #expect(RichText(plain: "a\u{0}b\nc").plainText == "a b c")
  }

  @Test func scriptsAreSmallerAndShifted() throws {
    let text: RichText = "x^{2}_{3}"
    let block = text.block(size: 10, measurer: FixedMeasurer())
    let pieces = block.pieces
    try #require(pieces.count == 3)
    #expect(pieces[1].font.size < 10 && pieces[1].offset.y < 0)
    #expect(pieces[2].font.size < 10 && pieces[2].offset.y > 0)
    #expect(block.ascent > 7, "room for the superscript")
    #expect(pieces[1].offset.x == 5.5)
  }

  @Test func thinSpacesAreGapsNotGlyphs() {
    let block = RichText(plain: "12\u{2009}500").block(size: 12, measurer: FixedMeasurer())
    #expect(block.pieces.map(\.string) == ["12", "500"])
    #expect(abs(block.width - (5 * 0.55 * 12 + 2)) < 1e-9)
  }
}
