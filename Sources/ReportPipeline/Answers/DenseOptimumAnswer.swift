import ScalingLaws

/// The answer of `report optimum` without a size: the dense model that a budget is best spent on.
public struct DenseOptimumAnswer: Sendable {
  public let entry: ComputeOptimal.Entry
  public let tolerance: Double
  public let extrapolation: Reach?
  let analysis: SweepAnalysis

  public init(_ analysis: SweepAnalysis, flops: Double) throws(PipelineError) {
    try analysis.refuseWithoutLaw()
    guard let result = analysis.computeOptimal else {
      throw .invalid([
        "\(analysis.sweep.name): the law \(analysis.law.form.key) gives no best size of a dense "
          + "model" + (analysis.law.respondsToSparsity ? "; give one with --nonzero-params" : "")
      ])
    }
    guard let entry = result.entry(flops: flops) else {
      throw .invalid([
        "\(analysis.sweep.name): by the law no model of at least one parameter on at least one unit "
          + "of data is the best for \(NumberText.significant(flops, 3)) FLOPs"
      ])
    }
    self.entry = entry
    tolerance = result.tolerance
    self.analysis = analysis
    extrapolation = Reach(
      analysis,
      Setting(
        nonZeroParameters: entry.optimum.parameters, sparsity: 0, data: entry.optimum.data))
  }

  public var text: String {
    let unit = analysis.sweep.dataUnit.isEmpty ? "units of data" : analysis.sweep.dataUnit
    let best = entry.optimum
    func number(
      _ value: Double, _ interval: ClosedRange<Double>?, _ style: Style, _ unit: String
    ) -> String {
      let written = style.written(value, interval)
      let ends = written.ends.map { " (95 % interval \($0.low.text) to \($0.high.text))" } ?? ""
      return written.value.text + (unit.isEmpty ? "" : " " + unit) + ends
    }
    let lines = [
      "optimal dense model: " + number(best.parameters, entry.parameters, .size, "parameters")
        + ", \(AnswerText.law(analysis))",
      "on " + number(best.data, entry.data, .size, unit) + ", "
        + number(
          best.dataPerParameter, entry.dataPerParameter, .significant(3), "per parameter"),
      "loss " + number(best.loss, entry.loss, .loss, analysis.sweep.lossUnit),
      "within \(Style.setPercent.text(tolerance)) of the best loss: "
        + "\(NumberText.size(entry.nearOptimal.lowerBound)) to "
        + "\(NumberText.size(entry.nearOptimal.upperBound)) parameters",
    ]
    return (lines + AnswerText.reach(extrapolation)).joined(separator: "\n")
  }

  public func json() -> String { AnswerText.json(self, denseOptimumFields) }
}

private let denseOptimumFields: [Field<DenseOptimumAnswer>] = [
  .text("sweep") { $0.analysis.sweep.name },
  .choice("basis") { $0.analysis.basis },
  .text("loss_unit") { $0.analysis.sweep.lossUnit },
  .text("data_unit") { $0.analysis.sweep.dataUnit },
  .number("flops", .significant(3)) { $0.entry.flops },
  .number("sparsity", .sparsity) { _ in 0 },
  .number(
    "nonzero_params", .size, intervalKey: "nonzero_params_interval",
    interval: { $0.entry.parameters }
  ) { $0.entry.optimum.parameters },
  .number("data", .size, intervalKey: "data_interval", interval: { $0.entry.data }) {
    $0.entry.optimum.data
  },
  .number(
    "data_per_parameter", .significant(3), intervalKey: "data_per_parameter_interval",
    interval: { $0.entry.dataPerParameter }
  ) { $0.entry.optimum.dataPerParameter },
  .number("loss", .loss, intervalKey: "loss_interval", interval: { $0.entry.loss }) {
    $0.entry.optimum.loss
  },
  .json("near_optimal") { .interval($0.entry.nearOptimal) },
  .number("tolerance", .setPercent) { $0.tolerance },
  .record("extrapolation", { $0.extrapolation }, reachFields),
]
