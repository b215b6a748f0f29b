/// What indices cost in memory, and the best sparsity when they are paid for.
public struct StorageAnalysis: Sendable {
  /// The best sparsity of one storage format at a fixed memory budget and fixed data.
  public struct Best: Sendable {
    public var format: StorageFormat
    /// Whether runs of the sweep say how good an N:M format is.
    public var isMeasured: Bool
    public var optimum: MemoryBudget.Optimum
  }

  /// The memory of one model of `table.denseParameters`.
  public var table: StorageTable
  /// By format; formats with one sparsity are compared at it.
  public var best: [Best]
  /// The budget: the memory of the largest fitted size kept dense.
  public var budgetBytes: Double

  /// Bits of a weight: half precision.
  public static let weightBits = 16.0
  /// The columns of a typical matrix, for index widths and row pointers.
  public static let rowLength = 4_096

  /// - Parameters:
  ///   - denseParameters: the model of the table, and the budget.
  ///   - data: what every model of the comparison is trained on.
  ///   - patterns: what N:M runs of the sweep say of the quality of N:M formats; a format
  ///     without runs is taken to be as good as unstructured sparsity.
  public init(
    law: ScalingLaw, denseParameters: Double, sparsities: [Double], data: Double,
    patterns: PatternComparison?
  ) {
    table = StorageTable(
      denseParameters: denseParameters, weightBits: Self.weightBits, rowLength: Self.rowLength,
      sparsities: sparsities)
    let bytes = StorageFormat.dense.bytes(
      denseParameters: denseParameters, sparsity: 0, weightBits: Self.weightBits)
    budgetBytes = bytes
    best = StorageFormat.standard(rowLength: Self.rowLength).filter { !$0.keepsZeros }.map {
      format in
      let measured = patterns?.summaries.first { $0.pattern.description == format.name }
      let budget = MemoryBudget(
        bytes: bytes, weightBits: Self.weightBits, multiplierShare: measured?.multiplierRatio ?? 1)
      return Best(
        format: format, isMeasured: measured != nil,
        optimum: budget.optimum(law: law, format: format, data: data))
    }
  }
}
