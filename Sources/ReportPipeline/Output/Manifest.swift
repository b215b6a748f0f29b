import Foundation
import RunLogs

/// What went into a sweep's report and what came out, as manifest.json holds it.
public struct Manifest: Codable, Sendable, Equatable {
  public struct Entry: Codable, Sendable, Equatable {
    /// Inputs: from the data root. Templates: from the templates folder. Outputs: from the
    /// sweep's folder.
    public var path: String
    public var sha256: String

    package init(path: String, sha256: String) {
      self.path = path
      self.sha256 = sha256
    }
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

  /// Reads the manifest of an earlier run; nil where there is none that this program wrote.
  package static func read(from folder: URL) -> Manifest? {
    read(Door(folder.deletingLastPathComponent().path), folder.lastPathComponent)
  }

  /// Reads the manifest of a sweep's folder below a door.
  static func read(_ door: Door, _ folder: String) -> Manifest? {
    guard
      let bytes = try? door.bytes("\(folder)/manifest.json", atMost: OutputFolder.largestFile),
      let manifest = try? JSONDecoder().decode(Manifest.self, from: Data(bytes)), manifest.isOwn
    else { return nil }
    return manifest
  }

  /// Whether it is one that this program may have written: with digests where digests stand, and
  /// outputs of the names that the program gives. Whether it is true is another question.
  private var isOwn: Bool {
    schema == 1 && program.name == "report" && Self.isDigest(digest)
      && outputs.allSatisfy { Self.isOutput($0.path) && Self.isDigest($0.sha256) }
      && Set(outputs.map(\.path)).count == outputs.count
  }

  private static func isDigest(_ text: String) -> Bool {
    text.utf8.count == 64
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  /// Whether a path in a sweep's folder is one that a report gives to a file.
  package static func isOutput(_ path: String) -> Bool {
    if (SweepDocument.pages + ["results.json", "numbers.tex"]).contains(path) { return true }
    let folders = ["figures": ["png", "svg", "pdf", "tex"], "tables": ["csv", "tex"]]
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count == 2,
      let kinds = folders[String(decoding: parts[0], as: UTF8.self)]
    else { return false }
    let name = parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard name.count == 2, kinds.contains(String(decoding: name[1], as: UTF8.self)) else {
      return false
    }
    return (1...100).contains(name[0].count)
      && name[0].allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
      }
  }
}
