import Foundation
import ScalingLaws

/// The answer of `report optimum`.
public struct OptimumAnswer: Sendable, Encodable {
  public var sweep: String
  public var basis: String
  public var accounting: String
  public var nonzeroParams: Number?
  public var flops: Number?
  /// The compute over the Chinchilla compute of a dense model of this size.
  public var chinchillaMultiple: Number?
  public var sparsity: Number?
  /// Where chance could have moved the optimum.
  public var interval: Interval?
  public var loss: Number?
  public var data: Number?
  /// The sparsities whose loss is within the tolerance of the best.
  public var nearOptimal: Interval?
  public var tolerance: Double
  public var extrapolation: Reach?
  private var lossUnit: String
  private var dataUnit: String
  private var law: String

  enum CodingKeys: String, CodingKey {
    case sweep, basis, accounting, flops, sparsity, interval, loss, data, tolerance, extrapolation
    case nonzeroParams = "nonzero_params"
    case chinchillaMultiple = "chinchilla_multiple"
    case nearOptimal = "near_optimal"
    case lossUnit = "loss_unit"
    case dataUnit = "data_unit"
  }

  public init(
    _ analysis: SweepAnalysis, nonZeroParameters: Double, flops: Double, accounting: String,
    tolerance: Double
  ) throws(PipelineError) {
    let compute = analysis.sweep.compute
    let schedule = PruningSchedule(compute)
    guard analysis.law.respondsToSparsity else {
      throw .invalid([
        "\(analysis.sweep.name): the runs do not identify the effect of sparsity, so there is no "
          + "optimal sparsity to give"
      ])
    }
    let model = ComputeModel(
      law: analysis.law, accounting: Accounting(named: accounting, schedule) ?? .dense,
      flopsPerParameter: compute.flopsPerParameter)
    let best = model.optimum(nonZeroParameters: nonZeroParameters, flops: flops)
    guard best.data >= 1 else {
      throw .invalid([
        "\(analysis.sweep.name): \(NumberText.significant(flops, 3)) FLOPs are less than a model of "
          + "\(NumberText.size(nonZeroParameters)) parameters spends on one unit of data, so there "
          + "is no training to find the best sparsity of"
      ])
    }
    sweep = analysis.sweep.name
    basis = analysis.basis.rawValue
    self.accounting = accounting
    nonzeroParams = Number(nonZeroParameters)
    self.flops = Number(flops)
    chinchillaMultiple = Number(
      flops / model.chinchillaFlops(nonZeroParameters: nonZeroParameters))
    sparsity = Number(best.sparsity)
    interval = Interval(
      analysis.finalFit?.uncertainty?.distribution.optimalSparsityInterval(
        model, nonZeroParameters: nonZeroParameters, flops: flops))
    loss = Number(best.loss)
    data = Number(best.data)
    nearOptimal = Interval(
      model.nearOptimalSparsities(
        nonZeroParameters: nonZeroParameters, flops: flops, tolerance: tolerance))
    self.tolerance = tolerance
    lossUnit = analysis.sweep.lossUnit
    dataUnit = analysis.sweep.dataUnit
    law = AnswerText.law(analysis)
    extrapolation = Reach(
      analysis,
      Setting(
        nonZeroParameters: nonZeroParameters, sparsity: best.sparsity, data: best.data))
  }

  public var text: String {
    let units = (
      loss: lossUnit.isEmpty ? "" : " \(lossUnit)", data: dataUnit.isEmpty ? "of data" : dataUnit
    )
    var lines = [
      "optimal sparsity \(NumberText.percent(sparsity?.value ?? .nan, 1)) "
        + "(\(accounting) accounting, \(law))",
      "loss \(AnswerText.loss(loss))\(units.loss) on \(NumberText.size(data?.value ?? .nan)) "
        + "\(units.data); \(NumberText.multiple(chinchillaMultiple?.value ?? .nan)) Chinchilla compute",
    ]
    if let low = interval?.low?.value, let high = interval?.high?.value {
      lines.insert(
        "95 % interval of the optimum: \(NumberText.percent(low, 1)) to "
          + NumberText.percent(high, 1), at: 1)
    }
    if let low = nearOptimal?.low?.value, let high = nearOptimal?.high?.value {
      lines.append(
        "within \(NumberText.percent(tolerance, 1)) of the best loss: "
          + "\(NumberText.percent(low, 1)) to \(NumberText.percent(high, 1))")
    }
    if let sparsity, sparsity.value > 0.9899 {
      lines.append(
        "warning: 99 % is the largest sparsity that is tried; the optimum lies beyond it")
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
