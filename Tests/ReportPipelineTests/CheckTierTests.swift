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

  @Test func whatAPictureHoldsBesideItsPixelsIsCompared() throws {
    let place = try committed([.png])
    let path = "figures/fit-quality.png"
    let honest = try place.bytes(path)
    try place.recommit(path, bytes: honest + Data([0]))
    #expect(try place.found().map(\.tier) == [.files])
    // A text chunk before the last one; its checksum is no concern of a comparison.
    let text: [UInt8] = [0, 0, 0, 3] + Array("tEXta\u{0}b".utf8) + [0, 0, 0, 0]
    try place.recommit(path, bytes: honest.dropLast(12) + Data(text) + honest.suffix(12))
    let found = try place.found()
    #expect(found.map(\.path) == ["sweep/\(path)"])
    #expect(found.map(\.tier) == [.text])
  }

  @Test func aPictureThatAsksForGigabytesIsNotDecoded() throws {
    let place = try committed([.png])
    let path = "figures/fit-quality.png"
    var bytes = try place.bytes(path)
    bytes.replaceSubrange(16..<24, with: [0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF])
    try place.recommit(path, bytes: bytes)
    #expect(try place.found().first?.detail?.hasPrefix("size: committed 65535 × 65535") == true)
  }

  /// What is far longer than the report's own differs, and is not read to its end.
  @Test(arguments: [
    "report.md", "results.json", "manifest.json", "numbers.tex", "tables/fit-quality.csv",
    "figures/summary.svg",
  ])
  func aFileWithoutEndIsDrift(path: String) throws {
    let place = try committed()
    // A sparse file: it would take gigabytes in memory alone.
    let file = place.folder.url.appending(path: "Output/sweep/\(path)").path
    #expect(truncate(file, 8 << 30) == 0)
    let found = try place.found().filter { $0.path == "sweep/\(path)" }
    #expect(found.map(\.isDrift) == [true])
    #expect(found.first?.description.contains("is larger than") == true, "\(found)")
  }

  @Test func aChangedSettingIsNamedInsteadOfWhatFollowsFromIt() throws {
    let place = try committed([.png])
    place.options.preset = .icml
    place.options.fit.seed = 7
    let found = try place.check()
    #expect(
      found.map(\.detail) == [
        "settings.preset: committed default, now icml; nothing else was compared",
        "settings.seed: committed 0, now 7; nothing else was compared",
      ])
    #expect(found.allSatisfy { $0.tier == .inputs && $0.path == "sweep/manifest.json" })
  }

  @Test func aManifestIsNotBelieved() throws {
    let place = try committed()
    let path = "figures/fit-quality.svg"
    // A digest that would be taken out of the drawing with what it hides.
    let script = "<script>alert(1)</script>"
    try place.recommit(path) { $0.replacing("</svg>", with: script + "</svg>") }
    for digest in [script, "", String(repeating: "0", count: 64)] {
      try place.changeManifest(keepsDigest: true) { $0.digest = digest }
      let found = try place.check()
      #expect(found.contains { $0.path == "sweep/manifest.json" && $0.tier == .files }, "\(digest)")
      #expect(found.contains { $0.path == "sweep/\(path)" && $0.isDrift }, "\(digest)")
    }
  }

  @Test func filesThatAManifestDoesNotListOrLiesAboutAreDrift() throws {
    let place = try committed()
    try place.changeManifest { $0.outputs[0].sha256 = String(repeating: "0", count: 64) }
    #expect(try place.check().contains { $0.tier == .files && $0.kind == .changed })
    try place.changeManifest { $0.outputs.removeFirst() }
    #expect(try place.check().contains { $0.tier == .inputs && $0.path == "sweep/manifest.json" })
    let text = try place.folder.text("Output/sweep/manifest.json")
    try place.folder.write(
      "Output/sweep/manifest.json",
      text.replacing("\"schema\"", with: "\"note\" : \"x\",\n  \"schema\""))
    #expect(try place.check().contains { $0.tier == .text && $0.path == "sweep/manifest.json" })
  }

  @Test func aKeyThatStandsTwiceIsDrift() throws {
    let place = try committed()
    try place.recommit("results.json") {
      $0.replacing("\"schema\" : 1", with: "\"schema\" : 1,\n  \"schema\" : 1")
    }
    #expect(try place.found().map(\.tier) == [.text])
  }

  @Test(arguments: ["\u{2028}", "\r\n", "\u{85}", "\u{B}", "\r"])
  func anotherLineSeparatorIsDrift(separator: String) throws {
    let place = try committed()
    for path in ["report.md", "numbers.tex", "tables/fit-quality.csv"] {
      let honest = try place.bytes(path)
      try place.recommit(
        path, bytes: honest.replacing(Data("\n".utf8), with: Data(separator.utf8)))
      #expect(try place.found().map(\.isDrift) == [true], "\(path)")
      try place.recommit(path, bytes: honest)
    }
    try place.recommit("report.md") { $0 + "e\u{301}" }
    #expect(try place.found().map(\.isDrift) == [true])
  }

  @Test func nothingIsShownOfWhatALinkLeadsTo() throws {
    let place = try committed()
    try place.folder.write("secret.txt", "secret=1\n")
    let manager = FileManager.default
    for path in [
      "sweep/report.md", "sweep/results.json", "sweep/numbers.tex", "sweep/manifest.json",
      "sweep/figures/fit-quality.svg", "sweep/tables/fit-quality.csv", "README.md", "sweep/figures",
      "sweep",
    ] {
      let target = place.folder.url.appending(path: "Output/\(path)")
      let aside = place.folder.url.appending(path: "aside")
      try manager.moveItem(at: target, to: aside)
      for secret in ["../../../secret.txt", "/proc/self/environ", "/dev/zero", "../../.."] {
        try manager.createSymbolicLink(atPath: target.path, withDestinationPath: secret)
        let found = try place.check()
        #expect(found.contains { $0.isDrift }, "\(path)")
        #expect(!found.contains { $0.description.contains("secret=1") }, "\(path)")
        #expect(!found.contains { $0.description.contains("PATH=") }, "\(path)")
        try manager.removeItem(at: target)
      }
      mkfifo(target.path, 0o600)
      #expect(try place.check().contains { $0.isDrift }, "\(path)")
      try manager.removeItem(at: target)
      try manager.moveItem(at: aside, to: target)
    }
    #expect(try place.check() == [])
  }

  @Test func anotherCairoIsNoDrift() throws {
    let place = try committed([.png, .svg, .pdf])
    try place.changeManifest { $0.rendering["cairo"] = "1.99.0" }
    // Its labels take another room, and its characters have other outlines.
    try place.recommit("figures/fit-quality.svg") { svg in
      svg.replacing(/[ ]d="M[^"]*"\/>\n<path id="f[0-9a-f]+-1"/, maxReplacements: 1) { match in
        match.output.replacing(/^ d="M/, with: " d=\"M1 2L")
      }.replacing(/translate\(([0-9.]+)/, maxReplacements: 1) { match in
        "translate(\((Double(match.output.1) ?? 0) + 1)"
      }
    }
    let found = try place.check()
    #expect(found.map(\.path) == ["sweep/figures/fit-quality.svg", "sweep/manifest.json"])
    #expect(found.allSatisfy { $0.tier == .bytes && !$0.isDrift })
  }

  /// Changes of a drawing by somebody who also redoes the digests.
  static let forgeries: [(String, String, String)] = [
    ("a script", "</svg>", "<script>alert(1)</script></svg>"),
    ("a handler", "<g stroke-linejoin", "<g onload=\"alert(1)\" stroke-linejoin"),
    ("an element", "<g stroke-linejoin", "<image href=\"https://x/\"/><g stroke-linejoin"),
    ("words", "</title>", ": S = 99 %</title>"),
    ("a size of type", "scale(0.00", "scale(0.01"),
    ("a colour", "fill=\"#", "fill=\"#f0"),
    ("what follows", "</svg>\n", "</svg>\n<!-- x -->"),
    ("another line break", "</desc>\n", "</desc>\r\n"),
  ]

  @Test(arguments: [false, true])
  func aForgedDrawingIsDrift(claimsAnotherCairo: Bool) throws {
    let place = try committed([.png, .svg])
    let path = "figures/fit-quality.svg"
    let honest = try place.folder.text("Output/sweep/\(path)")
    if claimsAnotherCairo { try place.changeManifest { $0.rendering["cairo"] = "1.99.0" } }
    for (name, old, new) in Self.forgeries {
      guard honest.utf8.firstRange(of: old.utf8) != nil else {
        Issue.record("no place for \(name)")
        continue
      }
      try place.recommit(
        path, bytes: Data(honest.utf8).replacing(Data(old.utf8), with: Data(new.utf8)))
      let found = try place.found()
      #expect(found.map(\.path) == ["sweep/\(path)"], "\(name)")
      #expect(found.first?.isDrift == true, "\(name)")
    }
    // Digits that change places.
    let uses = honest.matches(of: /xlink:href="#f[0-9a-f]+-([0-9]+)"/).map { $0.output.1 }
    let other = try #require(uses.first { $0 != uses[0] })
    try place.recommit(path) {
      $0.replacing(/(xlink:href="#f[0-9a-f]+-)[0-9]+"/, maxReplacements: 1) {
        "\($0.output.1)\(other)\""
      }
    }
    #expect(try place.found().first?.isDrift == true)
  }

  @Test(arguments: [false, true])
  func aForgedPDFIsDrift(claimsAnotherCairo: Bool) throws {
    let place = try committed([.png, .pdf])
    let path = "figures/fit-quality.pdf"
    let honest = try place.bytes(path)
    if claimsAnotherCairo { try place.changeManifest { $0.rendering["cairo"] = "1.99.0" } }
    func isDrift(_ bytes: Data) throws -> Bool {
      try #require(bytes != honest)
      try place.recommit(path, bytes: bytes)
      let found = try place.found()
      return found.map(\.path) == ["sweep/\(path)"] && found.first?.isDrift == true
    }
    for (old, new) in [
      ("/Type /Catalog", "/OpenAction << /S /JavaScript /JS (x) >> /Type /Catalog"),
      ("/Type /Catalog", "/O#70enAction << /S /URI >> /Type /Catalog"),
      ("/Title (", "/Title (99 % "), ("/MediaBox [ 0 0", "/MediaBox [ 99 99"),
    ] {
      let forged = honest.replacing(Data(old.utf8), with: Data(new.utf8))
      #expect(try isDrift(forged), "\(new)")
    }
    #expect(try isDrift(Data("%PDF-1.5\n".utf8)))
    #expect(try isDrift(Data("not a PDF".utf8)))
    guard !claimsAnotherCairo else { return }
    // Another figure, and bytes behind the end.
    #expect(try isDrift(place.bytes("figures/residuals.pdf")))
    #expect(try isDrift(honest + Data("%x".utf8)))
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
    // What stands behind its end is content, whoever wrote it.
    #expect(found.map(\.tier) == [.text])
    #expect(found.first?.isDrift == true)
  }

  @Test func aChangedTemplateIsAnInput() throws {
    let place = try committed()
    try place.changeManifest { $0.templates[0].sha256 = String(repeating: "0", count: 64) }
    let found = try place.check()
    #expect(found.map(\.tier) == [.inputs], "\(found)")
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

  fileprivate func changeManifest(
    keepsDigest: Bool = false, _ change: (inout Manifest) -> Void
  ) throws {
    let path = "Output/sweep/manifest.json"
    var manifest = try JSONDecoder().decode(Manifest.self, from: Data(folder.text(path).utf8))
    change(&manifest)
    if !keepsDigest {
      manifest.digest = Manifest.digest(
        settings: manifest.settings, inputs: manifest.inputs, templates: manifest.templates,
        version: manifest.program.version)
    }
    try folder.write(path, JSONText.encode(manifest))
  }
}
