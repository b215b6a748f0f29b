import ArgumentParser
import ReportPipeline

struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fit every sweep and write the report (the default).")

  @OptionGroup var arguments: ReportArguments

  @Option(
    name: .customLong("max-holdout-error"),
    help: "Exit with 1 when the mean relative error on held-out runs exceeds this, such as 0.03.")
  var maxHoldoutError: Double?

  func validate() throws {
    if let limit = maxHoldoutError, !(limit.isFinite && limit >= 0) {
      throw ValidationError("--max-holdout-error takes a number that is not negative")
    }
  }

  func run() throws {
    let options = try arguments.pipelineOptions
    let isQuiet = arguments.fit.quiet
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
    for notice in Gates.notices(summary.analyses, maxHoldoutError: maxHoldoutError) {
      Console.error("note: \(notice)")
    }
    let failures = Gates.failures(summary.analyses, maxHoldoutError: maxHoldoutError)
    for failure in failures { Console.error("gate failed: \(failure)") }
    guard failures.isEmpty else { throw ExitCode.gateFailed }
  }
}
