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

  /// Everything that differs, sorted by path.
  ///
  /// Numbers are compared with a tolerance, text exactly, PNGs by their pixels; see `Tolerance`.
  public func run() throws(PipelineError) -> [Difference] {
    let committed = OutputFolder(path: options.output)
    guard (try? committed.url.checkResourceIsReachable()) == true else {
      throw .unreadable(["\(options.output): there is no such folder to check"])
    }
    let scratch = FileManager.default.temporaryDirectory
      .appending(path: "report-check-\(UUID().uuidString)")
    defer { Scratch.remove(scratch) }
    do {
      try Scratch.make(scratch)
    } catch {
      throw .unreadable(["\(scratch.path): cannot be made: \(error.localizedDescription)"])
    }
    var fresh = options
    fresh.output = scratch.appending(path: "Output").path
    let summary = try Pipeline(fresh, progress: progress).run()
    return differences(
      sweeps: summary.analyses.map(\.sweep.name), fresh: OutputFolder(path: fresh.output),
      committed: committed)
  }

  private func differences(
    sweeps: [String], fresh: OutputFolder, committed: OutputFolder
  ) -> [Difference] {
    let sweeps = sweeps.map(OutputFolder.name)
    var found = sweeps.flatMap {
      SweepComparison($0, old: committed.url, new: fresh.url).differences()
    }
    // With --sweep the index is only part of the committed one.
    if options.sweeps.isEmpty {
      found += index(fresh, committed)
      for sweep in committed.sweeps where !sweeps.contains(sweep) {
        var difference = Difference(
          path: "\(sweep)/manifest.json", kind: .leftOver, .init(.files))
        difference.isOfAbsentSweep = true
        found.append(difference)
      }
    }
    // Differences of one file stay in their order.
    return found.enumerated().sorted {
      ($0.element.path, $0.offset) < ($1.element.path, $1.offset)
    }.map(\.element)
  }

  private func index(_ fresh: OutputFolder, _ committed: OutputFolder) -> [Difference] {
    let path = "README.md"
    let new = try? String(contentsOf: fresh.url.appending(path: path), encoding: .utf8)
    guard let old = try? String(contentsOf: committed.url.appending(path: path), encoding: .utf8)
    else { return [Difference(path: path, kind: .missing, .init(.files))] }
    return [TextComparison.firstDifference(old, new ?? "")].compactMap { $0 }
      .map { Difference(path: path, $0) }
  }
}
