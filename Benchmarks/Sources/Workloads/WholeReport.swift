import Foundation
import ReportPipeline
import ScalingLaws

/// The whole report of a data root, written to a folder that goes with this value.
public final class WholeReport {
  private let scratch: URL
  private let pipeline: Pipeline

  /// - Throws: what the file system says where no temporary folder can be made.
  public init(data: String, templates: String, threads: Int) throws {
    scratch = FileManager.default.temporaryDirectory
      .appending(path: "benchmark-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    var options = PipelineOptions(data: data)
    options.templates = templates
    options.output = scratch.appending(path: "Output").path
    options.fit.threads = threads
    pipeline = Pipeline(options)
  }

  deinit { try? FileManager.default.removeItem(at: scratch) }

  /// Reads and fits every sweep; draws and writes nothing.
  public func analyses() throws -> [SweepAnalysis] {
    try pipeline.analyse(try pipeline.load())
  }

  /// Writes the report and gives the number of its files.
  @discardableResult
  public func run() throws -> Int { try pipeline.run().fileCount }
}
