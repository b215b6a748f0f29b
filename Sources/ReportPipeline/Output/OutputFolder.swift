import Foundation
import RunLogs

/// The folder that reports are published in.
///
/// It may hold whatever its owner put there, and a stranger may have put it there. A folder of a
/// sweep is the program's only with a manifest of its own, and of that folder only the files are
/// that carry a name which the program gives.
package struct OutputFolder: Sendable {
  package let url: URL
  /// The path as the user typed it, for messages.
  package let name: String

  static let index = "README.md"
  /// The most bytes that are read of a manifest.json or results.json that nothing is compared with.
  static let largestFile = 32 << 20

  package init(path: String) {
    name = path
    url = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL
  }

  /// How much of a committed file is read to compare it with a new one: what is far longer differs.
  static func most(comparedWith new: [UInt8]) -> Int { 2 * new.count + (1 << 20) }

  /// The way to its files, by which no link is followed.
  var door: Door { Door(url.path) }

  /// The folder of a sweep's report: the sweep's own name where paths in LaTeX, links and every
  /// file system take it as it is, else its ASCII letters and digits and four letters of its digest.
  package static func name(ofSweep sweep: String) -> String {
    let slug = sweep.unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".": scalar
      default: "-"
      }
    }
    let isPlain =
      slug.elementsEqual(sweep.unicodeScalars) && slug.count <= 100 && slug.first != "."
      && slug.first != "-"
    guard !isPlain else { return sweep }
    return String(String.UnicodeScalarView(slug.drop { $0 == "." || $0 == "-" }.prefix(80)))
      + "-" + LaTeX.mark(sweep)
  }

  /// Refuses a folder that cannot be written or that would endanger other files.
  package func check(dataRoot: URL) throws(PipelineError) {
    guard !name.isEmpty, !name.utf8.contains(0) else {
      throw .unreadable(["--output: \"\" is not a path; name a folder"])
    }
    let output = resolved(url)
    let data = resolved(dataRoot.standardizedFileURL)
    if output.starts(with: data) || data.starts(with: output) {
      throw refused("overlaps the data folder", "choose a folder outside of it")
    }
    let parent = url.deletingLastPathComponent()
    switch Door(parent.path).kind(url.lastPathComponent) {
    case .absent, .unreadable: return try checkWritable(parent)
    case .link: throw refused("is a symbolic link", "name the folder itself")
    case .file, .other: throw refused("is not a folder", "choose another --output")
    case .folder: break
    }
    try checkWritable(url)
    try checkWritable(parent)
    if door.kind(Self.index) != .absent, sweeps.isEmpty {
      throw refused(
        "has a README.md that is not the index of a report", "choose another --output")
    }
  }

  /// Refuses sweeps whose reports would take the place of something else: of the index, of each
  /// other, or of a folder that the program did not make.
  package func check(sweeps: [String]) throws(PipelineError) {
    // File systems may ignore case.
    var owners: [String: String] = [Self.index.lowercased(): "the index"]
    for sweep in sweeps {
      let folder = Self.name(ofSweep: sweep)
      if let owner = owners.updateValue(sweep, forKey: folder.lowercased()) {
        throw .invalid([
          "\(sweep.quoted): its report would stand in the place of \(owner); rename the folder"
        ])
      }
      try check(folder: folder)
    }
  }

  private func check(folder: String) throws(PipelineError) {
    let fix = "remove it, or choose another --output"
    switch door.kind(folder) {
    case .absent: return
    case .folder: break
    default:
      throw .unreadable(["\(name)/\(folder): the sweep's report needs a folder here; \(fix)"])
    }
    let isEmpty = (try? door.names(in: folder, hidden: true).isEmpty) ?? false
    guard isEmpty || Manifest.read(door, folder) != nil else {
      throw .unreadable([
        "\(name)/\(folder): the folder was not made by this program: it holds no manifest.json "
          + "that this program writes; \(fix)"
      ])
    }
  }

  /// The names of the folders that hold a sweep's report, sorted.
  package var sweeps: [String] {
    ((try? door.names()) ?? []).filter { Manifest.read(door, $0) != nil }
  }

  private func refused(_ fault: String, _ fix: String) -> PipelineError {
    .unreadable(["\(name): the output folder \(fault); \(fix)"])
  }

  private func checkWritable(_ folder: URL) throws(PipelineError) {
    var folder = folder
    while access(folder.path, F_OK) != 0, folder.pathComponents.count > 1 {
      folder = folder.deletingLastPathComponent()
    }
    guard FileManager.default.isWritableFile(atPath: folder.path) else {
      throw refused("cannot be written", "check the permissions of \(folder.lastPathComponent)")
    }
  }

  /// The path without links, also those above a folder that does not exist yet.
  private func resolved(_ url: URL) -> [String] {
    var existing = url
    var missing: [String] = []
    while existing.pathComponents.count > 1 {
      if let real = realpath(existing.path, nil) {
        defer { free(real) }
        return URL(filePath: String(cString: real)).pathComponents + missing
      }
      missing.insert(existing.lastPathComponent, at: 0)
      existing = existing.deletingLastPathComponent()
    }
    return ["/"] + missing
  }
}
