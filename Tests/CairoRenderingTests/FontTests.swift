import CairoRendering
import Plotting
import Testing

@Suite struct FontTests {
  @Test func missingFontsAreNamedWithTheWayToGetThem() {
    #expect(throws: RenderingError.fontMissing(families: ["No Such Face"])) {
      try FontSet(families: ["No Such Face"])
    }
    let message = RenderingError.fontMissing(families: ["No Such Face"]).description
    #expect(message.contains("No Such Face") && message.contains("fonts-liberation"))
  }

  @Test func theFirstInstalledFamilyIsTakenAndTheFallbackSaid() throws {
    let fonts = try FontSet(families: ["No Such Face"] + Theme.fontFamilies)
    #expect(fonts.report.requestedFamily == "No Such Face")
    #expect(Theme.fontFamilies.contains(fonts.report.usedFamily))
    #expect(fonts.report.fallbackNotice?.contains("No Such Face") == true)
    let exact = try FontSet(families: [fonts.report.usedFamily])
    #expect(exact.report.fallbackNotice == nil)
  }

  @Test func theReportNamesFilesAndVersions() throws {
    let report = try FontSet().report
    #expect(report.files.count == 4)
    #expect(report.fileNames.allSatisfy { !$0.contains("/") && !$0.isEmpty })
    #expect(report.cairoVersion.split(separator: ".").count == 3)
    #expect(report.freeTypeVersion.split(separator: ".").count == 3)
  }

  @Test func measuresAreProportionalAndAdditive() throws {
    let fonts = try FontSet()
    let one = fonts.advance(of: "Loss", font: Font(size: 1))
    #expect(one > 1 && one < 4)
    #expect(abs(fonts.advance(of: "Loss", font: Font(size: 7.3)) - 7.3 * one) < 1e-12)
    let parts = ["L", "o", "s", "s"].map { fonts.advance(of: $0, font: Font(size: 1)) }
    #expect(abs(parts.reduce(0, +) - one) < 1e-9, "no kerning, so that parts can be set apart")
    #expect(fonts.advance(of: "a\u{0}b", font: Font(size: 9)).isFinite)
    let metrics = fonts.metrics(of: Font(size: 10))
    #expect((6...8).contains(metrics.capHeight))
    #expect(metrics.descent > 1 && metrics.ascent >= metrics.capHeight)
  }

  @Test func charactersThatTheFontLacksAreMarkedAndSaid() throws {
    let renderer = try Sample.renderer()
    func scene(_ string: String) -> Scene {
      let text = PlacedText(string, font: Font(size: 12), origin: Point(4, 16), color: .black)
      return Scene(size: Size(width: 60, height: 20), elements: [.text(text)])
    }
    // A private-use character, of which no font of the theme has a glyph.
    let odd = scene("a\u{F8D0}b\u{F8D0}")
    #expect(renderer.fonts.missingCharacters(in: "a\u{F8D0}b\u{F8D0}") == ["\u{F8D0}"])
    #expect(renderer.fonts.missingCharacters(in: "a\u{2212}b \u{D7} \u{E9}").isEmpty)
    let notice = try #require(renderer.fonts.missingNotice(["\u{F8D0}"]))
    #expect(notice.contains("U+F8D0") && notice.contains(renderer.fonts.report.usedFamily))
    #expect(renderer.fonts.missingNotice([]) == nil)
    let advance = renderer.fonts.advance(of: "\u{F8D0}", font: Font(size: 12))
    let marks = ["\u{FFFD}", "?"].filter { renderer.fonts.missingCharacters(in: $0).isEmpty }
    let mark = try #require(marks.first)
    #expect(advance == renderer.fonts.advance(of: mark, font: Font(size: 12)))
    for format in ImageFormat.allCases where format != .pdf {
      let metadata = FigureMetadata(title: "marks")
      let (drawn, asked) = (
        try renderer.render(odd, as: format, metadata: metadata),
        try renderer.render(scene("a\(mark)b\(mark)"), as: format, metadata: metadata)
      )
      #expect(drawn.count == asked.count, "\(format)")
    }
  }

  @Test func italicIsAnotherFace() throws {
    let renderer = try Sample.renderer()
    func png(_ isItalic: Bool) throws -> [UInt8] {
      let text = PlacedText(
        "N", font: Font(size: 12, isItalic: isItalic), origin: Point(4, 16), color: .black)
      let scene = Scene(size: Size(width: 20, height: 20), elements: [.text(text)])
      return try renderer.render(scene, as: .png, metadata: FigureMetadata(title: "N"))
    }
    let (italic, upright) = (try png(true), try png(false))
    #expect(italic != upright)
  }
}
