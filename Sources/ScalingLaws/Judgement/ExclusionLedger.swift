import Foundation
import RunLogs

/// How far the fit moves when runs that were left out are put back: what rests on leaving them
/// out.
public struct ExclusionLedger: Sendable {
  /// Something that is concluded from a fit.
  public enum Quantity: Sendable, Hashable {
    case coefficient(String)
    /// The effective-parameter multiplier of a sparsity.
    case multiplier(sparsity: Double)
    /// The multiple of Chinchilla compute from which a sparsity is best.
    case threshold(accounting: String, sparsity: Double)

    /// Whether it says something about sparsity itself.
    public var isConclusion: Bool {
      if case .coefficient = self { return false }
      return true
    }

    /// Whether it is an answer that readers come for, rather than a means to one: b_N, c and
    /// what follows about sparsity.
    public var isKey: Bool {
      switch self {
      case .coefficient(let name): name == "b_N" || name == "c"
      case .multiplier, .threshold: true
      }
    }
  }

  /// A quantity with and without the runs.
  public struct Move: Sendable {
    public var quantity: Quantity
    /// Without the runs, as the report has it.
    public var estimate: Double
    /// With the runs put back.
    public var putBack: Double
    /// Of the estimate; nil without a bootstrap.
    public var interval: ClosedRange<Double>?

    package init(
      quantity: Quantity, estimate: Double, putBack: Double, interval: ClosedRange<Double>?
    ) {
      self.quantity = quantity
      self.estimate = estimate
      self.putBack = putBack
      self.interval = interval
    }

    /// The move as a share of the way to the end of the interval on that side; above 1 it leaves
    /// the interval. Nil without an interval of some width.
    ///
    /// Where the estimate is itself an end of its interval, half the width stands for the way.
    public var share: Double? {
      guard let interval, estimate.isFinite, !putBack.isNaN else { return nil }
      if putBack == estimate { return 0 }
      let side =
        putBack > estimate ? interval.upperBound - estimate : estimate - interval.lowerBound
      let way = side > 0 ? side : (interval.upperBound - interval.lowerBound) / 2
      guard way > 0 else { return nil }
      if way.isInfinite { return putBack.isInfinite ? 1 : 0 }
      return abs(putBack - estimate) / way
    }

    /// How far it moves in proportion to its value; infinite where it comes or goes to 0 or infinity.
    public var distance: Double {
      if putBack == estimate { return 0 }
      let distance = abs(log(putBack / estimate))
      return distance.isNaN ? .infinity : distance
    }

    /// Put back over estimate, minus 1; nil from 0.
    public var relativeChange: Double? {
      let change = putBack == estimate ? 0 : putBack / estimate - 1
      return change.isFinite ? change : nil
    }
  }

  public enum Outcome: Sendable {
    /// In the order of the form, then the answers about sparsity.
    case refitted([Move])
    /// The runs have no loss, size or data that a fit could use.
    case noNumbers
    /// With the runs another form of the law would be fitted, whose coefficients mean other
    /// things.
    case otherForm
    /// There were more than the limits allow.
    case notTried
  }

  /// One run that can be put back.
  public struct Single: Sendable {
    public var run: TrainingRun
    /// The loss that the law without it predicts over the measured one, minus 1.
    public var relativeError: Double
    /// With this run alone put back.
    public var outcome: Outcome
  }

  /// Runs that were left out for one cause.
  public struct Entry: Sendable {
    /// What they were left out for; nil for all excluded runs together.
    public var cause: Exclusion.Cause?
    /// The names of all of them.
    public var runs: [String]
    /// Those that have numbers, in the order of the sweep.
    public var singles: [Single]
    /// With all of them put back at once.
    public var outcome: Outcome

    /// The root mean square of the relative errors of the runs that have numbers.
    public var rmsRelativeError: Double {
      let squares = singles.reduce(0) { $0 + $1.relativeError * $1.relativeError }
      return (squares / Double(max(singles.count, 1))).squareRoot()
    }
  }

  /// The most runs of a sweep that are put back one by one: those that the law misses most.
  public static let singlesLimit = 200
  /// The most causes whose runs are put back together.
  public static let causesLimit = 50

  /// One for each cause in the order of the sweep, then one for all where there are several.
  public var entries: [Entry]
  /// Runs that were not put back one by one, for being too many.
  public var singlesNotTried: Int
}

extension ExclusionLedger.Outcome {
  /// Nil where nothing was refitted.
  public var moves: [ExclusionLedger.Move]? {
    if case .refitted(let moves) = self { return moves }
    return nil
  }

  /// The conclusion about sparsity that moves furthest in proportion; nil where there is none.
  public var largestOfConclusions: ExclusionLedger.Move? {
    moves?.filter(\.quantity.isConclusion).max { $0.distance < $1.distance }
  }

  /// The coefficient that moves furthest in proportion.
  public var largestOfCoefficients: ExclusionLedger.Move? {
    moves?.filter { !$0.quantity.isConclusion }.max { $0.distance < $1.distance }
  }

  /// What moves furthest of that which readers come for.
  public var largest: ExclusionLedger.Move? { largestOfConclusions ?? largestOfCoefficients }

  /// The quantities that leave their intervals.
  public var leaving: [ExclusionLedger.Move] { (moves ?? []).filter { ($0.share ?? 0) > 1 } }

  /// What the report's conclusions owe to an exclusion.
  public enum Verdict: String, Sendable, CaseIterable {
    /// Everything stays within its interval.
    case independent
    /// Some coefficient leaves its interval, no key quantity does.
    case coefficientsDepend = "coefficients-depend"
    /// A key quantity leaves its interval.
    case depends
  }

  /// Nil where nothing was refitted or there are no intervals.
  public var verdict: Verdict? {
    guard let moves, moves.contains(where: { $0.share != nil }) else { return nil }
    if leaving.contains(where: \.quantity.isKey) { return .depends }
    return leaving.isEmpty ? .independent : .coefficientsDepend
  }
}
