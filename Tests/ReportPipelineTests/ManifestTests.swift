import Foundation
import ReportPipeline
import TestSupport
import Testing

@Suite("The manifest tells what went in and what came out")
struct ManifestTests {
  private func manifest(_ place: Workplace) throws -> Manifest {
    try #require(Manifest.read(from: place.folder.url.appending(path: "Output/sweep")))
  }

  private let published = """
    published:
      name: Someone
      coefficients: {a_S: 10, b_S: 0.9, c_S: 20, b_N: 0.25, a_D: 2.0e5, b_D: 0.35, c: 0.8}

    """

  /// Runs and gives the digest of what went in.
  private func digest(_ place: Workplace) throws -> String {
    try place.run()
    return try manifest(place).digest
  }

  @Test func everyOutputIsListedWithItsDigest() throws {
    let place = try Workplace()
    try place.run()
    let manifest = try manifest(place)
    var files = try place.folder.files("Output/sweep")
    files["manifest.json"] = nil
    #expect(manifest.outputs.map(\.path) == files.keys.sorted())
    #expect(manifest.outputs.map(\.path).allSatisfy(Manifest.isOutput))
    for entry in manifest.outputs {
      #expect(entry.sha256 == Digest.sha256(try #require(files[entry.path])))
    }
  }

  @Test func inputsAndTemplatesAreListedWithTheirDigests() throws {
    let place = try Workplace()
    try place.settings("runs: [runs.csv]\n")
    try place.run()
    let manifest = try manifest(place)
    #expect(manifest.inputs.map(\.path) == ["sweep/runs.csv", "sweep/sweep.yml"])
    let table = place.folder.url.appending(path: "Data/sweep/runs.csv")
    #expect(manifest.inputs.first?.sha256 == (try Digest.sha256(Data(contentsOf: table))))
    #expect(manifest.templates.contains { $0.path == "sections/summary.md" })
    #expect(manifest.templates.map(\.path) == manifest.templates.map(\.path).sorted())
  }

  @Test func aDigestIsTheStandardOne() {
    #expect(
      Digest.sha256(Data("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func theDigestChangesWithWhateverGoesIn() throws {
    // Without runs to fit, a report takes next to no time.
    let place = try Workplace([:])
    try place.settings(published)
    let templates = place.folder.url.appending(path: "Templates")
    try FileManager.default.copyItem(
      at: packageFolder.appending(path: "Templates"), to: templates)
    place.options.templates = templates.path
    var digests = [try digest(place)]
    #expect(try digest(place) == digests[0])
    try place.settings(published + "title: Another\n")
    digests.append(try digest(place))
    let summary = try place.folder.text("Templates/sections/summary.md")
    try place.folder.write("Templates/sections/summary.md", summary + "\n")
    digests.append(try digest(place))
    place.options.fit.starts = 9
    digests.append(try digest(place))
    place.options.fit.seed = 7
    digests.append(try digest(place))
    place.options.formats = [.svg, .png]
    digests.append(try digest(place))
    place.options.preset = try #require(.named("icml"))
    digests.append(try digest(place))
    #expect(Set(digests).count == digests.count)
    place.options.fit.threads = 1
    #expect(try digest(place) == digests.last)
  }

  @Test func theDigestChangesWithALog() throws {
    let place = try Workplace()
    let before = try digest(place)
    try place.folder.write("Data/sweep/runs.csv", Design(noise: 0.0021).csv)
    #expect(try digest(place) != before)
  }

  @Test func everyFigureCarriesTheDigest() throws {
    let place = try Workplace()
    place.options.formats = [.svg, .png]
    let digest = try digest(place)
    // Snippets for LaTeX cite the pictures and carry nothing of their own.
    let pictures = try place.folder.files("Output/sweep/figures").filter {
      !$0.0.hasSuffix(".tex")
    }
    #expect(!pictures.isEmpty)
    for (path, bytes) in pictures {
      #expect(bytes.firstRange(of: Data(digest.utf8)) != nil, "\(path)")
    }
  }

  @Test func nothingTellsWhoMadeItOrWhere() throws {
    let place = try Workplace()
    place.options.formats = [.png, .svg, .pdf]
    try place.run()
    var secrets = [place.folder.path, packageFolder.path, "/usr/", "/root/", "/home/"]
    let host = ProcessInfo.processInfo.hostName
    if host != "localhost", host.count > 3 { secrets.append(host) }
    let user = NSUserName()
    if user.count > 4 { secrets.append(user) }
    for (path, bytes) in try place.folder.files("Output") {
      for secret in secrets {
        #expect(bytes.firstRange(of: Data(secret.utf8)) == nil, "\(secret) in \(path)")
      }
    }
  }
}
