/// How a bootstrap is run.
public struct BootstrapOptions: Sendable, Equatable {
  /// Default: 1,000.
  public var replicates = 1_000
  /// Replicate i depends on the seed and on i alone. Default: 0.
  public var seed: UInt64 = 0
  /// The largest number of threads; no result depends on it. Default: 1.
  public var threads = 1
  /// Default: chosen by measured coverage, see Benchmarks/Calibration.md.
  public var resampling = Resampling.automatic
  /// Default: chosen by measured coverage, see Benchmarks/Calibration.md.
  public var kind = IntervalKind.percentile
  /// The share of true values that intervals are meant to cover. Default: 0.95.
  public var level = 0.95
  /// One replicate of this many is also fitted from fresh starts. Default: 50; 0 for none.
  public var freshEvery = 50
  /// The number of fresh starts of such a replicate. Default: 20.
  public var freshStarts = 20

  public init() {}
}
