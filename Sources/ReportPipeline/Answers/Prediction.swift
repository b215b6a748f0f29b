import Foundation
import ScalingLaws

/// The answer of `report predict`.
public struct Prediction: Sendable {
  public var nonZeroParameters: Double
  public var sparsity: Double
  public var data: Double
  /// Infinite where it is too large for a number.
  public var loss: Double
  /// Where 95 % of single runs are expected; nil without replicates.
  public var interval: ClosedRange<Double>?
  /// Nil where no run was fitted.
  public var extrapolation: Reach?
  let analysis: SweepAnalysis

  public init(
    _ analysis: SweepAnalysis, nonZeroParameters: Double, sparsity: Double, data: Double
  ) throws(PipelineError) {
    try analysis.refuseWithoutLaw()
    guard sparsity == 0 || analysis.law.respondsToSparsity else {
      throw .invalid([
        "\(analysis.sweep.name): the runs do not identify the effect of sparsity, so there is no "
          + "prediction but for --sparsity 0"
      ])
    }
    guard analysis.law.speaks(of: sparsity) else {
      throw .invalid([
        "\(analysis.sweep.name): the law \(analysis.law.form.key) says nothing of a sparsity that "
          + "was not measured; ask for one that was, or choose another law with --law"
      ])
    }
    let setting = Setting(nonZeroParameters: nonZeroParameters, sparsity: sparsity, data: data)
    self.analysis = analysis
    self.nonZeroParameters = nonZeroParameters
    self.sparsity = sparsity
    self.data = data
    loss = analysis.law.loss(setting)
    interval = analysis.finalFit?.uncertainty?.distribution.measurementIntervals(for: [setting])[0]
    extrapolation = Reach(analysis, setting)
  }

  public var text: String {
    var lines = [
      "loss \(AnswerText.loss(loss, analysis.sweep.lossUnit)) (\(AnswerText.law(analysis)))"
    ]
    if let interval, interval.upperBound.isFinite {
      lines.append(
        "95 % of single runs expected in \(AnswerText.loss(interval.lowerBound)) to "
          + AnswerText.loss(interval.upperBound))
    }
    return (lines + AnswerText.reach(extrapolation)).joined(separator: "\n")
  }

  public func json() -> String { AnswerText.json(self, predictionFields) }
}

private let predictionFields: [Field<Prediction>] = [
  .text("sweep") { $0.analysis.sweep.name },
  .choice("basis") { $0.analysis.basis },
  .text("loss_unit") { $0.analysis.sweep.lossUnit },
  .number("nonzero_params", .size) { $0.nonZeroParameters },
  .number("sparsity", .sparsity) { $0.sparsity },
  .number("data", .size) { $0.data },
  .number("loss", .loss, interval: { $0.interval }) { $0.loss },
  .record("extrapolation", { $0.extrapolation }, reachFields),
]
