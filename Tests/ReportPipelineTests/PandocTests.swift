import Foundation
import Testing
import TestSupport

/// The command of the README that makes a report into other kinds of document.
@Suite struct PandocTests {
  static let pandoc = installedProgram("pandoc")
  static let unzip = installedProgram("unzip")
  static let xelatex = installedProgram("xelatex")

  private static func report() throws -> Workplace {
    let place = try ReportScenario(
      name: "pandoc",
      runs: Design().runs(named: { "experiment-2026_sparse/job-\($0)-of-the-large-sweep" })
        + Design().patterned([("2:4", 0.5, 1.005)], scatter: 0.001), bootstrap: 40,
      formats: [.png]
    ).workplace()
    try place.run()
    return place
  }

  /// What the program writes to standard output.
  @discardableResult
  private static func run(
    _ program: String?, _ arguments: [String], in folder: URL
  ) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: try #require(program))
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func convert(_ place: Workplace, to arguments: String...) throws -> String {
    let folder = place.folder.url.appending(path: "Output/sweep")
    let filter = packageFolder.appending(path: "Templates/pandoc.lua").path
    return try run(
      pandoc, ["-f", "gfm", "--lua-filter", filter, "--fail-if-warnings", "report.md"] + arguments,
      in: folder)
  }

  private static func count(_ pattern: String, in text: String) -> Int {
    text.components(separatedBy: pattern).count - 1
  }

  @Test(
    .enabled(if: pandoc != nil, "pandoc is not installed (Debian: pandoc)"),
    .enabled(if: unzip != nil, "unzip is not installed (Debian: unzip)"))
  func wordKeepsSubscriptsAndFigures() throws {
    let place = try Self.report()
    _ = try Self.convert(place, to: "-o", "report.docx")
    let folder = place.folder.url.appending(path: "Output/sweep")
    let document = try Self.run(
      Self.unzip, ["-p", "report.docx", "word/document.xml"], in: folder)
    let markdown = try place.report()
    // Links in small type below figures are no subscripts.
    let captions = Self.count("<sub>[", in: markdown)
    #expect(captions > 10)
    #expect(
      Self.count("vertAlign w:val=\"subscript\"", in: document)
        == Self.count("<sub>", in: markdown) - captions)
    let powers = markdown.matches(of: /[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+/).count
    #expect(
      Self.count("vertAlign w:val=\"superscript\"", in: document)
        >= Self.count("<sup>", in: markdown) + powers - 1)
    #expect(Self.count("<pic:pic", in: document) == Self.count("](figures/", in: markdown) / 2)
    #expect(!document.contains("&lt;sub"))
  }

  @Test(.enabled(if: pandoc != nil, "pandoc is not installed (Debian: pandoc)"))
  func htmlHoldsEveryWord() throws {
    let html = try Self.convert(Self.report(), to: "-t", "html")
    #expect(html.contains("<em>a</em><sub>S</sub>"))
    #expect(html.contains("<sup><em>b</em><sub>S</sub></sup>"))
    #expect(!html.contains("&lt;s") && !html.contains("**"))
  }

  @Test(
    .enabled(if: pandoc != nil, "pandoc is not installed (Debian: pandoc)"),
    .enabled(if: xelatex != nil, "xelatex is not installed (Debian: texlive-xetex, lmodern)"))
  func tablesFitALaTeXPage() throws {
    let place = try Self.report()
    _ = try Self.convert(
      place, to: "-s", "-V", "geometry:margin=2cm", "-o", "report.tex")
    let folder = place.folder.url.appending(path: "Output/sweep")
    try Self.run(
      Self.xelatex, ["-interaction=nonstopmode", "-halt-on-error", "report.tex"], in: folder)
    let log = try place.folder.text("Output/sweep/report.log")
    #expect(!log.contains("Missing character"))
    // In points; a letter or two do not matter at the end of a column.
    let excesses = log.matches(of: /Overfull \\hbox \((\d+)\./).compactMap { Int($0.1) }
    #expect((excesses.max() ?? 0) < 20)
  }
}
