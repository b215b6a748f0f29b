import Foundation
import RunLogs

/// Makes a report again and compares it with a committed one.
///
/// The committed one may be a stranger's: its files are read through a door that follows no link,
/// and nothing of what its manifests claim is believed without a look at the files.
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
  /// Numbers are compared with a tolerance, text byte by byte, PNGs by their pixels; see
  /// `Tolerance`. Where the settings differ, nothing else is compared: every number would differ.
  public func run() throws(PipelineError) -> [Difference] {
    let committed = OutputFolder(path: options.output)
    let parent = Door(committed.url.deletingLastPathComponent().path)
    switch parent.kind(committed.url.lastPathComponent) {
    case .folder: break
    case .absent:
      return [
        Difference(
          path: OutputFolder.index, kind: .missing,
          .init(.files, "there is no report in \(options.output)"))
      ]
    default:
      throw .unreadable([
        "\(options.output): there is something here that is no folder, or that cannot be looked at"
      ])
    }
    let settings = changedSettings(committed)
    guard settings.isEmpty else { return settings }
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

  /// The settings that differ from those of the committed reports, found without any fit.
  private func changedSettings(_ committed: OutputFolder) -> [Difference] {
    // What is wrong with the data is told when they are read.
    let sweeps = (try? SweepLoader.discover(dataRoot: options.data, only: options.sweeps)) ?? []
    return sweeps.map { OutputFolder.name(ofSweep: $0.name) }.flatMap { folder in
      guard let manifest = Manifest.read(committed.door, folder) else { return [Difference]() }
      return ManifestComparison.settings(manifest.settings, options.settings).map { finding in
        var finding = finding
        finding.detail = finding.detail.map { $0 + "; nothing else was compared" }
        return Difference(path: "\(folder)/manifest.json", finding)
      }
    }
  }

  private func differences(
    sweeps: [String], fresh: OutputFolder, committed: OutputFolder
  ) -> [Difference] {
    let sweeps = sweeps.map(OutputFolder.name)
    var found = sweeps.flatMap {
      SweepComparison($0, old: committed.door, new: fresh.door).differences()
    }
    // With --sweep the index is only part of the committed one.
    if options.sweeps.isEmpty {
      found += index(fresh, committed)
      for sweep in committed.sweeps where !sweeps.contains(sweep) {
        var difference = Difference(
          path: "\(sweep)/manifest.json", kind: .leftOver, .init(.files))
        difference.remains = sweep
        found.append(difference)
      }
    }
    // Differences of one file stay in their order.
    return found.enumerated().sorted {
      ($0.element.path, $0.offset) < ($1.element.path, $1.offset)
    }.map(\.element)
  }

  private func index(_ fresh: OutputFolder, _ committed: OutputFolder) -> [Difference] {
    let path = OutputFolder.index
    guard committed.door.kind(path) != .absent else {
      return [Difference(path: path, kind: .missing, .init(.files))]
    }
    do throws(Fault) {
      let new = try fresh.door.bytes(path, atMost: .max)
      let old = try committed.door.bytes(path, atMost: OutputFolder.most(comparedWith: new))
      return TextComparison.firstDifference(old, new).map { [Difference(path: path, $0)] } ?? []
    } catch {
      return [Difference(path: path, .init(.files, "the committed file \(error.message)"))]
    }
  }
}
