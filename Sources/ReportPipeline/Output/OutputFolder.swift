import Foundation
import RunLogs

/// The folder that reports are published in.
///
/// A report is assembled in a folder beside it, which then takes its place in one step, so that
/// the old report is whole until the new one is. Files that no manifest lists are carried over.
package struct OutputFolder {
  package let url: URL
  /// The path as the user typed it, for messages.
  package let name: String

  private static let index = "README.md"

  package init(path: String) {
    name = path
    url = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL
  }

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
    if isInside(output, data) || isInside(data, output) {
      throw refused("overlaps the data folder", "choose a folder outside of it")
    }
    guard let type = fileType(url) else {
      return try checkWritable(url.deletingLastPathComponent())
    }
    if type == .typeSymbolicLink {
      throw refused("is a symbolic link", "name the folder itself")
    }
    guard type == .typeDirectory else {
      throw refused("is not a folder", "choose another --output")
    }
    try checkWritable(url)
    try checkWritable(url.deletingLastPathComponent())
    let hasIndex = fileType(url.appending(path: Self.index)) != nil
    if hasIndex, sweeps(in: url).isEmpty {
      throw refused(
        "has a README.md that is not the index of a report", "choose another --output")
    }
  }

  /// Puts `files` in place of what the last reports of `sweeps` wrote; keeps the rest.
  ///
  /// - Parameters:
  ///   - index: makes the index from the sweep folders of the assembled output, by name.
  package func publish(
    _ files: [OutputFile], sweeps: [String], index: ([URL]) throws -> Data
  ) throws(PipelineError) {
    // File systems may ignore case.
    var owners: [String: String] = [Self.index.lowercased(): "the index"]
    for sweep in sweeps {
      let folder = Self.name(ofSweep: sweep).lowercased()
      if let owner = owners.updateValue(sweep, forKey: folder) {
        throw .invalid([
          "\(sweep.quoted): its report would stand in the place of \(owner); rename the folder"
        ])
      }
    }
    do {
      try removeAbandonedStages()
      let stage = stageURL(owner: ProcessInfo.processInfo.processIdentifier)
      try FileManager.default.createDirectory(at: stage, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: stage) }
      try carryOver(to: stage, except: outdated(sweeps))
      for file in files { try write(file, below: stage) }
      let folders = self.sweeps(in: stage).map { stage.appending(path: $0) }
      try write(OutputFile(path: Self.index, bytes: index(folders)), below: stage)
      try FolderExchange.put(stage, inPlaceOf: url)
    } catch let error as PipelineError {
      throw error
    } catch {
      throw .unreadable(["\(name): cannot be written: \(error.localizedDescription)"])
    }
  }

  /// The names of the folders that hold a sweep's results, sorted.
  package func sweeps(in folder: URL) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter {
      fileType(folder.appending(path: $0).appending(path: "manifest.json")) == .typeRegular
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// What the last run wrote for `sweeps`, by path.
  private func outdated(_ sweeps: [String]) -> Set<String> {
    var paths: Set = [Self.index]
    for sweep in sweeps.map(Self.name) {
      let folder = url.appending(path: sweep)
      guard let manifest = Manifest.read(from: folder) else { continue }
      paths.insert("\(sweep)/manifest.json")
      for entry in manifest.outputs { paths.insert("\(sweep)/\(entry.path)") }
    }
    return paths
  }

  private func carryOver(to stage: URL, except outdated: Set<String>) throws {
    guard fileType(url) == .typeDirectory else { return }
    let manager = FileManager.default
    for path in try manager.subpathsOfDirectory(atPath: url.path).sorted() {
      let source = url.appending(path: path)
      guard !outdated.contains(path), fileType(source) != .typeDirectory else { continue }
      let target = stage.appending(path: path)
      try manager.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      do {
        try manager.linkItem(at: source, to: target)
      } catch {
        try manager.copyItem(at: source, to: target)
      }
    }
  }

  private func write(_ file: OutputFile, below folder: URL) throws {
    let target = folder.appending(path: file.path)
    try FileManager.default.createDirectory(
      at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    // A file carried over is a hard link: writing through it would change the old report.
    if fileType(target) != nil { try FileManager.default.removeItem(at: target) }
    try file.bytes.write(to: target)
  }

  private var stagePrefix: String { ".\(url.lastPathComponent).new-" }

  private func stageURL(owner: Int32) -> URL {
    url.deletingLastPathComponent().appending(path: "\(stagePrefix)\(owner)")
  }

  /// Removes what runs that were killed left behind; leaves those of running processes.
  private func removeAbandonedStages() throws {
    let parent = url.deletingLastPathComponent()
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent.path)) ?? []
    let own = ProcessInfo.processInfo.processIdentifier
    for name in names where name.hasPrefix(stagePrefix) {
      guard let owner = Int32(name.dropFirst(stagePrefix.count)) else { continue }
      let isRunning = kill(owner, 0) == 0 || errno == EPERM
      if owner == own || !isRunning {
        try FileManager.default.removeItem(at: parent.appending(path: name))
      }
    }
  }

  private func refused(_ fault: String, _ fix: String) -> PipelineError {
    .unreadable(["\(name): the output folder \(fault); \(fix)"])
  }

  private func checkWritable(_ folder: URL) throws(PipelineError) {
    var folder = folder
    while fileType(folder) == nil, folder.pathComponents.count > 1 {
      folder = folder.deletingLastPathComponent()
    }
    guard FileManager.default.isWritableFile(atPath: folder.path) else {
      throw refused("cannot be written", "check the permissions of \(folder.lastPathComponent)")
    }
  }

  private func fileType(_ url: URL) -> FileAttributeType? {
    let path =
      url.path.count > 1 && url.path.hasSuffix("/") ? String(url.path.dropLast()) : url.path
    return try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
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

  private func isInside(_ path: [String], _ folder: [String]) -> Bool {
    path.starts(with: folder)
  }
}
