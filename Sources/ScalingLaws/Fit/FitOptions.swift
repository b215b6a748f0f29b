import Fitting

/// How a sweep is fitted, beyond what its sweep.yml says.
public struct FitOptions: Sendable, Equatable {
  /// Starting points of each fit. Default: 200.
  public var starts = 200
  /// Bootstrap replicates. Default: 1,000.
  public var bootstrap = 1_000
  /// Seed of the starting points and of the bootstrap. Default: 0.
  public var seed: UInt64 = 0
  /// The relative loss within which sparsities count as equally good. Default: 0.1 %.
  public var tolerance = 0.001
  /// The law to conclude from, by its name, in place of the one that sweep.yml names.
  public var law: String?
  /// The largest number of threads; no result depends on it. Default: 1.
  public var threads = 1

  public init() {}
}
