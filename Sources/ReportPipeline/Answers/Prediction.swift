import Foundation
import ScalingLaws

/// The answer of `report predict`.
public struct Prediction: Sendable, Encodable {
  public var sweep: String
  public var basis: String
  public var nonzeroParams: Number?
  public var sparsity: Number?
  public var data: Number?
  public var loss: Number?
  public var interval: Interval?
  public var extrapolation: Reach?
  private var lossUnit: String
  private var law: String

  enum CodingKeys: String, CodingKey {
    case sweep, basis, sparsity, data, loss, interval, extrapolation
    case nonzeroParams = "nonzero_params"
    case lossUnit = "loss_unit"
  }

  public init(
    _ analysis: SweepAnalysis, nonZeroParameters: Double, sparsity: Double, data: Double
  ) throws(PipelineError) {
    guard sparsity == 0 || analysis.law.respondsToSparsity else {
      throw .invalid([
        "\(analysis.sweep.name): the runs do not identify the effect of sparsity, so there is no "
          + "prediction but for --sparsity 0"
      ])
    }
    let setting = Setting(nonZeroParameters: nonZeroParameters, sparsity: sparsity, data: data)
    sweep = analysis.sweep.name
    basis = analysis.basis.rawValue
    nonzeroParams = Number(nonZeroParameters)
    self.sparsity = Number(sparsity)
    self.data = Number(data)
    loss = Number(analysis.law.loss(setting))
    interval = Interval(
      analysis.finalFit?.uncertainty?.distribution.measurementIntervals(for: [setting])[0])
    extrapolation = Reach(analysis, setting)
    lossUnit = analysis.sweep.lossUnit
    law = AnswerText.law(analysis)
  }

  public var text: String {
    var lines = [
      "loss \(AnswerText.loss(loss))\(lossUnit.isEmpty ? "" : " \(lossUnit)") (\(law))"
    ]
    if let low = interval?.low, let high = interval?.high {
      lines.append(
        "95 % of single runs expected in \(AnswerText.loss(low)) to \(AnswerText.loss(high))")
    }
    lines += (extrapolation?.warnings ?? []).map { "warning: \($0)" }
    if extrapolation == nil {
      lines.append("note: no run was fitted, so how far this extrapolates is not known")
    }
    return lines.joined(separator: "\n")
  }

  public func json() throws -> String {
    String(decoding: try JSONText.encode(self).dropLast(), as: UTF8.self)
  }
}
