import ArgumentParser
import ReportPipeline

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make the report again and compare it with the one in --output.",
    discussion: """
      Writes nothing to --output. Exits with 2 when a file differs, is missing or is left over.
      """)

  @OptionGroup var arguments: ReportArguments

  func run() throws {
    let options = try arguments.pipelineOptions
    let isQuiet = arguments.fit.quiet
    let check = ReportCheck(options) { stage, name, number, count in
      guard !isQuiet else { return }
      Console.status(ProgressText.line(stage, name, number, of: count))
    }
    let differences = try reportingFaults { () throws(PipelineError) in try check.run() }
    Console.clearLine()
    for difference in differences { try Console.output(difference.description) }
    guard differences.isEmpty else {
      // Making the report again leaves these where they are.
      let absent = differences.filter(\.isOfAbsentSweep).compactMap {
        $0.path.split(separator: "/").first
      }
      let first =
        absent.isEmpty
        ? "" : "remove \(absent.map { "\(options.output)/\($0)" }.joined(separator: ", ")), then "
      Console.error(
        "\(options.output) differs from what \(options.data) gives in "
          + "\(Words.count(differences.count, "place")); \(first)run `report \(options.data)` "
          + "to bring it up to date")
      throw ExitCode.drift
    }
    if !isQuiet { Console.error("\(options.output) is what \(options.data) gives") }
  }
}
