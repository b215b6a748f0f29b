import Foundation

/// What went into a sweep's report and what came out, as manifest.json holds it.
public struct Manifest: Codable, Sendable, Equatable {
  public struct Entry: Codable, Sendable, Equatable {
    /// Inputs: from the data root. Templates: from the templates folder. Outputs: from the
    /// sweep's folder.
    public var path: String
    public var sha256: String
  }

  public struct Program: Codable, Sendable, Equatable {
    public var name: String
    public var version: String
  }

  public var schema = 1
  public var program: Program
  /// What drew the figures.
  public var rendering: [String: String]
  /// The options that change the output.
  public var settings: [String: String]
  /// One digest of inputs, templates and settings, which stands in every figure's metadata.
  public var digest: String
  public var inputs: [Entry]
  public var templates: [Entry]
  public var outputs: [Entry]

  /// The digest of everything that goes into a report.
  package static func digest(
    settings: [String: String], inputs: [Entry], templates: [Entry], version: String
  ) -> String {
    var lines = ["version \(version)"]
    lines += settings.sorted { $0.key < $1.key }.map { "setting \($0.key) \($0.value)" }
    lines += inputs.map { "input \($0.sha256) \($0.path)" }
    lines += templates.map { "template \($0.sha256) \($0.path)" }
    return Digest.sha256(Data(lines.joined(separator: "\n").utf8))
  }

  /// Reads the manifest of an earlier run; nil where there is none or it cannot be read.
  package static func read(from folder: URL) -> Manifest? {
    guard let bytes = try? Data(contentsOf: folder.appending(path: "manifest.json")) else {
      return nil
    }
    return try? JSONDecoder().decode(Manifest.self, from: bytes)
  }
}
