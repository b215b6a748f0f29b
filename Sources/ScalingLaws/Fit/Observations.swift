import Foundation
import RunLogs

/// Measured losses and what they were measured at.
public struct Observations: Sendable {
  public var names: [String]
  public var settings: [Setting]
  /// Measured losses, positive, one a setting.
  public var losses: [Double]
  /// The run that each is a checkpoint of, one a setting; empty where none is.
  public var trajectories: [String] = []

  public init(names: [String], settings: [Setting], losses: [Double]) {
    self.names = names
    self.settings = settings
    self.losses = losses
  }

  public init(_ runs: [TrainingRun]) {
    self.init(
      names: runs.map(\.name), settings: runs.map(Setting.init), losses: runs.map(\.loss))
    if runs.contains(where: { $0.trajectory != nil }) {
      trajectories = runs.map { $0.trajectory ?? $0.name }
    }
  }

  public var count: Int { losses.count }

  /// These and others, in this order.
  func appending(_ others: Observations) -> Observations {
    var all = Observations(
      names: names + others.names, settings: settings + others.settings,
      losses: losses + others.losses)
    if !trajectories.isEmpty || !others.trajectories.isEmpty {
      all.trajectories = [self, others].flatMap {
        $0.trajectories.isEmpty ? $0.names : $0.trajectories
      }
    }
    return all
  }

  /// The distinct values of N, ascending.
  public var sizes: [Double] { Level.grouping(settings.map(\.nonZeroParameters)).map(\.value) }
  /// The distinct values of D, ascending.
  public var dataAmounts: [Double] { Level.grouping(settings.map(\.data)).map(\.value) }
  /// The distinct values of S, nominal, ascending.
  public var sparsities: [Double] { Level.sparsities(settings.map(\.sparsity)).map(\.value) }
}
