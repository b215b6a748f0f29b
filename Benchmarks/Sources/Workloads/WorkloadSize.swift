import ScalingLaws

/// How much is fitted where nothing else is said: what the report does unless told otherwise.
public enum WorkloadSize {
  /// Starts of the published procedure.
  public static let publishedStarts = 25
  public static let starts = FitOptions().starts
  public static let replicates = FitOptions().bootstrap
}

/// The sizes over which the growth of the costs is measured.
public enum GrowthSize {
  public static let starts = 10
  public static let replicates = 20
  public static let runCounts = [50, 500, 5_000, 50_000, 100_000]
  public static let startCounts = [25, 50, 100, 200, 400, 800]
}
