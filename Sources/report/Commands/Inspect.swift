import ArgumentParser
import ReportPipeline

struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what was read: sweeps, runs, exclusions and findings; nothing is fitted.")

  @OptionGroup var data: DataOptions

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    var options = PipelineOptions(data: data.data)
    options.sweeps = data.sweeps
    let sweeps = try reportingFaults { () throws(PipelineError) in
      try Pipeline(options).load()
    }
    if json {
      try Console.output(InspectionJSON.text(sweeps))
    } else {
      try Console.output(sweeps.map(InspectionText.describe).joined(separator: "\n\n"))
    }
  }
}
