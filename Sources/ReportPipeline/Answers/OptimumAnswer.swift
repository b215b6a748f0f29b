import Foundation
import ScalingLaws

/// The answer of `report optimum` for a size.
public struct OptimumAnswer: Sendable {
  public var accounting: String
  public var nonZeroParameters: Double
  public var flops: Double
  /// The compute over the Chinchilla compute of a dense model of this size.
  public var chinchillaMultiple: Double
  public var sparsity: Double
  /// Where chance could have moved the optimum.
  public var interval: ClosedRange<Double>?
  public var loss: Double
  public var data: Double
  /// The sparsities whose loss is within the tolerance of the best.
  public var nearOptimal: ClosedRange<Double>
  public var tolerance: Double
  public var extrapolation: Reach?
  let analysis: SweepAnalysis

  public init(
    _ analysis: SweepAnalysis, nonZeroParameters: Double, flops: Double, accounting: String,
    tolerance: Double
  ) throws(PipelineError) {
    try analysis.refuseWithoutLaw()
    guard analysis.law.respondsToSparsity else {
      let reason =
        analysis.law.form.knowsSparsity || analysis.study.lawName == nil
        ? "the runs do not identify the effect of sparsity"
        : "the law \(analysis.law.form.key) knows no effect of sparsity"
      throw .invalid([
        "\(analysis.sweep.name): \(reason), so there is no optimal sparsity to give; without "
          + "--nonzero-params the best size of a dense model is"
      ])
    }
    guard analysis.law.isContinuous else {
      throw .invalid([
        "\(analysis.sweep.name): the law \(analysis.law.form.key) says nothing between measured "
          + "sparsities, so there is no optimal sparsity to give; choose another law with --law"
      ])
    }
    let model = analysis.study.model(
      analysis.law, Accounting(named: accounting, analysis.study.schedule) ?? .dense)
    let best = model.optimum(nonZeroParameters: nonZeroParameters, flops: flops)
    guard best.data >= 1 else {
      throw .invalid([
        "\(analysis.sweep.name): \(NumberText.significant(flops, 3)) FLOPs are less than a model of "
          + "\(NumberText.size(nonZeroParameters)) parameters spends on one unit of data, so there "
          + "is no training to find the best sparsity of"
      ])
    }
    self.analysis = analysis
    self.accounting = accounting
    self.nonZeroParameters = nonZeroParameters
    self.flops = flops
    chinchillaMultiple = flops / model.chinchillaFlops(nonZeroParameters: nonZeroParameters)
    sparsity = best.sparsity
    interval = analysis.finalFit?.uncertainty?.distribution.optimalSparsityInterval(
      model, nonZeroParameters: nonZeroParameters, flops: flops)
    loss = best.loss
    data = best.data
    nearOptimal = model.nearOptimalSparsities(
      nonZeroParameters: nonZeroParameters, flops: flops, tolerance: tolerance)
    self.tolerance = tolerance
    extrapolation = Reach(
      analysis,
      Setting(
        nonZeroParameters: nonZeroParameters, sparsity: best.sparsity, data: best.data))
  }

  public var text: String {
    let unit = analysis.sweep.dataUnit.isEmpty ? "of data" : analysis.sweep.dataUnit
    func range(_ range: ClosedRange<Double>) -> String {
      "\(NumberText.percent(range.lowerBound, 1)) to \(NumberText.percent(range.upperBound, 1))"
    }
    var lines = [
      "optimal sparsity \(Style.percent(1).text(sparsity)) "
        + "(\(accounting) accounting, \(AnswerText.law(analysis)))"
    ]
    if let interval { lines.append("95 % interval of the optimum: \(range(interval))") }
    lines += [
      "loss \(AnswerText.loss(loss, analysis.sweep.lossUnit)) on \(NumberText.size(data)) \(unit); "
        + "\(NumberText.multiple(chinchillaMultiple)) Chinchilla compute",
      "within \(Style.setPercent.text(tolerance)) of the best loss: \(range(nearOptimal))",
    ]
    if sparsity > 0.9899 {
      lines.append(
        "warning: 99 % is the largest sparsity that is tried; the optimum lies beyond it")
    }
    return (lines + AnswerText.reach(extrapolation)).joined(separator: "\n")
  }

  public func json() -> String { AnswerText.json(self, optimumAnswerFields) }
}

private let optimumAnswerFields: [Field<OptimumAnswer>] = [
  .text("sweep") { $0.analysis.sweep.name },
  .choice("basis") { $0.analysis.basis },
  .text("loss_unit") { $0.analysis.sweep.lossUnit },
  .text("data_unit") { $0.analysis.sweep.dataUnit },
  .text("accounting") { $0.accounting },
  .number("nonzero_params", .size) { $0.nonZeroParameters },
  .number("flops", .significant(3)) { $0.flops },
  .number("chinchilla_multiple", .multiple) { $0.chinchillaMultiple },
  .number("sparsity", .percent(1), interval: { $0.interval }) { $0.sparsity },
  .number("loss", .loss) { $0.loss },
  .number("data", .size) { $0.data },
  .json("near_optimal") { .interval($0.nearOptimal) },
  .number("tolerance", .setPercent) { $0.tolerance },
  .record("extrapolation", { $0.extrapolation }, reachFields),
]
