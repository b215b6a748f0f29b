import Foundation
import RunLogs

/// The new content of an output folder while it is made, in a folder beside it.
///
/// Reports are written sweep by sweep, so that no more than one is in memory. `publish` adds what
/// stays of the old folder and puts the new one in its place in one step: the old report is whole
/// until the new one is, and whatever fails before leaves it as it was.
package final class OutputStage {
  private let output: OutputFolder
  private let url: URL
  /// The folders of the sweeps written so far.
  private var folders: Set<String> = []
  /// The paths written so far.
  private var written: Set<PathKey> = []
  /// Files that are no longer made and stay, since they are not as they were made.
  private(set) var kept: [String] = []

  package init(_ output: OutputFolder) throws(PipelineError) {
    self.output = output
    let prefix = ".\(output.url.lastPathComponent).new-"
    let parent = output.url.deletingLastPathComponent()
    let own = ProcessInfo.processInfo.processIdentifier
    url = parent.appending(path: prefix + "\(own)")
    do {
      Self.removeAbandoned(prefix, in: parent, own: own)
      try Scratch.make(url)
    } catch {
      throw Self.failure(output, error)
    }
  }

  deinit { Scratch.remove(url) }

  /// Writes the files of one sweep's report, whose paths begin with the sweep's folder.
  package func add(_ files: [OutputFile], folder: String) throws(PipelineError) {
    folders.insert(folder)
    for file in files {
      // The old folder's own entries must not be in the way of what belongs there.
      let parts = file.path.pathParts
      for length in 1...max(parts.count, 1) {
        let place = parts.prefix(length).joined(separator: "/")
        let wanted: Door.Kind = length == parts.count ? .file : .folder
        let kind = output.door.kind(place)
        guard kind == wanted || kind == .absent else {
          throw .unreadable([
            "\(output.name)/\(place): the report needs \(wanted == .file ? "a file" : "a folder") "
              + "here, and something else is; move it away"
          ])
        }
      }
      try write(file)
    }
  }

  /// Adds the index and what stays of the old folder, and takes its place.
  ///
  /// - Parameter index: makes the index from the new folder.
  package func publish(index: (OutputFolder) throws -> Data) throws(PipelineError) {
    do {
      let stage = OutputFolder(path: url.path)
      let lock = Lock(output.url.deletingLastPathComponent())
      defer { lock.release() }
      try Scratch.whole { try carryOver() }
      try write(OutputFile(path: OutputFolder.index, bytes: index(stage)))
      try Scratch.whole { try FolderExchange.put(url, inPlaceOf: output.url) }
    } catch {
      throw Self.failure(output, error)
    }
  }

  /// Writes a new file: never one that is there, nor through a link.
  private func write(_ file: OutputFile) throws(PipelineError) {
    written.insert(PathKey(file.path))
    let target = url.appending(path: file.path)
    do {
      try Scratch.whole {
        try FileManager.default.createDirectory(
          at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        let descriptor = open(
          target.path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw SystemError(code: errno) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: file.bytes)
        try handle.close()
      }
    } catch {
      throw Self.failure(output, error)
    }
  }

  // MARK: What stays

  /// Links everything that is not the program's, or of a sweep that was not made again.
  private func carryOver() throws {
    guard output.door.kind() == .folder else { return }
    for folder in folders { try outdated(folder) }
    try carry("")
  }

  /// The paths that the last run wrote for a sweep and that go now.
  private var gone: Set<PathKey> = []

  /// Notes what goes: only files that carry a name of ours and are as the manifest says.
  private func outdated(_ folder: String) throws {
    guard let manifest = Manifest.read(output.door, folder) else { return }
    for entry in manifest.outputs {
      let path = "\(folder)/\(entry.path)"
      guard !written.contains(PathKey(path)), output.door.kind(path) == .file else { continue }
      if (try? Digest.sha256(output.door, path)) == entry.sha256 {
        gone.insert(PathKey(path))
      } else {
        kept.append("\(output.name)/\(path)")
      }
    }
  }

  private func carry(_ folder: String) throws {
    for name in try output.door.names(in: folder.isEmpty ? "." : folder, hidden: true) {
      let path = folder.isEmpty ? name : "\(folder)/\(name)"
      guard path != OutputFolder.index, !written.contains(PathKey(path)),
        !gone.contains(PathKey(path))
      else { continue }
      let source = output.url.path + "/" + path
      let place = url.path + "/" + path
      if output.door.kind(path) == .folder {
        if mkdir(place, 0o700) != 0, errno != EEXIST { throw SystemError(code: errno) }
        try carry(path)
        Self.copyMode(source, place)
        // A folder that held nothing but what is gone goes with it.
        if folders.contains(where: { path == "\($0)/figures" || path == "\($0)/tables" }) {
          rmdir(place)
        }
      } else if link(source, place) != 0 {
        // Where another user's file may not be linked.
        guard output.door.kind(path) == .file || output.door.kind(path) == .link else {
          throw SystemError(code: errno)
        }
        try FileManager.default.copyItem(atPath: source, toPath: place)
      }
    }
    if folder.isEmpty { Self.copyMode(output.url.path, url.path) }
  }

  private static func copyMode(_ source: String, _ target: String) {
    var status = stat()
    if stat(source, &status) == 0 { chmod(target, status.st_mode & 0o7777) }
  }

  // MARK: Around it

  /// Removes what runs that were killed left behind; leaves those of running processes.
  private static func removeAbandoned(_ prefix: String, in parent: URL, own: Int32) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent.path)) ?? []
    for name in names where name.utf8.starts(with: prefix.utf8) {
      guard
        let owner = Int32(String(decoding: name.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)),
        Door(parent.path).kind(name) == .folder
      else { continue }
      let isRunning = kill(owner, 0) == 0 || errno == EPERM
      if owner == own || !isRunning {
        try? FileManager.default.removeItem(at: parent.appending(path: name))
      }
    }
  }

  private static func failure(_ output: OutputFolder, _ error: any Error) -> PipelineError {
    if let error = error as? PipelineError { return error }
    let reason =
      (error as? SystemError)?.description ?? (error as? Fault)?.description
      ?? error.localizedDescription
    return .unreadable(["\(output.name): cannot be written: \(reason)"])
  }

  private struct SystemError: Error, CustomStringConvertible {
    var code: Int32
    var description: String { String(cString: strerror(code)) }
  }

  /// Keeps two runs from putting their folders in the same place at once, where the file system
  /// has locks.
  private struct Lock {
    private let descriptor: Int32

    init(_ folder: URL) {
      descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      if descriptor >= 0 { flock(descriptor, LOCK_EX) }
    }

    func release() { if descriptor >= 0 { close(descriptor) } }
  }
}
