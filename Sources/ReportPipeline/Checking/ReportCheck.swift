import Foundation

/// Makes a report again and compares it with a committed one.
public struct ReportCheck: Sendable {
  private let options: PipelineOptions
  private let progress: @Sendable (Pipeline.Stage, String, Int, Int) -> Void

  public init(
    _ options: PipelineOptions,
    progress: @escaping @Sendable (Pipeline.Stage, String, Int, Int) -> Void
  ) {
    self.options = options
    self.progress = progress
  }

  /// Every file that differs, sorted by path.
  public func run() throws(PipelineError) -> [Difference] {
    let committed = OutputFolder(path: options.output)
    guard (try? committed.url.checkResourceIsReachable()) == true else {
      throw .unreadable(["\(options.output): there is no such folder to check"])
    }
    let scratch = FileManager.default.temporaryDirectory
      .appending(path: "report-check-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: scratch) }
    do {
      try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    } catch {
      throw .unreadable(["\(scratch.path): cannot be made: \(error.localizedDescription)"])
    }
    var fresh = options
    fresh.output = scratch.appending(path: "Output").path
    let summary = try Pipeline(fresh, progress: progress).run()
    return try differences(
      sweeps: summary.analyses.map(\.sweep.name), fresh: OutputFolder(path: fresh.output),
      committed: committed)
  }

  private func differences(
    sweeps: [String], fresh: OutputFolder, committed: OutputFolder
  ) throws(PipelineError) -> [Difference] {
    // With --sweep the index is only part of the committed one.
    var paths: Set<String> = options.sweeps.isEmpty ? ["README.md"] : []
    for sweep in sweeps {
      paths.insert("\(sweep)/manifest.json")
      for folder in [fresh, committed] {
        let manifest = Manifest.read(from: folder.url.appending(path: sweep))
        for entry in manifest?.outputs ?? [] { paths.insert("\(sweep)/\(entry.path)") }
      }
    }
    var absent: Set<String> = []
    if options.sweeps.isEmpty {
      for sweep in committed.sweeps(in: committed.url) where !sweeps.contains(sweep) {
        paths.insert("\(sweep)/manifest.json")
        absent.insert("\(sweep)/manifest.json")
      }
    }
    return paths.sorted().compactMap { path in
      let old = try? Data(contentsOf: committed.url.appending(path: path))
      let new = try? Data(contentsOf: fresh.url.appending(path: path))
      var difference = Difference(path: path, old: old, new: new)
      difference?.isOfAbsentSweep = absent.contains(path)
      return difference
    }
  }
}

/// How one file of the committed report differs from the regenerated one.
public struct Difference: Sendable, Equatable, CustomStringConvertible {
  public enum Kind: String, Sendable {
    case missing = "is missing"
    case leftOver = "is no longer made"
    case changed = "differs"
  }

  public var path: String
  public var kind: Kind
  /// The first line that differs, for text.
  public var detail: String?
  /// Whether the data no longer hold the sweep: making the report again would leave it there.
  public var isOfAbsentSweep = false

  /// Nil where the two are the same.
  init?(path: String, old: Data?, new: Data?) {
    guard old != new else { return nil }
    self.path = path
    kind = old == nil ? .missing : new == nil ? .leftOver : .changed
    if let old, let new { detail = Self.firstDifference(old, new) }
  }

  public var description: String {
    "\(path): \(kind.rawValue)" + (detail.map { ", \($0)" } ?? "")
  }

  private static func firstDifference(_ old: Data, _ new: Data) -> String? {
    guard let old = String(validating: old, as: UTF8.self),
      let new = String(validating: new, as: UTF8.self)
    else { return "\(old.count) and \(new.count) bytes" }
    let oldLines = old.split(separator: "\n", omittingEmptySubsequences: false)
    let newLines = new.split(separator: "\n", omittingEmptySubsequences: false)
    for index in 0..<max(oldLines.count, newLines.count) {
      let before = index < oldLines.count ? oldLines[index] : ""
      let after = index < newLines.count ? newLines[index] : ""
      guard before != after else { continue }
      return "line \(index + 1): committed “\(shortened(before))”, now “\(shortened(after))”"
    }
    return nil
  }

  private static func shortened(_ line: Substring) -> String {
    let trimmed = line.trimmingPrefix { $0.isWhitespace }
    return trimmed.count > 120 ? trimmed.prefix(120) + "…" : String(trimmed)
  }
}
