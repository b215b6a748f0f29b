import Fitting
import Testing

@Suite("SplitMix64")
struct SplitMix64Tests {
  /// The reference implementation (Vigna, splitmix64.c) started at state 1234567. Our streams
  /// start at a mixed state; this seed mixes to that one.
  @Test("gives the published outputs")
  func knownOutputs() {
    var generator = SplitMix64(seed: 12_480_586_090_781_450_146)
    let outputs = (0..<5).map { _ in generator.next() }
    #expect(
      outputs == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test("streams of one seed, and one stream of several seeds, have no value in common")
  func streams() {
    var seen: Set<UInt64> = []
    for seed in 0..<10 as Range<UInt64> {
      for stream in 0..<100 as Range<UInt64> {
        var generator = SplitMix64(seed: seed, stream: stream)
        for _ in 0..<20 { seen.insert(generator.next()) }
      }
    }
    #expect(seen.count == 10 * 100 * 20)
  }

  /// Chi-squared of the counts stays below its 99.99 % point; the draws are fixed by the seed.
  @Test("draws every index equally often", arguments: [2, 3, 7, 48, 100])
  func indexIsUnbiased(bound: Int) {
    var generator = SplitMix64(seed: 5, stream: UInt64(bound))
    let draws = 2_000 * bound
    var counts = [Int](repeating: 0, count: bound)
    for _ in 0..<draws { counts[generator.index(below: bound)] += 1 }
    let chiSquared = counts.reduce(0) { sum, count in
      let excess = Double(count) - 2_000
      return sum + excess * excess / 2_000
    }
    let freedom = Double(bound - 1)
    // Wilson and Hilferty's approximation of the quantile, 3.72 standard deviations up.
    let root = 1 - 2 / (9 * freedom) + 3.72 * (2 / (9 * freedom)).squareRoot()
    #expect(chiSquared < freedom * root * root * root)
  }

  /// With a bound of 3 · 2⁶¹ a plain multiply-shift would give some indices twice as often.
  @Test("rejects what would bias huge bounds")
  func indexRejects() {
    let bound = 3 << 61
    var generator = SplitMix64(seed: 1)
    var low = 0
    for _ in 0..<30_000 where generator.index(below: bound) < 1 << 61 { low += 1 }
    #expect(abs(low - 10_000) < 400)
  }

  @Test("an empty or single choice is index 0", arguments: [-3, 0, 1])
  func trivialBound(bound: Int) {
    var generator = SplitMix64(seed: 1)
    #expect(generator.index(below: bound) == 0)
  }

  @Test("normal deviates have the moments of the standard normal distribution")
  func normal() {
    var generator = SplitMix64(seed: 3)
    let count = 100_000
    let draws = (0..<count).map { _ in generator.normal() }
    #expect(draws.allSatisfy { $0.isFinite })
    func moment(_ power: Int) -> Double {
      draws.reduce(0) { sum, draw in
        sum + (0..<power).reduce(1) { product, _ in product * draw }
      } / Double(count)
    }
    #expect(abs(moment(1)) < 0.012)
    #expect(abs(moment(2) - 1) < 0.018)
    #expect(abs(moment(3)) < 0.05)
    #expect(abs(moment(4) - 3) < 0.13)
  }
}
