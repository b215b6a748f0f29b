import Foundation
import ReportPipeline
import TestSupport

/// What the report of a scenario says, made once for all tests that read it.
struct ScenarioReport: Sendable {
  var name: String
  /// Every file, with the marks of `MarkedTemplates` in its texts.
  var files: [String: Data]

  /// A file of the one sweep as the templates without marks make it.
  func text(_ file: String) -> String {
    let bytes = files["sweep/\(file)"] ?? Data()
    return tidied(Mark.removed(from: String(decoding: bytes, as: UTF8.self)))
  }

  /// The report and its appendix.
  var prose: String { text("report.md") + "\n" + text("appendix.md") }

  /// results.json as plain values.
  func results() throws -> [String: Any] {
    let bytes = files["sweep/results.json"] ?? Data()
    return try JSONSerialization.jsonObject(with: bytes) as? [String: Any] ?? [:]
  }

  static func make(_ name: String, _ place: Workplace, _ templates: MarkedTemplates) throws -> Self
  {
    try templates.write(to: place.folder, "Marked")
    place.options.templates = place.folder.url.appending(path: "Marked").path
    try place.run()
    return Self(name: name, files: try place.folder.files("Output"))
  }

  /// Those of `ReportScenario.all`.
  static func all() async throws -> [Self] { try await made.value }

  private static let made = Task {
    let templates = try MarkedTemplates()
    return try ReportScenario.all.map { try make($0.name, try $0.workplace(), templates) }
  }
}
