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
    try place.run()
    let path = "Output/sweep/manifest.json"
    var manifest = try JSONDecoder().decode(Manifest.self, from: Data(place.folder.text(path).utf8))
    manifest.outputs.append(.init(path: "figures/old.svg", sha256: Digest.sha256(Data())))
    try place.folder.write(path, JSONText.encode(manifest))
    try place.folder.write("Output/sweep/figures/old.svg", "")
    let found = try place.check()
    #expect(found.contains { $0.path == "sweep/figures/old.svg" && $0.kind == .leftOver })
    try place.run()
    #expect(!place.folder.exists("Output/sweep/figures/old.svg"))
    #expect(try place.check() == [])
  }

  @Test func aSweepThatIsGoneFromTheDataIsFound() throws {
    let place = try Workplace(["a": Design(), "b": Design()])
    try place.run()
    try FileManager.default.removeItem(at: place.folder.url.appending(path: "Data/b"))
    let found = try place.check()
    #expect(found.contains { $0.path == "b/manifest.json" && $0.kind == .leftOver })
    #expect(!found.contains { $0.path.hasPrefix("a/") })
  }

  @Test func aMissingReportIsDrift() throws {
    let place = try Workplace()
    let found = try place.check()
    #expect(found.map(\.kind) == [.missing])
    #expect(found.first?.isDrift == true)
    #expect(!place.folder.exists("Output"))
    try place.folder.write("Output/NOTES.md", "mine")
    #expect(try place.check().contains { $0.path == "README.md" && $0.kind == .missing })
    #expect(try place.check().contains { $0.path == "sweep/report.md" && $0.kind == .missing })
    try FileManager.default.removeItem(at: place.folder.url.appending(path: "Output"))
    try FileManager.default.createSymbolicLink(
      atPath: place.options.output, withDestinationPath: "Data")
    #expect(throws: PipelineError.self) { try place.check() }
  }

  @Test func filesTooManyInASweepsFolderAreDrift() throws {
    let place = try Workplace()
    try place.run()
    // Beside the sweeps a lab may keep what it likes.
    try place.folder.write("Output/NOTES.md", "mine")
    #expect(try place.check() == [])
    for path in ["draft.md", ".hidden", "figures/x.svg", "tables/deep/x.csv", "deep/x"] {
      try place.folder.write("Output/sweep/\(path)", "mine")
    }
    let found = try place.check()
    #expect(
      found.map(\.path) == [
        "sweep/.hidden", "sweep/deep", "sweep/draft.md", "sweep/figures/x.svg",
        "sweep/tables/deep",
      ])
    #expect(found.allSatisfy { $0.kind == .foreign && $0.isDrift && $0.remains == $0.path })
  }
}
