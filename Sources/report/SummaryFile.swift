import ArgumentParser
import Foundation
import ReportPipeline

/// The file that --summary names.
struct SummaryFile {
  let path: String

  /// Refuses, before any work, a file that cannot be written or that belongs to something else.
  init(_ path: String, options: PipelineOptions) throws {
    self.path = path
    let url = URL(filePath: path)
    guard !path.isEmpty, !path.hasSuffix("/"), !path.utf8.contains(0) else {
      throw ValidationError("--summary takes the path of a file")
    }
    for (folder, name) in [(options.data, "data"), (options.output, "output")]
    where Self.isInside(url, URL(filePath: folder)) {
      throw Self.refusal(path, "is inside the \(name) folder; choose a file outside of it")
    }
    var isFolder: ObjCBool = false
    let manager = FileManager.default
    if manager.fileExists(atPath: path, isDirectory: &isFolder) {
      if isFolder.boolValue { throw Self.refusal(path, "is a folder; name a file") }
      if !manager.isWritableFile(atPath: path) { throw Self.refusal(path, "cannot be written") }
      return
    }
    let folder = url.deletingLastPathComponent()
    guard manager.isWritableFile(atPath: folder.path) else {
      throw Self.refusal(path, "cannot be made; its folder does not exist or is not writable")
    }
  }

  /// Replaces what the file held.
  func write(_ text: String) throws {
    do {
      // Not atomically: the name may be that of a stream such as /dev/stdout.
      try Data(text.utf8).write(to: URL(filePath: path))
    } catch {
      throw Self.refusal(path, "cannot be written")
    }
  }

  private static func refusal(_ path: String, _ fault: String) -> any Error {
    Console.error("error: \(path): the summary \(fault)")
    return ExitCode.inputOutput
  }

  private static func isInside(_ file: URL, _ folder: URL) -> Bool {
    let parent = file.standardizedFileURL.deletingLastPathComponent().resolvingSymlinksInPath()
    let outer = folder.standardizedFileURL.resolvingSymlinksInPath()
    return parent.pathComponents.starts(with: outer.pathComponents)
  }
}
