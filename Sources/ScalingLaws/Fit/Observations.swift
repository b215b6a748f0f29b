import Foundation
import RunLogs

/// Measured losses and what they were measured at.
public struct Observations: Sendable {
  public var names: [String]
  public var settings: [Setting]
  /// Measured losses, positive, one a setting.
  public var losses: [Double]

  public init(names: [String], settings: [Setting], losses: [Double]) {
    self.names = names
    self.settings = settings
    self.losses = losses
  }

  public init(_ runs: [TrainingRun]) {
    self.init(
      names: runs.map(\.name), settings: runs.map(Setting.init), losses: runs.map(\.loss))
  }

  public var count: Int { losses.count }

  /// These and others, in this order.
  func appending(_ others: Observations) -> Observations {
    Observations(
      names: names + others.names, settings: settings + others.settings,
      losses: losses + others.losses)
  }

  /// Sizes, data amounts and densities that differ by less than this are one level.
  static let levelTolerance = 0.02

  /// The distinct values of N, ascending.
  public var sizes: [Double] { Self.levels(settings.map(\.nonZeroParameters)) }
  /// The distinct values of D, ascending.
  public var dataAmounts: [Double] { Self.levels(settings.map(\.data)) }
  /// The distinct values of S, ascending.
  public var sparsities: [Double] {
    Self.levels(settings.map { 1 - $0.sparsity }).map { 1 - $0 }.reversed()
  }

  /// Distinct positive values, ascending: neighbours closer than the tolerance count as one,
  /// which the median of them stands for.
  public static func levels(_ values: [Double]) -> [Double] {
    var groups: [[Double]] = []
    for value in values.sorted() {
      if let last = groups.last?.last, value <= last * (1 + levelTolerance) {
        groups[groups.count - 1].append(value)
      } else {
        groups.append([value])
      }
    }
    return groups.map { $0[($0.count - 1) / 2] }
  }
}
