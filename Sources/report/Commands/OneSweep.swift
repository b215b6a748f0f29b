import ArgumentParser
import ReportPipeline
import ScalingLaws

/// Limits of the quantities that commands take.
enum Quantities {
  static func checkSize(_ value: Double) throws {
    try checkAmount(value, "--nonzero-params")
  }

  static func checkAmount(_ value: Double, _ name: String) throws {
    guard value >= 1, value <= 1e40 else {
      throw ValidationError("\(name) takes a number from 1 to 1e40")
    }
  }
}

/// Loads and fits the one sweep that a question is about.
func analyseOne(_ data: DataOptions, _ fit: FitArguments) throws -> SweepAnalysis {
  var options = PipelineOptions(data: data.data)
  options.sweeps = data.sweeps
  fit.apply(to: &options)
  let pipeline = Pipeline(options)
  return try reportingFaults { () throws(PipelineError) in
    let sweeps = try pipeline.load()
    guard sweeps.count == 1 else {
      throw .invalid([
        "\(options.data) holds \(sweeps.count) sweeps; name one with --sweep: "
          + sweeps.map(\.name).joined(separator: ", ")
      ])
    }
    return try pipeline.analyse(sweeps)[0]
  }
}
