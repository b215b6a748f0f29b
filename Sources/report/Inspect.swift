import ArgumentParser
import ReportPipeline
import RunLogs

struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what was read, and whether it can be fitted; nothing is fitted.",
    discussion: """
      EXAMPLES
        report inspect Data/
        report inspect Data/ --sweep byte-lm --all
        report inspect Data/ --sweep byte-lm --json
      """)

  @OptionGroup var data: DataOptions

  @Flag(help: "Print every run and line, not a screen of them.")
  var all = false

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    var options = PipelineOptions(data: data.data)
    options.sweeps = data.sweeps
    let sweeps = try reportingFaults { () throws(PipelineError) in
      try Pipeline(options).load()
    }
    let inspections = sweeps.map(Inspection.init)
    try Console.output(
      json ? Inspection.json(inspections) : Inspection.text(inspections, all: all))
  }
}
