import Fitting
import Foundation
import Testing

@Suite("Minimisation in one variable")
struct BrentTests {
  @Test("finds the minimum of smooth functions")
  func smooth() {
    let parabola = Brent.minimise(from: -4, to: 10) { ($0 - 1.5) * ($0 - 1.5) + 2 }
    #expect(abs(parabola.argument - 1.5) < 1e-7)
    #expect(parabola.value == (parabola.argument - 1.5) * (parabola.argument - 1.5) + 2)
    let cosine = Brent.minimise(from: 0, to: 6) { cos($0) }
    #expect(abs(cosine.argument - .pi) < 1e-7)
    let skew = Brent.minimise(from: 0.01, to: 50) { $0 + 1 / $0 }
    #expect(abs(skew.argument - 1) < 1e-7)
  }

  @Test("finds a kink and an end of the interval")
  func edges() {
    #expect(abs(Brent.minimise(from: -1, to: 3) { abs($0 - 0.7) }.argument - 0.7) < 1e-9)
    #expect(abs(Brent.minimise(from: 2, to: 5) { $0 }.argument - 2) < 1e-8)
    #expect(abs(Brent.minimise(from: 2, to: 5) { -$0 }.argument - 5) < 1e-8)
  }

  @Test("the scan finds the lowest of many basins")
  func manyBasins() {
    let best = Brent.minimiseGlobally(from: -10, to: 10) {
      cos(3 * $0) + 0.02 * ($0 - 3) * ($0 - 3)
    }
    // The basin of cos(3x) nearest to 3 is at π; the parabola pulls it down a little.
    #expect(abs(best.argument - 3.1410) < 1e-3)
  }

  @Test("the scan returns ends exactly")
  func exactEnds() {
    #expect(Brent.minimiseGlobally(from: 0, to: 1) { $0 }.argument == 0)
    #expect(Brent.minimiseGlobally(from: 0, to: 1) { -$0 }.argument == 1)
  }

  @Test("NaN and infinite values end the search as well")
  func hostile() {
    _ = Brent.minimise(from: 0, to: 1) { _ in .nan }
    _ = Brent.minimiseGlobally(from: 0, to: 1) { _ in .infinity }
    let half = Brent.minimiseGlobally(from: 0, to: 1) { $0 < 0.5 ? .infinity : $0 }
    #expect(abs(half.argument - 0.5) < 1e-2)
  }
}
