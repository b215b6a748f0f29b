/// One logged row of a run, in the units of the sweep: what the log holds of one step, though many
/// loggers cut it into several lines.
public struct LoggedRow: Sendable, Equatable {
  /// D seen by then; where the log does not count it, in proportion to the steps.
  public var data: Double
  public var loss: Double?
  public var sparsity: Double?
  public var nonZeroParameters: Double?

  public init(
    data: Double, loss: Double? = nil, sparsity: Double? = nil, nonZeroParameters: Double? = nil
  ) {
    self.data = data
    self.loss = loss
    self.sparsity = sparsity
    self.nonZeroParameters = nonZeroParameters
  }
}

extension LoggedRow {
  /// How many are kept of each of so many runs: about a million of all.
  package static func most(ofRuns count: Int) -> Int {
    max(128, min(Thinned<LoggedRow>.capacity, (1 << 20) / max(count, 1)))
  }
}
