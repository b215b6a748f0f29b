import Foundation

/// How the weights of a pruned matrix are kept in memory: what is paid for each non-zero weight
/// and for each position, zero or not.
///
/// A further format is one more static member. Only the prunable weights are counted.
public struct StorageFormat: Sendable, Equatable {
  /// The name in tables.
  public var name: String
  /// Bits beside the weight itself for each weight that is kept.
  public var indexBitsPerNonZero: Double
  /// Bits for each position of the dense matrix.
  public var bitsPerPosition: Double
  /// Whether zeros are kept like other weights.
  public var keepsZeros: Bool
  /// The only sparsity that the format has; nil for any.
  public var onlySparsity: Double?

  public init(
    name: String, indexBitsPerNonZero: Double, bitsPerPosition: Double, keepsZeros: Bool = false,
    onlySparsity: Double? = nil
  ) {
    self.name = name
    self.indexBitsPerNonZero = indexBitsPerNonZero
    self.bitsPerPosition = bitsPerPosition
    self.keepsZeros = keepsZeros
    self.onlySparsity = onlySparsity
  }

  /// Every weight, zero or not: N_dense w bits.
  public static let dense = StorageFormat(
    name: "dense", indexBitsPerNonZero: 0, bitsPerPosition: 0, keepsZeros: true)

  /// Non-zero weights and one bit a position: N w + N_dense bits.
  public static let bitmask = StorageFormat(
    name: "bitmask", indexBitsPerNonZero: 0, bitsPerPosition: 1)

  /// n weights of each m and the place of each in its group: N (w + ⌈log₂ m⌉) bits, with N = n/m
  /// N_dense. For 2:4 these are the 2 bits that tensor cores read.
  ///
  /// - Parameters: 0 < n < m.
  public static func blocked(n: Int, m: Int) -> StorageFormat {
    StorageFormat(
      name: "\(n):\(m)", indexBitsPerNonZero: indexBits(for: Double(m)), bitsPerPosition: 0,
      onlySparsity: 1 - Double(n) / Double(m))
  }

  /// Compressed sparse rows: N (w + i) + 32 N_dense / r bits, with i bits for the column of each
  /// weight, r the row length, and a row pointer of 32 bits.
  ///
  /// - Parameters:
  ///   - bits: the width of an index, usually 16 or 32; nil for the ⌈log₂ r⌉ that suffice.
  ///   - rowLength: the columns of a matrix, at least 1.
  public static func compressedRows(indexBits bits: Int? = nil, rowLength: Int) -> StorageFormat {
    let row = Double(max(rowLength, 1))
    let width = bits.map(Double.init) ?? indexBits(for: row)
    return StorageFormat(
      name: "compressed rows, \(Int(width))-bit indices", indexBitsPerNonZero: width,
      bitsPerPosition: 32 / row)
  }

  /// The bits that tell `count` places apart.
  private static func indexBits(for count: Double) -> Double { log2(count).rounded(.up) }

  /// Bits for each position of the dense matrix at a density in (0, 1].
  public func bitsPerPosition(density: Double, weightBits: Double) -> Double {
    keepsZeros
      ? weightBits : density * (weightBits + indexBitsPerNonZero) + bitsPerPosition
  }

  /// The memory of a model in bytes.
  public func bytes(denseParameters: Double, sparsity: Double, weightBits: Double) -> Double {
    denseParameters * bitsPerPosition(density: 1 - sparsity, weightBits: weightBits) / 8
  }

  /// The non-zero parameters that fit into `bytes` at a sparsity.
  public func nonZeroParameters(bytes: Double, sparsity: Double, weightBits: Double) -> Double {
    let density = 1 - sparsity
    return 8 * bytes * density / bitsPerPosition(density: density, weightBits: weightBits)
  }
}
