/// How the training compute of a sparse model is counted: C = k N D m(S), with k the FLOPs per
/// parameter and unit of data, and m = (1 − q S) / (1 − S).
///
/// q is the share of the sparsity that saves compute, on average over training: 0 where every
/// weight is computed, the schedule's mean share where only non-zero ones are. A further
/// accounting is one more static member that gives its q.
public struct Accounting: Sendable, Equatable {
  /// The name on the command line and in results.json.
  public var name: String
  /// q, in [0, 1).
  public var savedShare: Double

  public init(name: String, savedShare: Double) {
    self.name = name
    self.savedShare = savedShare
  }

  /// Every weight is computed, zero or not.
  public static let dense = Accounting(name: "dense", savedShare: 0)

  /// Only non-zero weights are computed, at each moment of the pruning schedule.
  public static func sparse(_ schedule: PruningSchedule) -> Accounting {
    Accounting(name: "sparse", savedShare: schedule.meanShareOfTarget)
  }

  /// A share `efficiency`, in [0, 1], of the FLOPs saved becomes time saved.
  public static func hardware(efficiency: Double, _ schedule: PruningSchedule) -> Accounting {
    Accounting(
      name: "hardware:\(efficiency)", savedShare: efficiency * schedule.meanShareOfTarget)
  }

  /// Those that a report gives: every weight, non-zero weights, and half of the saving.
  public static func reported(_ schedule: PruningSchedule) -> [Accounting] {
    [.dense, .sparse(schedule), .hardware(efficiency: 0.5, schedule)]
  }

  /// m(S): the cost per non-zero parameter relative to a dense model's.
  public func costFactor(_ sparsity: Double) -> Double {
    (1 - savedShare * sparsity) / (1 - sparsity)
  }

  /// m'(S) = (1 − q) / (1 − S)².
  public func costFactorSlope(_ sparsity: Double) -> Double {
    (1 - savedShare) / ((1 - sparsity) * (1 - sparsity))
  }
}
