import Foundation
import ReportPipeline
import TestSupport
import Testing

@Suite("A check finds what differs from the committed report")
struct ReportCheckTests {
  @Test func aFreshReportHasNoDifferences() throws {
    let place = try Workplace(["a": Design(), "b": Design(aS: 12)])
    try place.run()
    let before = try place.folder.files("Output")
    #expect(try place.check() == [])
    #expect(try place.folder.files("Output") == before)
    place.options.sweeps = ["b"]
    #expect(try place.check() == [])
  }

  @Test func aChangedLineIsShown() throws {
    let place = try Workplace()
    try place.run()
    let report = try place.report()
    let changed = report.replacing("## Summary", with: "## Sumary")
    try place.folder.write("Output/sweep/report.md", changed)
    let found = try place.check()
    #expect(found.map(\.path) == ["sweep/report.md"])
    #expect(found.map(\.kind) == [.changed])
    #expect(found.first?.detail?.contains("## Sumary") == true)
    #expect(found.first?.detail?.contains("now “## Summary”") == true)
  }

  @Test func dataThatChangedShowsInTheNumbers() throws {
    let place = try Workplace()
    try place.run()
    try place.folder.write("Data/sweep/runs.csv", Design(aS: 11).csv)
    let paths = try place.check().map(\.path)
    #expect(Set(paths).isSuperset(of: ["sweep/results.json", "sweep/manifest.json", "README.md"]))
    #expect(paths == paths.sorted())
  }

  @Test func aMissingFileIsFound() throws {
    let place = try Workplace()
    try place.run()
    try FileManager.default.removeItem(
      at: place.folder.url.appending(path: "Output/sweep/figures/fit-quality.svg"))
    let found = try place.check()
    #expect(found.map(\.description) == ["sweep/figures/fit-quality.svg: is missing"])
  }

  @Test func aFileThatIsNoLongerMadeIsFound() throws {
    let place = try Workplace()
    place.options.formats = [.svg, .pdf]
    try place.run()
    place.options.formats = [.svg]
    let found = try place.check()
    #expect(
      found.contains {
        $0.path == "sweep/figures/fit-quality.pdf" && $0.kind == .leftOver
      })
  }

  @Test func aSweepThatIsGoneFromTheDataIsFound() throws {
    let place = try Workplace(["a": Design(), "b": Design()])
    try place.run()
    try FileManager.default.removeItem(at: place.folder.url.appending(path: "Data/b"))
    let found = try place.check()
    #expect(found.contains { $0.path == "b/manifest.json" && $0.kind == .leftOver })
    #expect(!found.contains { $0.path.hasPrefix("a/") })
  }

  @Test func withoutAReportThereIsNothingToCheck() throws {
    let place = try Workplace()
    #expect(throws: PipelineError.self) { try place.check() }
    #expect(!place.folder.exists("Output"))
  }

  @Test func foreignFilesAreNoDifference() throws {
    let place = try Workplace()
    try place.run()
    try place.folder.write("Output/NOTES.md", "mine")
    try place.folder.write("Output/sweep/draft.md", "mine")
    #expect(try place.check() == [])
  }
}
