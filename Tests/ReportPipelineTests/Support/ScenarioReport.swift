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
    // Side by side: the last tests wait for all of them.
    return try await withThrowingTaskGroup(of: (Int, Self).self) { group in
      for (place, scenario) in ReportScenario.all.enumerated() {
        group.addTask { (place, try make(scenario.name, try scenario.workplace(), templates)) }
      }
      return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }
}
