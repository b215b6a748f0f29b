import Foundation
import ReportPipeline
import TestSupport
import Testing

/// What the program carries and lists is what Templates/ holds. After a change there, run once with
/// REPORT_REWRITE=1, which makes both files anew and still fails that run.
@Suite("The templates that the program carries")
struct BuiltInTemplateTests {
  private static let rewrites = ProcessInfo.processInfo.environment["REPORT_REWRITE"] == "1"
  private static let folder = packageFolder.appending(path: "Templates")

  private static func library() throws -> TemplateLibrary {
    try TemplateLibrary(folder: folder, name: "Templates")
  }

  private func expect(_ path: String, is text: String) throws {
    let file = packageFolder.appending(path: path)
    guard try String(contentsOf: file, encoding: .utf8) != text else { return }
    Issue.record("\(path) is not what Templates/ and the sections say; run with REPORT_REWRITE=1")
    if Self.rewrites { try Data(text.utf8).write(to: file) }
  }

  @Test func areThoseOfTheFolder() throws {
    let sources = Dictionary(
      uniqueKeysWithValues: try Self.library().files.map {
        ($0.path, String(decoding: $0.bytes, as: UTF8.self))
      })
    try expect(
      "Sources/ReportPipeline/Templating/BuiltInTemplates.swift",
      is: TemplateLibrary.swift(sources))
  }

  @Test func theListOfValuesIsWhole() throws {
    try expect("Templates/README.md", is: TemplateReference.text)
  }

  @Test func canBeWrittenOutAndUsed() throws {
    let place = try Workplace()
    place.options.templates = nil
    try place.run()
    let report = try place.report()
    let folder = place.folder.url.appending(path: "Words")
    try TemplateLibrary.builtIn().write(to: folder, name: "Words")
    place.options.templates = folder.path
    try place.run()
    #expect(try place.report() == report)
    #expect(throws: PipelineError.self) {
      try TemplateLibrary.builtIn().write(to: folder, name: "Words")
    }
  }

  /// What makes them easy to edit.
  @Test func areForPeople() throws {
    for (path, bytes) in try Self.library().files {
      var open: [Substring] = []
      for (index, line) in String(decoding: bytes, as: UTF8.self).split(
        separator: "\n", omittingEmptySubsequences: false
      ).enumerated() {
        let place = "Templates/\(path):\(index + 1)"
        #expect(line.count <= 200, "\(place) is long")
        #expect(
          path.hasSuffix(".tex") || line.hasPrefix("|")
            || line.firstMatch(of: /[a-z)}]\. [A-Z]/) == nil, "\(place): two sentences")
        for match in line.matches(of: /\{\{([#^\/])([\w.]+)\}\}/) {
          if match.1 == "/" { _ = open.popLast() } else { open.append(match.2) }
          // A table in LaTeX is one chapter around its rows.
          let most = path.hasSuffix(".tex") ? 4 : 2
          #expect(open.count <= most, "\(place): too deep")
        }
      }
    }
    let size = TemplateReference.size
    #expect(size.names <= 350 && size.flags <= 50, "\(size)")
  }
}
