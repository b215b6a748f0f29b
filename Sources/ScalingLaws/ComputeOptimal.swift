import Foundation
import RunLogs

/// What a law says about dense training: the size and the data that a budget is best spent on.
public struct ComputeOptimal: Sendable {
  /// The best dense model of one budget, with the intervals of the law.
  public struct Entry: Sendable {
    public var flops: Double
    public var optimum: ComputeModel.DenseOptimum
    public var parameters: ClosedRange<Double>?
    public var data: ClosedRange<Double>?
    public var dataPerParameter: ClosedRange<Double>?
    /// Of the least loss by the law; a single run scatters more.
    public var loss: ClosedRange<Double>?
    /// The sizes whose loss is within the tolerance of the least.
    public var nearOptimal: ClosedRange<Double>
    /// Whether the budget, N* or D* lies outside those of the dense runs; nil without runs.
    public var isExtrapolated: Bool?
  }

  /// What the dense runs had, on which an optimum may rest.
  public struct Coverage: Sendable {
    public var flops: ClosedRange<Double>
    public var parameters: ClosedRange<Double>
    public var data: ClosedRange<Double>

    /// Nil without runs.
    init?(_ settings: [Setting], _ model: ComputeModel) {
      func range(_ value: (Setting) -> Double) -> ClosedRange<Double>? {
        let values = settings.map(value)
        guard let low = values.min(), let high = values.max() else { return nil }
        // A rounding of the last digit is no extrapolation.
        return low * (1 - 1e-9)...high * (1 + 1e-9)
      }
      guard let parameters = range(\.nonZeroParameters), let data = range(\.data),
        let flops = range({ model.flopsPerParameter * $0.nonZeroParameters * $0.data })
      else { return nil }
      (self.flops, self.parameters, self.data) = (flops, parameters, data)
    }

    public func contains(_ optimum: ComputeModel.DenseOptimum, flops: Double) -> Bool {
      self.flops.contains(flops) && parameters.contains(optimum.parameters)
        && data.contains(optimum.data)
    }
  }

  /// Dense accounting of the law.
  public var model: ComputeModel
  /// The replicates of the law; nil without.
  public var replicates: BootstrapDistribution?
  /// Nil where no dense run was fitted.
  public var coverage: Coverage?
  /// The relative loss that counts as equally good.
  public var tolerance: Double
  /// At round budgets.
  public var entries: [Entry]

  /// Nil where the law has no dense optimum, or where its runs were all of one higher sparsity, so
  /// that nothing is known of dense models.
  init?(_ study: Study, tolerance: Double) {
    let settings = study.concludingRuns.map(Setting.init)
    let dense = settings.filter { nominalSparsity($0.sparsity) == 0 }
    guard settings.isEmpty || !dense.isEmpty || study.law.respondsToSparsity else { return nil }
    self.init(
      study.model(study.law, .dense), replicates: study.finalFit?.uncertainty?.distribution,
      dense: dense, tolerance: tolerance)
  }

  package init?(
    _ model: ComputeModel, replicates: BootstrapDistribution?, dense: [Setting], tolerance: Double
  ) {
    self.model = model
    self.replicates = replicates
    self.tolerance = tolerance
    coverage = Coverage(dense, model)
    entries = []
    let budgets =
      coverage.map { Self.budgets($0.flops, decadesBeyond: Self.decadesBeyond) }
      ?? Self.budgets(Self.standardBudgets(model), decadesBeyond: 0)
    entries = budgets.compactMap(entry)
    if entries.isEmpty { return nil }
  }

  /// The best model of a budget; nil where there is none.
  public func entry(flops: Double) -> Entry? {
    guard let optimum = model.denseOptimum(flops: flops),
      let near = model.nearOptimalSizes(flops: flops, tolerance: tolerance)
    else { return nil }
    let intervals =
      replicates?.intervals(in: model) { model in
        let optimum = model.denseOptimum(flops: flops)
        return [optimum?.parameters, optimum?.data, optimum?.dataPerParameter, optimum?.loss]
          .map { $0 ?? .nan }
      } ?? [nil, nil, nil, nil]
    return Entry(
      flops: flops, optimum: optimum, parameters: intervals[0], data: intervals[1],
      dataPerParameter: intervals[2], loss: intervals[3], nearOptimal: near,
      isExtrapolated: coverage.map { !$0.contains(optimum, flops: flops) })
  }

  /// The entry that headlines give: the largest budget that the runs stand behind, or of those that
  /// the runs had; without any, the middle of the table, which no end of a range has chosen.
  public var headline: Entry? {
    guard let coverage else { return entries.isEmpty ? nil : entries[entries.count / 2] }
    return entries.last { $0.isExtrapolated == false }
      ?? entries.last { coverage.flops.contains($0.flops) } ?? entries.first
  }

  /// The sizes that the budgets of a law without runs make the most of: from such as one GPU trains
  /// to the largest that were trained.
  private static let standardSizes = 1e7...1e11

  /// The budgets for which models of `standardSizes` are optimal: those of a law without runs.
  private static func standardBudgets(_ model: ComputeModel) -> ClosedRange<Double> {
    let ends = [standardSizes.lowerBound, standardSizes.upperBound].map {
      model.chinchillaFlops(nonZeroParameters: $0)
    }
    guard ends.allSatisfy({ $0 >= 1 && $0 <= 1e40 }), ends[0] < ends[1] else { return 1e18...1e24 }
    return ends[0]...ends[1]
  }

  /// Decades beyond the runs that are listed as well.
  private static let decadesBeyond = 2
  /// The most rows of the table.
  private static let mostBudgets = 10

  /// Round budgets: powers of ten, and three times them where there are few, to some decades past
  /// the range.
  static func budgets(_ range: ClosedRange<Double>, decadesBeyond: Int) -> [Double] {
    let low = Int(log10(range.lowerBound).rounded(.up))
    let high = Int(log10(range.upperBound).rounded(.down))
    let decades = Array(low...max(low, high + decadesBeyond))
    let isFew = high - low < 3
    let all = decades.flatMap { decade -> [Double] in
      let power = (Double("1e\(decade)") ?? pow(10, Double(decade)))
      return isFew && decade <= high ? [power, 3 * power] : [power]
    }
    let inside = isFew && 0.3 * all[0] >= range.lowerBound ? [0.3 * all[0]] + all : all
    guard inside.count > mostBudgets else { return inside }
    // An even choice that keeps the last.
    let stride = (inside.count + mostBudgets - 1) / mostBudgets
    return inside.indices.filter { (inside.count - 1 - $0) % stride == 0 }.map { inside[$0] }
  }
}
