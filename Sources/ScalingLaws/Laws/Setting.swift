import RunLogs

/// What a law predicts a loss for.
public struct Setting: Sendable, Equatable {
  /// Non-zero parameters N.
  public var nonZeroParameters: Double
  /// Sparsity S in [0, 1).
  public var sparsity: Double
  /// Training data D.
  public var data: Double

  public init(nonZeroParameters: Double, sparsity: Double, data: Double) {
    self.nonZeroParameters = nonZeroParameters
    self.sparsity = sparsity
    self.data = data
  }

  public init(_ run: TrainingRun) {
    self.init(
      nonZeroParameters: run.nonZeroParameters, sparsity: run.sparsity, data: run.data)
  }

  /// N / (1 − S).
  public var denseParameters: Double { nonZeroParameters / (1 - sparsity) }
}
