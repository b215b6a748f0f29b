import Benchmark
import Foundation
import Measuring
import RunLogs

/// One large log of each format, read from end to end. compare.py in Reading/ sets the same beside
/// the libraries that researchers read such logs with.
let benchmarks: @Sendable () -> Void = {
  for format in LogFormat.allCases {
    Benchmark(
      "Read \(format.rawValue)",
      configuration: .measuring(iterations: 10, tags: ["steps": "\(LogFormat.steps)"]),
      closure: { benchmark, log in
        var runs = 0
        benchmark.measure { runs = log.read() }
        if runs != 1 { benchmark.error("\(runs) runs were read where there is one") }
      }, setup: { try SyntheticLog(format) })
  }
}

/// A sweep of one run whose log is written to a folder that goes with this value.
private final class SyntheticLog {
  private let root: URL

  init(_ format: LogFormat) throws {
    root = FileManager.default.temporaryDirectory.appending(path: "logs-\(UUID().uuidString)")
    let folder = root.appending(path: "sweep/run")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try format.write(to: folder)
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  /// The number of runs that were read without a fault.
  func read() -> Int {
    guard let folders = try? SweepLoader.discover(dataRoot: root.path) else { return 0 }
    return folders.reduce(0) { count, folder in
      count + ((try? SweepLoader.load(folder).get())?.runs.count ?? 0)
    }
  }
}
