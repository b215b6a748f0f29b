import ArgumentParser
import ReportPipeline

struct Predict: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Predict the loss of one model from a sweep's law.",
    discussion: """
      EXAMPLE
        report predict Data/ --sweep byte-lm --nonzero-params 300k --sparsity 0.5 --data 10M
      """)

  @OptionGroup var data: DataOptions

  @Option(
    help: "Parameters N, zeroed ones left out, such as 300000, 3e5 or 300k.",
    transform: Amount.parse)
  var nonzeroParams: Double

  @Option(help: "Sparsity S, from 0 (a dense model) to below 1.")
  var sparsity = 0.0

  @Option(
    name: .customLong("data"), help: "Training data D, in the sweep's unit, such as 4e9 or 4G.",
    transform: Amount.parse)
  var amount: Double

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var fit: FitArguments

  func validate() throws {
    guard sparsity >= 0, sparsity < 1 else {
      throw ValidationError("--sparsity takes a number from 0 to below 1, not a percentage")
    }
  }

  func run() throws {
    let analysis = try analyseOne(data, fit)
    let prediction = try reportingFaults { () throws(PipelineError) in
      try Prediction(analysis, nonZeroParameters: nonzeroParams, sparsity: sparsity, data: amount)
    }
    try Console.output(json ? prediction.json() : prediction.text)
  }
}
