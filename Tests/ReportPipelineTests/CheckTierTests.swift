import CairoRendering
import Foundation
import ReportPipeline
import TestSupport
import Testing

@Suite("A check tells numbers, text, pixels and bytes apart")
struct CheckTierTests {
  /// A report whose files are then changed as if it had been committed that way.
  private func committed(_ formats: [ImageFormat] = [.svg]) throws -> Workplace {
    let place = try Workplace()
    place.options.formats = formats
    try place.run()
    return place
  }

  @Test func aNumberBeyondTheToleranceIsNamedByItsKey() throws {
    let place = try committed()
    let old = try #require(place.results().fit?.objective)
    try place.recommit("results.json") { text in
      text.replacing("\"objective\" : \(old),", with: "\"objective\" : \(old * 1.00001),")
    }
    let found = try place.found()
    #expect(found.map(\.path) == ["sweep/results.json"])
    #expect(found.map(\.tier) == [.numbers])
    #expect(found.allSatisfy { $0.isDrift })
    let text = try #require(found.first?.description)
    #expect(text.hasPrefix("sweep/results.json: numbers differ, fit.objective: committed "))
    #expect(text.hasSuffix("\(old * 1.00001), now \(old)"))
  }

  @Test func aNumberWithinTheToleranceIsOnlyNoted() throws {
    let place = try committed()
    let old = try #require(place.results().fit?.objective)
    try place.recommit("results.json") { text in
      text.replacing("\"objective\" : \(old),", with: "\"objective\" : \(old * (1 + 1e-8)),")
    }
    let found = try place.found()
    #expect(found.map(\.path) == ["sweep/results.json"])
    #expect(found.map(\.tier) == [.bytes])
    #expect(!found.contains { $0.isDrift })
  }

  @Test func aRunInAListIsNamed() throws {
    let place = try committed()
    try place.recommit("results.json") { $0.replacing("\"run\" : \"r7\"", with: "\"run\" : \"x\"") }
    let found = try place.found()
    #expect(found.first?.tier == .text)
    #expect(found.first?.detail == "runs.table[6 r7].run: committed “x”, now “r7”")
  }

  @Test func aKeyThatIsGoneIsFound() throws {
    let place = try committed()
    try place.recommit("results.json") { $0.replacing("\"schema\" : 1,", with: "") }
    #expect(try place.found().map(\.detail) == ["schema: committed absent, now 1"])
  }

  @Test func aTableIsComparedByItsNumbers() throws {
    let place = try committed()
    let path = "tables/fit-quality.csv"
    let table = try place.folder.text("Output/sweep/\(path)")
    let line = try #require(table.split(separator: "\n").last)
    let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let value = try #require(Double(fields[3]))
    func changed(by factor: Double) -> String {
      var fields = fields
      fields[3] = "\(value * factor)"
      return table.replacing(line, with: fields.joined(separator: ","))
    }
    try place.recommit(path) { _ in changed(by: 1 + 1e-8) }
    #expect(try place.found().map(\.tier) == [.bytes])
    try place.recommit(path) { _ in changed(by: 1.001) }
    let found = try place.found()
    #expect(found.map(\.tier) == [.numbers])
    #expect(found.map(\.path) == ["sweep/\(path)"])
    try place.recommit(path) { _ in table.replacing("panel,", with: "Panel,") }
    #expect(try place.found().map(\.tier) == [.text])
  }

  @Test func wordsAreComparedExactly() throws {
    let place = try committed()
    try place.recommit("report.md") { $0.replacing("## Summary", with: "## Sumary") }
    let found = try place.found()
    #expect(found.map(\.tier) == [.text])
    #expect(found.first?.detail?.contains("committed “## Sumary”, now “## Summary”") == true)
  }

  @Test func aLongLineIsShownWhereItDiffers() throws {
    let place = try committed()
    let report = try place.report()
    let line = try #require(report.split(separator: "\n").first { $0.count > 100 })
    let end = String(line.suffix(10))
    try place.recommit("report.md") { $0.replacing(line, with: line.dropLast(10) + "elsewhere.") }
    let detail = try #require(place.found().first?.detail)
    #expect(detail.contains("elsewhere.”, now “…"))
    #expect(detail.hasSuffix(end + "”"))
  }

  @Test func aPictureThatLooksDifferentIsNamedByItsTile() throws {
    let place = try committed([.png])
    let path = "figures/sparsity-term.png"
    // The same figure of other data: of the same size, with a curve elsewhere.
    let other = try Workplace(["sweep": Design(aS: 14)])
    other.options.formats = [.png]
    try other.run()
    try place.recommit(path, bytes: try other.bytes(path))
    let found = try place.found()
    #expect(found.map(\.path) == ["sweep/\(path)"])
    #expect(found.map(\.tier) == [.pixels])
    #expect(found.first?.detail?.wholeMatch(of: Self.tile) != nil)
  }

  private static var tile: Regex<Substring> {
    /worst tile at column [0-9]+, row [0-9]+: distance 0\.[0-9]+, above 0\.01/
  }

