import ArgumentParser
import Foundation
import ReportPipeline
import ScalingLaws

struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fit every sweep and write the report (the default).",
    discussion: """
      After a fault of the data (exit code 65) or of a file (74) the output is as it was. A failed \
      gate (1) leaves the new report in place.

      EXAMPLE
        report Data/ --output Output --max-holdout-error 0.05 --summary summary.md
      """)

  @OptionGroup var arguments: ReportArguments

  @OptionGroup(title: "Gates") var gates: Gates

  @Option(
    help: ArgumentHelp(
      "Write a Markdown table of the sweeps to this file, also when a gate fails.",
      valueName: "file"),
    completion: .file())
  var summary: String?

  func validate() throws {
    try gates.check(starts: arguments.fit.starts)
  }

  func run() throws {
    let options = try arguments.pipelineOptions
    let table = try summary.map { try SummaryFile($0, options: options) }
    let pipeline = Pipeline(options, progress: arguments.progress)
    let summary = try reportingFaults { () throws(PipelineError) in try pipeline.run() }
    Console.clearLine()
    for notice in summary.notices { Console.error("note: \(notice)") }
    if !arguments.fit.quiet {
      for analysis in summary.analyses { Console.error(Self.line(analysis)) }
      Console.error("\(summary.fileCount) files; read \(summary.output)/README.md")
    }
    let verdict = gates.limits.verdict(summary.analyses.map(GateMeasures.init))
    for notice in verdict.notices { Console.error("note: \(notice)") }
    for failure in verdict.failures { Console.error("gate failed: \(failure)") }
    try table?.write(JobSummary.text(summary.analyses, failures: verdict.failures))
    guard verdict.failures.isEmpty else { throw ExitCode.gateFailed }
  }

  /// What was found in one sweep.
  private static func line(_ analysis: SweepAnalysis) -> String {
    var facts: [String] = []
    if let fit = analysis.checkFit {
      facts.append(
        "\(fit.runCount) runs fitted to \(NumberText.percent(fit.rmsRelativeError)) (rms)")
    } else {
      facts.append("no runs to fit, \(analysis.published?.name ?? "published") coefficients used")
    }
    if !analysis.study.concludes { facts.append("these runs do not support a law") }
    if let check = analysis.holdout {
      facts.append(
        "held-out error \(NumberText.percent(check.meanAbsoluteRelativeError)) "
          + "(\(Words.count(check.runs.count, "run")))")
    }
    let excluded = analysis.sweep.exclusions.count
    if excluded > 0 { facts.append("\(Words.count(excluded, "run")) excluded") }
    if !analysis.warnings.isEmpty {
      facts.append(Words.count(analysis.warnings.count, "warning"))
    }
    return "\(analysis.sweep.name): " + facts.joined(separator: "; ")
  }
}

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
