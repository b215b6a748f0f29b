import ArgumentParser
import ReportPipeline

struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fit every sweep and write the report (the default).")

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
    let isQuiet = arguments.fit.quiet
    let table = try summary.map { try SummaryFile($0, options: options) }
    let pipeline = Pipeline(options) { stage, name, number, count in
      guard !isQuiet else { return }
      Console.status(ProgressText.line(stage, name, number, of: count))
    }
    let summary = try reportingFaults { () throws(PipelineError) in try pipeline.run() }
    Console.clearLine()
    for notice in summary.notices { Console.error("note: \(notice)") }
    if !isQuiet {
      for line in SummaryText.lines(summary) { Console.error(line) }
    }
    for notice in gates.notices(summary.analyses) { Console.error("note: \(notice)") }
    let failures = gates.failures(summary.analyses)
    for failure in failures { Console.error("gate failed: \(failure)") }
    try table?.write(JobSummary.text(summary.analyses, failures: failures))
    guard failures.isEmpty else { throw ExitCode.gateFailed }
  }
}
