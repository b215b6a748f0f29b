import Foundation
import ReportPipeline
import TestSupport
import Testing

/// A data root and an output folder, and quick settings for making reports.
final class Workplace {
  let folder: TemporaryFolder
  var options: PipelineOptions

  /// - Parameter sweeps: the table of each sweep, by name.
  init(_ sweeps: [String: Design] = ["sweep": Design()]) throws {
    folder = try TemporaryFolder()
    options = PipelineOptions(data: folder.url.appending(path: "Data").path)
    options.output = folder.url.appending(path: "Output").path
    options.templates = packageFolder.appending(path: "Templates").path
    options.formats = [.svg]
    options.fit.starts = 8
    options.fit.bootstrap = 0
    options.fit.threads = 2
    for (name, design) in sweeps { try folder.write("Data/\(name)/runs.csv", design.csv) }
  }

  func settings(_ text: String, of sweep: String = "sweep") throws {
    try folder.write("Data/\(sweep)/sweep.yml", text)
  }

  @discardableResult
  func run() throws -> Pipeline.Summary {
    try Pipeline(options).run()
  }

  /// The messages of a run that must fail.
  func faults(sourceLocation: SourceLocation = #_sourceLocation) -> PipelineError? {
    do throws(PipelineError) {
      _ = try Pipeline(options).run()
      Issue.record("the run succeeded", sourceLocation: sourceLocation)
      return nil
    } catch {
      return error
    }
  }

  func check() throws -> [Difference] {
    try ReportCheck(options, progress: { _, _, _, _ in }).run()
  }

  func results(_ sweep: String = "sweep") throws -> ReadResults {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(
      ReadResults.self, from: Data(folder.text("Output/\(sweep)/results.json").utf8))
  }

  func report(_ sweep: String = "sweep") throws -> String {
    try folder.text("Output/\(OutputFolder.name(ofSweep: sweep))/report.md")
  }

  func appendix(_ sweep: String = "sweep") throws -> String {
    try folder.text("Output/\(sweep)/appendix.md")
  }

  /// results.json as plain values.
  func json(_ sweep: String = "sweep") throws -> [String: Any] {
    let bytes = Data(try folder.text("Output/\(sweep)/results.json").utf8)
    return try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
  }
}
