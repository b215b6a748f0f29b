import ArgumentParser
import ReportPipeline
import RunLogs
import ScalingLaws

struct BestSparsity: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "optimum",
    abstract: "Find the best sparsity for a size and a compute budget from a sweep's law.",
    discussion: """
      EXAMPLE
        report optimum Data/ --sweep byte-lm --nonzero-params 300k --flops 1e15 \
      --accounting hardware:0.5
      """)

  @OptionGroup var data: DataOptions

  @Option(help: "Non-zero parameters N, such as 300000, 3e5 or 300k.", transform: Amount.parse)
  var nonzeroParams: Double

  @Option(help: "Training compute C in FLOPs, such as 1e15 or 1000T.", transform: Amount.parse)
  var flops: Double

  @Option(
    help:
      "How compute is counted: dense, sparse or hardware:E, with E from 0 to 1 the share of saved FLOPs that saves time."
  )
  var accounting = "dense"

  @Option(help: "Sparsities within this relative loss of the best count as equally good.")
  var tolerance = 0.001

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var fit: FitArguments

  func validate() throws {
    try Amount.checkTolerance(tolerance)
    guard Accounting(named: accounting, PruningSchedule()) != nil else {
      throw ValidationError(
        "there is no accounting '\(accounting)'; use dense, sparse or hardware:E with E from 0 to 1"
      )
    }
  }

  func run() throws {
    let analysis = try analyseOne(data, fit)
    let best = try reportingFaults { () throws(PipelineError) in
      try OptimumAnswer(
        analysis, nonZeroParameters: nonzeroParams, flops: flops, accounting: accounting,
        tolerance: tolerance)
    }
    try Console.output(json ? best.json() : best.text)
  }
}
