import Fitting
import Testing

@Suite("Parallel map")
struct ParallelMapTests {
  @Test("keeps the order at any number of threads", arguments: [-1, 0, 1, 2, 3, 16])
  func order(threads: Int) {
    for count in [0, 1, 2, 17, 1_000] {
      let result = parallelMap(count: count, threads: threads) { index in
        // Uneven work, so that threads finish out of order.
        var generator = SplitMix64(seed: 1, stream: UInt64(index))
        for _ in 0..<(index % 7 * 50) { _ = generator.next() }
        return index
      }
      #expect(result == Array(0..<count))
    }
  }

  @Test("holds values that are not trivial")
  func references() {
    let result = parallelMap(count: 100, threads: 4) { index in
      (0...index).map { "item \($0)" }
    }
    #expect(result.map(\.count) == Array(1...100))
    #expect(result[42].last == "item 42")
  }

  @Test("a negative count is empty")
  func negative() {
    #expect(parallelMap(count: -5, threads: 4) { $0 }.isEmpty)
  }
}
