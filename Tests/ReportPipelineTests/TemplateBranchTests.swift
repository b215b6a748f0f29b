import Foundation
import ReportPipeline
import TestSupport
import Testing

/// Every sentence of the templates, in every variant, in a report.
@Suite("Each branch of the templates") struct TemplateBranchTests {
  /// Two in one index, with names that LaTeX has trouble with.
  private static func twoSweeps(sparsities: [Double] = [0, 0.5, 0.75, 0.875]) throws -> Workplace {
    let amounts = [1e7, 3e7, 1e8, 3e8]
    let place = try Workplace([
      "a #": Design(sparsities: sparsities, amounts: amounts),
      "b $": Design(sparsities: sparsities, amounts: amounts, aS: 12),
    ])
    place.options.formats = [.pdf]
    return place
  }

  /// The same, one of them made again beside results of the other that cannot be read.
  private static func unreadableSweep(
    sparsities: [Double] = [0, 0.5, 0.75, 0.875]
  ) throws -> Workplace {
    let place = try twoSweeps(sparsities: sparsities)
    try place.run()
    try place.folder.write("Output/\(OutputFolder.name(ofSweep: "a #"))/results.json", "{")
    place.options.sweeps = ["b $"]
    return place
  }

  @Test func everySectionIsRenderedAndPassedOverAndReadsWell() async throws {
    let templates = try MarkedTemplates()
    #expect(templates.sections.count > 150)
    var coverage = BranchCoverage()
    let indices = [
      try ScenarioReport.make("two sweeps", try Self.twoSweeps(), templates),
      try ScenarioReport.make("an unreadable sweep", try Self.unreadableSweep(), templates),
      try ScenarioReport.make(
        "an unreadable sweep beside a dense one", try Self.unreadableSweep(sparsities: [0]),
        templates),
    ]
    for report in try await ScenarioReport.all() + indices {
      coverage.add(report.files, sections: templates.sections)
      // Pictures are no text: Testing keeps a backtrace for each byte that is not UTF-8.
      let texts = report.files.filter { $0.key.hasSuffix(".md") || $0.key.hasSuffix(".tex") }
      for (path, bytes) in texts.sorted(by: { $0.key < $1.key }) {
        let text = tidied(Mark.removed(from: String(decoding: bytes, as: UTF8.self)))
        let faults =
          path.hasSuffix(".md") ? ReportProse.faults(text) : ReportProse.latexFaults(text)
        for fault in faults { Issue.record("\(report.name): \(path): \(fault)") }
      }
    }
    for gap in coverage.gaps(templates.sections) { Issue.record("\(gap)") }
  }

  @Test func withoutItsMarksAReportIsAsEver() throws {
    let scenario = try #require(ReportScenario.all.first)
    let (marked, plain) = (try scenario.workplace(), try scenario.workplace())
    try MarkedTemplates().write(to: marked.folder, "Marked")
    marked.options.templates = marked.folder.url.appending(path: "Marked").path
    try marked.run()
    try plain.run()
    // All but the digest of the templates.
    func text(_ place: Workplace) throws -> String {
      tidied(Mark.removed(from: try place.report())).replacing(/`[0-9a-f]{16}`/, with: "digest")
    }
    #expect(try text(marked) == text(plain))
  }

  @Test func aBranchThatNoReportTakesIsFound() throws {
    let templates = MarkedTemplates([
      "a.md": "x\n{{#on}}a{{/on}}{{^on}}b{{/on}}\n{{#off}}c{{/off}} {{#both}}d{{/both}}",
      "rows.md": "{{#rows}}r{{/rows}}", "tables/t.tex": "% note\n{{#on}}t{{/on}}\n",
    ])
    func mark(_ file: String, _ tag: String) -> Int {
      templates.sections.firstIndex { $0.file == file && $0.tag == tag } ?? -1
    }
    let (on, inverted) = (mark("a.md", "{{#on}}"), mark("a.md", "{{^on}}"))
    let (off, both) = (mark("a.md", "{{#off}}"), mark("a.md", "{{#both}}"))
    let (rows, file) = (mark("rows.md", "{{#rows}}"), mark("tables/t.tex", "{{#on}}"))
    #expect(templates.sections[off].line == 3)
    #expect(templates.sections[file].isWholeFile && !templates.sections[on].isWholeFile)
    #expect(templates.sources["a.md"]?.contains("{{^off}}\(Mark.passed(off)){{/off}}") == true)
    let row = Mark.begin(rows) + "r" + Mark.end(rows)
    let text = [
      Mark.begin(on), Mark.passed(inverted), Mark.passed(off), Mark.passed(both), Mark.begin(both),
      row, row, Mark.begin(file),
    ].joined()
    var coverage = BranchCoverage()
    coverage.add(["s/report.md": Data(text.utf8)], sections: templates.sections)
    #expect(
      coverage.gaps(templates.sections) == [
        "Templates/a.md:2: {{#on}} is rendered by every report",
        "Templates/a.md:2: {{^on}} is rendered by no report",
        "Templates/a.md:3: {{#off}} is rendered by no report",
        "Templates/tables/t.tex:2: {{#on}} is rendered by every report",
      ])
    // A report without the table has passed it over.
    coverage.add(["s/results.json": Data()], sections: templates.sections)
    #expect(coverage.gaps(templates.sections).count == 3)
  }

  @Test(arguments: [
    "It is 5 , or so.", "It is ( 5).", "It is ().", "It is so..", "It is 5.  It is so",
    "1 runs were read.", "By the 1 laws,", "It is predicted best by with two exponents.",
    "of 1 worse minima", "It ends. it begins.", "It is nan.",
    "It is {{so}}.", "best is sparsity-without-saturation.", "Another law: none.",
    "The interval (95 % interval –) is.", "| a |\n|---|\n\ntext", "| a | b |\n|---|---|\n| 1 |",
    "## A\n\n## B\n\ntext", "text\n\n## A",
  ])
  func faultsOfProseAreFound(text: String) {
    #expect(!ReportProse.faults(text).isEmpty)
  }

  @Test(arguments: [
    "It is 5 (0 to 1), or so: 10–20 %.", "`a , b` is 1 run.", "| a | b |\n|---|---:|\n| – | 2 |",
    "# A\n\n## B\n\nof Frantar et al. 2024.", "1 worse minimum; 11 runs",
  ])
  func soundProseIsLeftAlone(text: String) {
    #expect(ReportProse.faults(text) == [])
  }
}
