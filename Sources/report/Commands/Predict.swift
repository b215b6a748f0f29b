import ArgumentParser
import ReportPipeline

struct Predict: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Predict the loss of one model from a sweep's law.")

  @OptionGroup var data: DataOptions

  @Option(help: "Non-zero parameters N.")
  var nonzeroParams: Double

  @Option(help: "Sparsity S, from 0 to below 1.")
  var sparsity: Double

  @Option(name: .customLong("data"), help: "Training data D, in the sweep's unit.")
  var amount: Double

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var fit: FitArguments

  func validate() throws {
    try Quantities.checkSize(nonzeroParams)
    try Quantities.checkAmount(amount, "--data")
    guard sparsity >= 0, sparsity < 1 else {
      throw ValidationError("--sparsity takes a number from 0 to below 1, not a percentage")
    }
  }

  func run() throws {
    let analysis = try analyseOne(data, fit)
    let prediction = Prediction(
      analysis, nonZeroParameters: nonzeroParams, sparsity: sparsity, data: amount)
    try Console.output(json ? prediction.json() : prediction.text)
  }
}
