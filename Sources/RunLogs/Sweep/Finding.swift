/// Something about a run that a careful reader of its log would notice, and what was done;
/// texts are shortened to 2,000 bytes.
public struct Finding: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    /// The logger says that the run failed or was stopped, or fewer steps than planned were run.
    case unfinished
    /// The loss is not a number, or rose at the end by much of what it had fallen.
    case diverged
    /// The loss rose at the end beyond its noise.
    case risingLoss = "rising-loss"
    /// The sparsity at the end is not the one that was aimed at.
    case missedTarget = "missed-target"
    /// The sparsity over training does not follow the pruning schedule.
    case offSchedule = "off-schedule"
    /// The loss was taken from a row before pruning was over.
    case earlyLoss = "early-loss"
    /// Steps were logged again, as after a restart from a checkpoint.
    case restarted
    /// Part of a log was damaged or cut off and passed over.
    case damaged
    /// Another run has the same name.
    case duplicate
    /// Other runs have the same settings, as with other seeds.
    case repeatedSetting = "repeated-setting"
    /// The fitted law misses the run by more than its noise explains.
    case outlier
  }

  public var run: String
  public var kind: Kind
  public var location: SourceLocation
  /// What is so, such as "ends at step 200 of 400".
  public var message: String
  /// What was done, such as "excluded".
  public var action: String

  public init(
    run: String, kind: Kind, location: SourceLocation, message: String, action: String
  ) {
    self.run = run.shortened
    self.kind = kind
    self.location = location
    self.message = message.shortened
    self.action = action.shortened
  }
}

extension Finding: CustomStringConvertible {
  /// `file:line: run: message; action`.
  public var description: String { "\(location): \(run): \(message); \(action)" }
}
