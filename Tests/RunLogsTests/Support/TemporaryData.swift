import Foundation
import RunLogs
import Testing

/// A data root in a temporary folder that goes when the value does.
final class TemporaryData {
  let root: String

  init(_ files: [String: String] = [:]) throws {
    root = NSTemporaryDirectory() + "/runlogs-" + UUID().uuidString + "/Data"
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    for (path, text) in files { try write(path, text) }
  }

  deinit {
    try? FileManager.default.removeItem(
      atPath: URL(fileURLWithPath: root).deletingLastPathComponent().path)
  }

  func write(_ path: String, _ text: String) throws {
    try write(path, Array(text.utf8))
  }

  func write(_ path: String, _ bytes: [UInt8]) throws {
    let url = URL(fileURLWithPath: root + "/" + path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  func link(_ path: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: root + "/" + path, withDestinationPath: target)
  }

  /// Reads the only sweep.
  func load() throws -> Result<Sweep, SweepErrors> {
    let folders = try SweepLoader.discover(dataRoot: root)
    return SweepLoader.load(try #require(folders.first))
  }

  /// The sweep, or a failed test with its errors.
  func sweep(sourceLocation: Testing.SourceLocation = #_sourceLocation) throws -> Sweep {
    switch try load() {
    case .success(let sweep): return sweep
    case .failure(let errors):
      Issue.record("\(errors)", sourceLocation: sourceLocation)
      throw errors
    }
  }

  /// The errors of a sweep that cannot be read.
  func errors(sourceLocation: Testing.SourceLocation = #_sourceLocation) throws -> [Fault] {
    switch try load() {
    case .success(let sweep):
      Issue.record("read \(sweep.runs.count) runs", sourceLocation: sourceLocation)
      return []
    case .failure(let errors): return errors.errors
    }
  }
}

/// The lines of an error list, for comparison.
func lines(_ errors: [Fault]) -> [String] { errors.map(\.description) }

/// A table with the given rows of `run,dense_params,sparsity,tokens,val_loss`.
func table(_ rows: String...) -> String {
  (["run,dense_params,sparsity,tokens,val_loss"] + rows).joined(separator: "\n") + "\n"
}
