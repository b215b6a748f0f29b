import ArgumentParser
import ReportPipeline
import RunLogs
import ScalingLaws

struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what was read: sweeps, runs, exclusions and findings; nothing is fitted.",
    discussion: """
      EXAMPLES
        report inspect Data/
        report inspect Data/ --sweep byte-lm --json
      """)

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

/// What was read of a sweep, for a terminal.
enum InspectionText {
  static func describe(_ sweep: Sweep) -> String {
    var lines = ["\(sweep.name): \(sweep.title)".visible]
    func count(_ role: RunRole) -> Int { sweep.runs.count { $0.role == role } }
    lines.append(
      "  runs: \(sweep.runsRead) read, \(count(.fitted)) to fit, \(count(.heldOut)) held out "
        + "(\(sweep.holdout)), \(sweep.exclusions.count) excluded, \(count(.other)) other")
    lines += section("what was read as what", columns(sweep))
    lines += section("runs", runs(sweep.runs))
    lines += section(
      "excluded",
      TextTable.lines(
        header: ["run", "why"], sweep.exclusions.map { [$0.run, $0.why] }))
    lines += section("findings", findings(sweep.findingsWithoutFit))
    lines += section(
      "missing", sweep.missingFiles.map { $0.path + ($0.get.map { ": \($0)" } ?? "") })
    lines += section("warnings", sweep.warnings)
    return lines.joined(separator: "\n")
  }

  private static func section(_ title: String, _ lines: [String]) -> [String] {
    lines.isEmpty ? [] : ["", "  \(title)"] + lines.map { "    " + $0.visible }
  }

  private static func columns(_ sweep: Sweep) -> [String] {
    TextTable.lines(
      header: ["quantity", "column", "times", "chosen"],
      sweep.columns.map { column in
        [
          column.quantity, column.column, column.times == 1 ? "" : "\(column.times)",
          column.byConvention ? "by its name" : "by sweep.yml",
        ]
      })
  }

  private static func runs(_ runs: [TrainingRun]) -> [String] {
    TextTable.lines(
      header: ["run", "N", "S", "D", "loss", "pattern", "role"], right: 1...4,
      runs.map { run in
        [
          run.name, NumberText.size(run.nonZeroParameters), NumberText.sparsity(run.sparsity),
          NumberText.size(run.data), NumberText.significant(run.loss, 5),
          run.pattern.description, run.role.rawValue,
        ]
      })
  }

  private static func findings(_ findings: [Finding]) -> [String] {
    TextTable.lines(
      header: ["run", "finding", "what was done"],
      findings.map { [$0.run, "\($0.kind.rawValue): \($0.location): \($0.message)", $0.action] })
  }
}
