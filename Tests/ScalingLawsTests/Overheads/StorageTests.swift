import Fitting
import Foundation
import ScalingLaws
import Testing

@Suite("Storage of sparse weights")
struct StorageTests {
  /// A matrix of which `kept` weights of each `group` consecutive ones are non-zero.
  private func matrix(rows: Int, columns: Int, keep: Int, of group: Int) -> [[Bool]] {
    var generator = SplitMix64(seed: 2)
    return (0..<rows).map { _ in
      (0..<(columns / group)).flatMap { _ in
        var places = Array(repeating: false, count: group)
        while places.count(where: \.self) < keep {
          places[generator.index(below: group)] = true
        }
        return places
      }
    }
  }

  @Test("formats take the bits of a matrix written out weight by weight")
  func counted() {
    let (rows, columns, weightBits) = (96, 256, 16)
    let matrix = matrix(rows: rows, columns: columns, keep: 2, of: 8)
    var bits = ["dense": 0, "bitmask": 0, "blocked": 0, "rows": 0, "tight": 0]
    for row in matrix {
      bits["rows", default: 0] += 32
      bits["tight", default: 0] += 32
      for isKept in row {
        bits["dense", default: 0] += weightBits
        bits["bitmask", default: 0] += 1
        guard isKept else { continue }
        bits["bitmask", default: 0] += weightBits
        // 3 bits tell 8 places apart, 8 bits 256 columns.
        bits["blocked", default: 0] += weightBits + 3
        bits["rows", default: 0] += weightBits + 16
        bits["tight", default: 0] += weightBits + 8
      }
    }
    let formats: [(String, StorageFormat)] = [
      ("dense", .dense), ("bitmask", .bitmask), ("blocked", .blocked(n: 2, m: 8)),
      ("rows", .compressedRows(indexBits: 16, rowLength: columns)),
      ("tight", .compressedRows(rowLength: columns)),
    ]
    for (name, format) in formats {
      let bytes = format.bytes(
        denseParameters: Double(rows * columns), sparsity: 0.75, weightBits: Double(weightBits))
      #expect(bytes * 8 == Double(bits[name] ?? 0), "\(name)")
    }
  }

  @Test("2:4 at half precision takes nine sixteenths, at any scale")
  func twoOfFour() {
    let table = StorageTable(
      denseParameters: 1e9, weightBits: 16, rowLength: 4_096, sparsities: [0.5, 0.75])
    let row = table.rows.first { $0.format.name == "2:4" }
    #expect(row?.shareOfDense == 0.5625)
    #expect(row?.bytes == 1e9 * 2 * 0.5625)
    #expect(row?.bitsPerNonZero == 18)
    #expect(table.rows.filter { $0.format.name == "2:4" }.count == 1)
    #expect(table.rows.filter { $0.format == .dense }.map(\.bytes) == [2e9])
    #expect(table.rows.filter { $0.format == .bitmask }.map(\.sparsity) == [0.5, 0.75])
  }

  @Test(
    "parameters that fit take the memory they fit into",
    arguments: StorageFormat.standard(rowLength: 1_024))
  func inverse(_ format: StorageFormat) {
    for sparsity in [0.1, 0.5, 0.9] {
      for weightBits in [4.0, 16] {
        let size = format.nonZeroParameters(
          bytes: 1e6, sparsity: sparsity, weightBits: weightBits)
        let bytes = format.bytes(
          denseParameters: size / (1 - sparsity), sparsity: sparsity, weightBits: weightBits)
        #expect(relativeError(bytes, 1e6) < 1e-12)
      }
    }
  }
}
