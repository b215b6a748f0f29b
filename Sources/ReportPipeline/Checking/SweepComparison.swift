import Foundation
import RunLogs

/// Compares the files of one sweep, committed and regenerated.
struct SweepComparison {
  /// The sweep's folder.
  let name: String
  let old: Door
  let new: Door
  private let oldManifest: Manifest?
  private let newManifest: Manifest?
  /// The digests that the committed manifest gives, by path.
  private let oldDigests: [String: String]

  private static let manifest = "manifest.json"

  init(_ name: String, old: Door, new: Door) {
    self.name = name
    self.old = old
    self.new = new
    oldManifest = Manifest.read(old, name)
    newManifest = Manifest.read(new, name)
    oldDigests = Dictionary(
      (oldManifest?.outputs ?? []).map { ($0.path, $0.sha256) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Every difference of the sweep's files, unordered.
  func differences() -> [Difference] {
    let expected = Set((newManifest?.outputs ?? []).map(\.path) + [Self.manifest])
    return expected.sorted().flatMap(differences) + unexpected(expected)
  }

  /// What stands in the committed folder and is not made.
  private func unexpected(_ expected: Set<String>) -> [Difference] {
    var found: [Difference] = []
    func look(in folder: String) {
      for entry in (try? old.names(in: "\(name)/\(folder)", hidden: true)) ?? [] {
        let path = folder.isEmpty ? entry : "\(folder)/\(entry)"
        if old.kind("\(name)/\(path)") == .folder, ["figures", "tables"].contains(path) {
          look(in: path)
        } else if !expected.contains(path) {
          let isOurs = oldDigests[path] != nil
          var difference = Difference(
            path: "\(name)/\(path)", kind: isOurs ? .leftOver : .foreign, .init(.files))
          if !isOurs { difference.remains = "\(name)/\(path)" }
          found.append(difference)
        }
      }
    }
    look(in: "")
    return found
  }

  private func differences(_ path: String) -> [Difference] {
    let place = "\(name)/\(path)"
    guard old.kind(place) != .absent else {
      return [Difference(path: place, kind: .missing, .init(.files))]
    }
    do throws(Fault) {
      let after = try new.bytes(place, atMost: .max)
      let before = try old.bytes(place, atMost: OutputFolder.most(comparedWith: after))
      return findings(path, Data(before), Data(after)).map { Difference(path: place, $0) }
    } catch {
      return [Difference(path: place, .init(.files, "the committed file \(error.message)"))]
    }
  }

  private func findings(_ path: String, _ before: Data, _ after: Data) -> [Difference.Finding] {
    if path == Self.manifest { return manifestFindings(before, after) }
    var findings = before == after ? [] : content(path, before, after)
    if before != after, findings.isEmpty { findings = [.init(.bytes)] }
    // Nothing graver is known of it.
    if findings.allSatisfy({ $0.tier == .bytes }), oldManifest != nil,
      oldDigests[path] != Digest.sha256(before)
    {
      findings = [
        .init(.files, "the committed file is not the one that its manifest.json lists")
      ]
    }
    return findings
  }

  private func manifestFindings(_ before: Data, _ after: Data) -> [Difference.Finding] {
    guard let oldManifest, let newManifest else {
      return [.init(.files, "the committed file is no manifest that this program writes")]
    }
    let findings = ManifestComparison.differences(oldManifest, newManifest)
    guard (try? JSONText.encode(oldManifest)) == before else {
      return findings + [.init(.text, "the committed file is not as this program writes it")]
    }
    return findings.isEmpty && before != after ? [.init(.bytes)] : findings
  }

  /// What differs beyond the bytes.
  private func content(_ path: String, _ before: Data, _ after: Data) -> [Difference.Finding] {
    let drawings = DrawingComparison(
      oldDigest: oldManifest?.digest ?? "", newDigest: newManifest?.digest ?? "",
      // A broken manifest claims nothing.
      isOtherRenderer: oldManifest.map { $0.rendering != newManifest?.rendering } ?? false)
    switch path.utf8.split(separator: UInt8(ascii: ".")).last.map({
      String(decoding: $0, as: UTF8.self)
    }) {
    case "json": return json(before, after)
    case "png": return drawings.compare(png: before, after)
    case "svg": return drawings.compare(svg: before, after)
    case "pdf": return drawings.compare(pdf: before, after)
    case "csv":
      return TextComparison.firstDifference(ofTables: Array(before), Array(after)).map { [$0] }
        ?? []
    default: return TextComparison.firstDifference(Array(before), Array(after)).map { [$0] } ?? []
    }
  }

  private func json(_ before: Data, _ after: Data) -> [Difference.Finding] {
    let decoder = JSONDecoder()
    guard let new = try? decoder.decode(JSONTree.self, from: after),
      let old = try? decoder.decode(JSONTree.self, from: before)
    else { return [.init(.text, "the committed file is not JSON")] }
    let findings = old.differences(from: new)
    guard findings.isEmpty else { return findings }
    // Such as a key that stands there twice, of which readers take one or the other.
    return NumericText(before).agrees(with: NumericText(after), Tolerance.isSame)
      ? [] : [.init(.text, "the committed file is not as this program writes it")]
  }
}
