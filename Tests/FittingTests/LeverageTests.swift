import Fitting
import Testing

@Suite("Leverages")
struct LeverageTests {
  /// A straight line: 1/n + (x − x̄)² / Σ(x − x̄)².
  @Test("of a straight line")
  func line() {
    let x = [0.0, 1, 2, 5, 12]
    let found = leverages(columns: [Array(repeating: 1, count: 5), x])
    for (value, leverage) in zip(x, found) {
      #expect(abs(leverage - (0.2 + (value - 4) * (value - 4) / 94)) < 1e-12)
    }
  }

  @Test("sum to the rank, whatever the units and dependencies")
  func rank() {
    var generator = SplitMix64(seed: 2)
    let a = (0..<20).map { _ in generator.normal() }
    let b = (0..<20).map { _ in generator.normal() * 1e-9 }
    let c = zip(a, b).map { 3 * $0 + 1e9 * $1 }
    let found = leverages(columns: [a, b, c, Array(repeating: 0, count: 20)])
    #expect(abs(found.reduce(0, +) - 2) < 1e-9)
    #expect(found.allSatisfy { (0...1).contains($0) })
  }

  @Test("a run that alone determines a coefficient has leverage 1")
  func full() {
    let found = leverages(columns: [[1, 1, 1, 1], [0, 0, 0, 5]])
    #expect(abs(found[3] - 1) < 1e-12)
    #expect(abs(found[0] - 1.0 / 3) < 1e-12)
  }
}
