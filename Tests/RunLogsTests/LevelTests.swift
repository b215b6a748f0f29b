import Foundation
import RunLogs
import Testing

/// The one grouping of sizes, data and sparsities.
@Suite struct LevelTests {
  @Test("Ten thousand sizes drawn at random do not chain into one level")
  func randomSizes() {
    var state: UInt64 = 7
    func random() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 9_007_199_254_740_992
    }
    var sizes: [Double] = []
    for _ in 0..<10_000 { sizes.append(1e6 * pow(1_000, random())) }
    let levels = Level.grouping(sizes)
    // A factor of 1,000 holds at least log 1000 / log 1.02 = 349 levels.
    #expect(levels.count >= 349 && levels.count < 1_000)
    #expect(levels.allSatisfy { $0.range.upperBound <= $0.range.lowerBound * 1.02 })
    #expect(levels.flatMap(\.members).sorted() == Array(sizes.indices))
    #expect(
      zip(levels, levels.dropFirst()).allSatisfy { $0.range.upperBound < $1.range.lowerBound })
  }

  @Test("A level is cut at its widest gap, not at a fixed distance from its least")
  func widestGap() {
    // From 1.000 on, 2 % would reach into the second cluster.
    let values = [1.018, 1.000, 1.002, 1.026, 1.019, 1.001]
    let levels = Level.grouping(values)
    #expect(levels.map(\.members) == [[1, 5, 2], [0, 4, 3]])
    #expect(levels.map(\.value) == [1.001, 1.019])
    #expect(Level.grouping([5, .nan, 0, -1, .infinity]).map(\.members) == [[0]])
    #expect(Level.grouping([]).isEmpty)
  }

  @Test("Counted sizes are one level; sizes of two digits are not")
  func sizes() {
    #expect(Level.grouping([36_846, 36_852, 36_864, 38_130]).map(\.members) == [[0, 1, 2], [3]])
    #expect(Level.grouping([89e9, 95e9, 100e9, 106e9, 112e9, 118e9, 125e9, 131e9]).count == 8)
  }

  @Test(
    "The nominal sparsity is what was meant",
    arguments: [
      (0.8747, 0.875), (0.33, 0.33), (0.61, 0.61), (0.86, 0.86), (0.4998, 0.5), (0.7497, 0.75),
      (0.9373, 0.9375), (0.984, 0.984375), (0.3299, 0.33), (0, 0), (0.0001, 0), (0.999, 0.999),
      (0.9999, 0.9999), (0.995, 0.995), (0.9949, 0.9949),
    ])
  func nominal(counted: Double, meant: Double) {
    #expect(abs(nominalSparsity(counted) - meant) < 1e-12)
  }

  @Test("Sparsities of one nominal value are one level, which it labels")
  func sparsities() {
    let levels = Level.sparsities([0.8747, 0, 0.875, 0.87501, 0.75, 1.5])
    #expect(levels.map(\.value) == [0, 0.75, 0.875])
    #expect(levels.map(\.members) == [[1], [4], [0, 2, 3]])
  }
}
