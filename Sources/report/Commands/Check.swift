import ArgumentParser
import ReportPipeline

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make the report again and compare it with the one in --output.",
    discussion: """
      Writes nothing to --output. Exits with 2 when the report no longer says what the data say: \
      files, inputs, numbers beyond a relative 1e-6, text, or the pixels of a PNG. Files that \
      differ in bytes alone, as another version of Cairo writes them, are noted; with --strict \
      they count as well.
      """)

  @OptionGroup var arguments: ReportArguments

  @Flag(help: "Exit with 2 also when files differ in bytes alone.")
  var strict = false

  func run() throws {
    let options = try arguments.pipelineOptions
    let isQuiet = arguments.fit.quiet
    let check = ReportCheck(options) { stage, name, number, count in
      guard !isQuiet else { return }
      Console.status(ProgressText.line(stage, name, number, of: count))
    }
    let differences = try reportingFaults { () throws(PipelineError) in try check.run() }
    Console.clearLine()
    let drift = differences.filter { strict || $0.isDrift }
    for line in CheckText.lines(drift) { try Console.output(line) }
    let notes = differences.filter { !$0.isDrift }
    if !strict, !notes.isEmpty, !isQuiet { Console.error(CheckText.note(notes)) }
    guard drift.isEmpty else {
      Console.error(CheckText.verdict(drift, options))
      throw ExitCode.drift
    }
    if !isQuiet { Console.error("\(options.output) is what \(options.data) gives") }
  }
}
