import Foundation
import Testing

/// SECURITY.md names tests that are there.
@Suite struct SecurityPageTests {
  @Test func everyTestThatIsNamedExists() throws {
    let page = try String(
      contentsOf: packageFolder.appendingPathComponent("SECURITY.md"), encoding: .utf8)
    let tests = packageFolder.appendingPathComponent("Tests")
    var sources: [String: String] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: tests.path)
    where path.hasSuffix("Tests.swift") {
      let url = tests.appendingPathComponent(path)
      sources[url.deletingPathExtension().lastPathComponent, default: ""] += try String(
        contentsOf: url, encoding: .utf8)
    }
    var named = 0
    for match in page.matches(of: /`([A-Z][A-Za-z]*Tests)(?:\.([a-z][A-Za-z0-9]*))?`/) {
      let source = try #require(sources[String(match.output.1)], "\(match.output.0)")
      guard let test = match.output.2 else { continue }
      named += 1
      #expect(source.contains("func \(test)("), "\(match.output.0)")
    }
    #expect(named >= 30)
  }
}
