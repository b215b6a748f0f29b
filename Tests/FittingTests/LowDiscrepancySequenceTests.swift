import Fitting
import Testing

@Suite("Low-discrepancy sequence")
struct LowDiscrepancySequenceTests {
  /// 64 boxes and 640 points: random points would leave counts of 10 ± 3.2.
  @Test("fills boxes of the cube more evenly than chance", arguments: [0, 1, 7] as [UInt64])
  func even(seed: UInt64) {
    let sequence = LowDiscrepancySequence(dimensions: 3, seed: seed)
    var counts = [Int](repeating: 0, count: 64)
    for index in 0..<640 {
      let point = sequence[index]
      #expect(point.allSatisfy { (0..<1).contains($0) })
      let box = point.reduce(0) { $0 * 4 + Int($1 * 4) }
      counts[box] += 1
    }
    let spread = counts.reduce(0) { $0 + ($1 - 10) * ($1 - 10) }
    #expect(spread < 64 * 5, "random points would have about \(64 * 10)")
  }

  @Test("a seed shifts every point")
  func seeds() {
    let first = LowDiscrepancySequence(dimensions: 3, seed: 0)
    let second = LowDiscrepancySequence(dimensions: 3, seed: 1)
    #expect(first[10] != second[10])
    #expect(first[10] == LowDiscrepancySequence(dimensions: 3, seed: 0)[10])
  }
}
