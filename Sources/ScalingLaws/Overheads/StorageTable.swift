/// The memory of one model in every storage format at several sparsities.
public struct StorageTable: Sendable {
  public struct Row: Sendable, Equatable {
    public var format: StorageFormat
    public var sparsity: Double
    public var bytes: Double
    /// Over the bytes of the same matrices kept dense.
    public var shareOfDense: Double
    /// Bits for each non-zero weight, everything included.
    public var bitsPerNonZero: Double
  }

  /// The number of weights, zero or not.
  public var denseParameters: Double
  public var weightBits: Double
  /// By format, then sparsity; a format with one sparsity has one row, the dense format too.
  public var rows: [Row]

  /// - Parameters:
  ///   - rowLength: the columns of a matrix, at least 1, for row pointers.
  ///   - sparsities: each in [0, 1).
  public init(
    denseParameters: Double, weightBits: Double, rowLength: Int, sparsities: [Double],
    formats: [StorageFormat]? = nil
  ) {
    self.denseParameters = denseParameters
    self.weightBits = weightBits
    let formats = formats ?? StorageFormat.standard(rowLength: rowLength)
    rows = formats.flatMap { format in
      let levels = format.keepsZeros ? [0] : format.onlySparsity.map { [$0] } ?? sparsities
      return levels.map { sparsity in
        let bits = format.bitsPerPosition(density: 1 - sparsity, weightBits: weightBits)
        return Row(
          format: format, sparsity: sparsity,
          bytes: format.bytes(
            denseParameters: denseParameters, sparsity: sparsity, weightBits: weightBits),
          shareOfDense: bits / weightBits, bitsPerNonZero: bits / (1 - sparsity))
      }
    }
  }
}

extension StorageFormat {
  /// The formats that a table lists.
  public static func standard(rowLength: Int) -> [StorageFormat] {
    [
      .dense, .bitmask, .blocked(n: 2, m: 4), .blocked(n: 4, m: 8), .blocked(n: 1, m: 4),
      .blocked(n: 2, m: 8), .compressedRows(indexBits: 16, rowLength: rowLength),
      .compressedRows(indexBits: 32, rowLength: rowLength),
    ]
  }
}
