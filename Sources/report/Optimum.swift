import ArgumentParser
import ReportPipeline
import RunLogs
import ScalingLaws

struct Optimum: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find what a compute budget is best spent on, from a sweep's law.",
    discussion: """
      With --nonzero-params the best sparsity of a model of this size; without it the best size of \
      a dense model, and the data to train it on.

      EXAMPLES
        report optimum Data/ --sweep byte-lm --nonzero-params 300k --flops 1e15 \
      --accounting hardware:0.5
        report optimum Data/ --sweep byte-lm --flops 1e15
      """)

  @OptionGroup var data: DataOptions

  @Option(
    help:
      "Parameters N, zeroed ones left out, such as 300000, 3e5 or 300k; without it the best size is given.",
    transform: Amount.parse)
  var nonzeroParams: Double?

  @Option(help: "Training compute C in FLOPs, such as 1e15 or 1000T.", transform: Amount.parse)
  var flops: Double

  @Option(
    help:
      "How compute is counted (default: dense): dense, sparse or hardware:E, with E from 0 to 1 the share of saved FLOPs that saves time."
  )
  var accounting: String?

  @Option(help: "What is within this relative loss of the best counts as equally good.")
  var tolerance = 0.001

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var fit: FitArguments

  func validate() throws {
    try Amount.checkTolerance(tolerance)
    guard let accounting else { return }
    guard nonzeroParams != nil else {
      throw ValidationError(
        "--accounting is for --nonzero-params: a dense model costs the same by every count")
    }
    guard Accounting(named: accounting, PruningSchedule()) != nil else {
      throw ValidationError(
        "there is no accounting '\(accounting)'; use dense, sparse or hardware:E with E from 0 to 1"
      )
    }
  }

  func run() throws {
    let analysis = try analyseOne(data, fit, tolerance: tolerance)
    let (text, record) = try reportingFaults { () throws(PipelineError) in
      guard let nonzeroParams else {
        let best = try DenseOptimumAnswer(analysis, flops: flops)
        return (best.text, best.json())
      }
      let best = try OptimumAnswer(
        analysis, nonZeroParameters: nonzeroParams, flops: flops,
        accounting: accounting ?? "dense", tolerance: tolerance)
      return (best.text, best.json())
    }
    try Console.output(json ? record : text)
  }
}
