import Foundation
import RunLogs

/// What sparsity does at equal size and compute, checked without any law: differences of log loss
/// between measured sparsities, straight from runs.
public struct MeasuredDifferences: Sendable {
  public enum Verdict: String, Sendable, CaseIterable {
    /// The sparser model has the lower loss, and its interval lies below 0.
    case better
    case worse
    /// The interval holds 0, or there is none.
    case undecided

    init(_ interval: ClosedRange<Double>?) {
      guard let interval else {
        self = .undecided
        return
      }
      self = interval.upperBound < 0 ? .better : interval.lowerBound > 0 ? .worse : .undecided
    }
  }

  /// Two sparsities at one size and budget.
  public struct Row: Sendable {
    public var accounting: String
    public var nonZeroParameters: Double
    /// The sparser of the two, and the denser.
    public var sparsity: Double
    public var over: Double
    public var flops: Double
    /// The budget as a multiple of dense Chinchilla compute, by the law; NaN where it has none.
    public var chinchillaMultiple: Double
    /// log loss of the sparser less that of the denser.
    public var difference: Double
    /// At 95 %, from repeats; nil without any.
    public var interval: ClosedRange<Double>?
    /// By an interval that allows for the number of rows of the pair by this accounting.
    public var verdict: Verdict
    /// Whether one of the losses lies between runs.
    public var isInterpolated: Bool
    /// What the law says of the difference; NaN where it says nothing.
    public var predicted: Double
    fileprivate var combination: MeasuredLosses.Combination
  }

  /// The rows of two sparsities by one accounting, beside where the law says that one overtakes.
  public struct Pair: Sendable {
    /// The mean of differences, whose shared runs count as what they are.
    public struct Mean: Sendable {
      public var value: Double
      public var interval: ClosedRange<Double>?
      /// By an interval that allows for three such means by each of two accountings.
      public var verdict: Verdict
      public var rows: Int
    }

    public var overtake: Overtake
    public var rows: [Row]
    /// Of rows below the interval of the overtake, inside it, and above it; nil without any.
    public var below: Mean?
    public var within: Mean?
    public var above: Mean?
  }

  public let rows: [Row]
  /// As the overtakes stand.
  public let pairs: [Pair]

  /// Nil where no two sparsities of one size meet at one budget.
  ///
  /// Budgets are those of the runs of either sparsity, so that one loss at least is measured.
  init?(_ losses: MeasuredLosses, _ study: Study, overtakes: [Overtake]) {
    let levels = Level.sparsities(losses.runs.map(\.sparsity)).map(\.value)
    let sizes = losses.series.groups(by: \.nonZeroParameters).map(\.members)
    var rows: [Row] = []
    for accounting in [Accounting.dense, .sparse(study.schedule)] {
      let model = study.model(study.law, accounting)
      for (lower, higher) in Overtake.pairs(of: levels) {
        var own = sizes.flatMap { series -> [Row] in
          guard let denser = series.first(where: { $0.sparsity == lower }),
            let sparser = series.first(where: { $0.sparsity == higher })
          else { return [] }
          return Self.rows(losses, denser, sparser, model, byLaw: study.concludes)
        }
        for index in own.indices {
          own[index].verdict = Verdict(
            losses.interval(own[index].combination, among: own.count))
        }
        rows += own
      }
    }
    guard !rows.isEmpty else { return nil }
    self.rows = rows
    pairs = overtakes.compactMap { overtake in
      let own = rows.filter {
        $0.accounting == overtake.accounting && $0.sparsity == overtake.sparsity
          && $0.over == overtake.over
      }
      guard !own.isEmpty else { return nil }
      let range =
        overtake.interval ?? overtake.chinchillaMultiple...overtake.chinchillaMultiple
      func mean(_ isInside: (Double) -> Bool) -> Pair.Mean? {
        let members = own.filter { isInside($0.chinchillaMultiple) }
        return MeasuredLosses.Combination.mean(members.map(\.combination)).map {
          Pair.Mean(
            value: losses.value($0), interval: losses.interval($0),
            verdict: Verdict(losses.interval($0, among: 6)), rows: members.count)
        }
      }
      return Pair(
        overtake: overtake, rows: own, below: mean { $0 < range.lowerBound },
        within: mean(range.contains), above: mean { $0 > range.upperBound })
    }
  }

  private static func rows(
    _ losses: MeasuredLosses, _ denser: MeasuredLosses.Series, _ sparser: MeasuredLosses.Series,
    _ model: ComputeModel, byLaw: Bool
  ) -> [Row] {
    let size = denser.nonZeroParameters
    func flops(_ series: MeasuredLosses.Series) -> [Double] {
      series.amounts.map {
        model.flops(nonZeroParameters: size, sparsity: series.sparsity, data: $0.data)
      }
    }
    func combination(
      _ series: MeasuredLosses.Series, _ flops: Double
    ) -> MeasuredLosses.Combination? {
      losses.logLoss(
        series,
        data: model.data(nonZeroParameters: size, sparsity: series.sparsity, flops: flops))
    }
    // Of runs that support no law nothing is said by one.
    let chinchilla = byLaw ? model.chinchillaFlops(nonZeroParameters: size) : .nan
    func predicted(_ series: MeasuredLosses.Series, _ flops: Double) -> Double {
      byLaw
        ? log(model.loss(nonZeroParameters: size, sparsity: series.sparsity, flops: flops)) : .nan
    }
    // Budgets of both are one where they agree.
    return Level.grouping(flops(denser) + flops(sparser), tolerance: 1e-6).compactMap { budget in
      let flops = budget.value
      guard let a = combination(denser, flops), let b = combination(sparser, flops) else {
        return nil
      }
      let difference = b - a
      return Row(
        accounting: model.accounting.name, nonZeroParameters: size, sparsity: sparser.sparsity,
        over: denser.sparsity, flops: flops,
        chinchillaMultiple: flops / chinchilla,
        difference: losses.value(difference), interval: losses.interval(difference),
        verdict: .undecided, isInterpolated: difference.isInterpolated,
        predicted: predicted(sparser, flops) - predicted(denser, flops), combination: difference)
    }
  }
}