  @Test func aPictureOfAnotherSizeOrNoneIsFound() throws {
    let place = try committed([.png])
    let path = "figures/fit-quality.png"
    try place.recommit(path, bytes: try place.bytes("figures/residuals.png"))
    let found = try place.found()
    #expect(found.map(\.path) == ["sweep/\(path)"])
    #expect(found.map(\.tier) == [.pixels])
    #expect(found.first?.isDrift == true)
    #expect(found.first?.detail?.hasPrefix("size: committed ") == true)
    try place.recommit(path, bytes: Data("not a picture".utf8))
    #expect(try place.found().map(\.tier) == [.pixels])
  }

  @Test func aPictureOfTheSamePixelsIsOnlyNoted() throws {
    let place = try committed([.png])
    let path = "figures/fit-quality.png"
    // What follows the last chunk of a PNG is not part of the picture.
    try place.recommit(path, bytes: try place.bytes(path) + Data([0]))
    let found = try place.found()
    #expect(found.map(\.path) == ["sweep/\(path)"])
    #expect(found.map(\.tier) == [.bytes])
  }

  @Test func aChangedPresetShowsInInputsAndPixels() throws {
    let place = try committed([.png])
    place.options.preset = .icml
    let found = try place.check()
    #expect(
      found.contains {
        $0.tier == .inputs && $0.detail == "settings.preset: committed default, now icml"
      })
    #expect(found.contains { $0.tier == .pixels })
  }

  @Test func anotherCairoIsNoDrift() throws {
    let place = try committed([.png, .svg, .pdf])
    try place.changeManifest { $0.rendering["cairo"] = "1.99.0" }
    for format in ["svg", "pdf"] {
      let path = "figures/fit-quality.\(format)"
      try place.recommit(path, bytes: try place.bytes(path) + Data("\n".utf8))
    }
    let found = try place.check()
    #expect(
      found.map(\.path) == [
        "sweep/figures/fit-quality.pdf", "sweep/figures/fit-quality.svg", "sweep/manifest.json",
      ])
    #expect(found.allSatisfy { $0.tier == .bytes && !$0.isDrift })
  }

  @Test func aDrawingWithoutAPictureIsJudgedByItsCoordinates() throws {
    let place = try committed()
    let path = "figures/fit-quality.svg"
    let drawing = try place.folder.text("Output/sweep/\(path)")
    let width = try #require(drawing.firstMatch(of: /width="([0-9.]+)/)?.output.1)
    let value = try #require(Double(width))
    try place.recommit(path) { $0.replacing(width, with: "\(value + 0.001)", maxReplacements: 1) }
    #expect(try place.found().map(\.tier) == [.bytes])
    try place.recommit(path) { _ in
      drawing.replacing(width, with: "\(value + 5)", maxReplacements: 1)
    }
    #expect(try place.found().map(\.tier) == [.pixels])
  }

  @Test func aFileEditedByHandIsDrift() throws {
    let place = try committed([.png, .pdf])
    let path = "figures/fit-quality.pdf"
    try place.folder.write("Output/sweep/\(path)", try place.bytes(path) + Data("%".utf8))
    let found = try place.found()
    #expect(found.map(\.path) == ["sweep/\(path)"])
    #expect(found.map(\.tier) == [.files])
    #expect(found.first?.isDrift == true)
  }

  @Test func aChangedTemplateIsAnInput() throws {
    let place = try committed()
    try place.changeManifest { $0.templates[0].sha256 = String(repeating: "0", count: 64) }
    let found = try place.check()
    #expect(found.map(\.tier) == [.inputs])
    #expect(found.first?.detail?.hasPrefix("templates ") == true)
    #expect(found.first?.detail?.contains("committed SHA-256 000000000000, now SHA-256 ") == true)
  }
}

extension Workplace {
  /// What a check finds beside the digests in the manifest, which follow from the rest.
  fileprivate func found() throws -> [Difference] {
    try check().filter { $0.path != "sweep/manifest.json" || $0.tier != .bytes }
  }

  fileprivate func bytes(_ path: String) throws -> Data {
    try Data(contentsOf: folder.url.appending(path: "Output/sweep/\(path)"))
  }

  /// Replaces a file and its digest in the manifest, as if the report had been made that way.
  fileprivate func recommit(_ path: String, bytes: Data) throws {
    try folder.write("Output/sweep/\(path)", bytes)
    try changeManifest { manifest in
      for index in manifest.outputs.indices where manifest.outputs[index].path == path {
        manifest.outputs[index].sha256 = Digest.sha256(bytes)
      }
    }
  }

  fileprivate func recommit(_ path: String, _ change: (String) -> String) throws {
    let old = try folder.text("Output/sweep/\(path)")
    let new = change(old)
    try #require(new != old)
    try recommit(path, bytes: Data(new.utf8))
  }

  fileprivate func changeManifest(_ change: (inout Manifest) -> Void) throws {
    let path = "Output/sweep/manifest.json"
    var manifest = try JSONDecoder().decode(Manifest.self, from: Data(folder.text(path).utf8))
    change(&manifest)
    try folder.write(path, JSONText.encode(manifest))
  }
}
