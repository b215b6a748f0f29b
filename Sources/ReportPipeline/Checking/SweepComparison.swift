import Foundation

/// Compares the files of one sweep, committed and regenerated.
struct SweepComparison {
  let name: String
  let old: URL
  let new: URL
  private let oldManifest: Manifest?
  private let newManifest: Manifest?
  private let oldDigests: [String: String]

  init(_ name: String, old: URL, new: URL) {
    self.name = name
    self.old = old.appending(path: name)
    self.new = new.appending(path: name)
    oldManifest = Manifest.read(from: self.old)
    newManifest = Manifest.read(from: self.new)
    oldDigests = Dictionary(
      (oldManifest?.outputs ?? []).map { ($0.path, $0.sha256) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Every difference of the sweep's files, unordered.
  func differences() -> [Difference] {
    let outputs = (oldManifest?.outputs ?? []) + (newManifest?.outputs ?? [])
    return Set(outputs.map(\.path) + ["manifest.json"]).flatMap { path in
      let before = try? Data(contentsOf: old.appending(path: path))
      let after = try? Data(contentsOf: new.appending(path: path))
      return differences(path, before, after)
    }
  }

  private func differences(_ path: String, _ before: Data?, _ after: Data?) -> [Difference] {
    guard before != after else { return [] }
    let place = "\(name)/\(path)"
    guard let before else { return [Difference(path: place, kind: .missing, .init(.files))] }
    guard let after else { return [Difference(path: place, kind: .leftOver, .init(.files))] }
    var findings = findings(path, before, after)
    if findings.isEmpty { findings = [.init(.bytes)] }
    if findings == [.init(.bytes)], wasEdited(path, before) {
      findings = [
        .init(.files, "the committed file is not the one that its manifest.json lists")
      ]
    }
    return findings.map { Difference(path: place, $0) }
  }

  /// What differs beyond the bytes; empty or `bytes` for nothing.
  private func findings(_ path: String, _ before: Data, _ after: Data) -> [Difference.Finding] {
    switch path.split(separator: ".").last {
    case "json":
      if path == "manifest.json", let oldManifest, let newManifest {
        return ManifestComparison.differences(oldManifest, newManifest)
      }
      let decoder = JSONDecoder()
      if let old = try? decoder.decode(JSONTree.self, from: before),
        let new = try? decoder.decode(JSONTree.self, from: after)
      {
        return old.differences(from: new)
      }
    case "png": return [DrawingComparison.compare(png: before, after)]
    case "svg": return drawing(path, isSame: isSameSVG(before, after))
    case "pdf": return drawing(path, isSame: false)
    case "csv":
      if let (old, new) = texts(before, after) {
        return [TextComparison.firstDifference(ofTables: old, new)].compactMap { $0 }
      }
    default: break
    }
    guard let (old, new) = texts(before, after) else {
      return [.change(.text, at: "bytes", from: "\(before.count)", to: "\(after.count)")]
    }
    return [TextComparison.firstDifference(old, new)].compactMap { $0 }
  }

  /// A vector drawing whose bytes differ.
  ///
  /// Its PNG, where there is one, shows whether it looks different; without one, only another
  /// version of what draws it explains other bytes.
  private func drawing(_ path: String, isSame: Bool) -> [Difference.Finding] {
    if isSame { return [] }
    let isOtherRenderer = oldManifest?.rendering != newManifest?.rendering
    if hasPicture(path) || isOtherRenderer { return [] }
    return [.init(.pixels, "the same Cairo draws it otherwise")]
  }

  private func hasPicture(_ path: String) -> Bool {
    let picture = path.prefix { $0 != "." } + ".png"
    return [old, new].allSatisfy {
      FileManager.default.fileExists(atPath: $0.appending(path: String(picture)).path)
    }
  }

  private func isSameSVG(_ before: Data, _ after: Data) -> Bool {
    DrawingComparison.isSameDrawing(
      svg: before, after,
      digests: [oldManifest, newManifest].compactMap { $0?.digest })
  }

  /// Whether the committed file is no longer what the committed report was made with.
  private func wasEdited(_ path: String, _ bytes: Data) -> Bool {
    guard let digest = oldDigests[path] else { return false }
    return digest != Digest.sha256(bytes)
  }

  private func texts(_ before: Data, _ after: Data) -> (String, String)? {
    guard let old = String(validating: before, as: UTF8.self),
      let new = String(validating: after, as: UTF8.self)
    else { return nil }
    return (old, new)
  }
}
