import Fitting
import Foundation
import RunLogs
import ScalingLaws
import Testing

@Suite("Runs that differ in their seed alone")
struct RepeatedSettingsTests {
  private let law = FrantarLaw(
    aS: 10, bS: 0.9, cS: 20, bN: 0.25, aD: 2e5, bD: 0.35, c: 0.8)

  @Test func theyAreGroupedInTheOrderOfTheSweep() throws {
    var runs = Design.t5.runs(of: law)
    for (place, name, factor) in [(20, "a", 1.01), (3, "b", 0.99), (20, "c", 1.02)] {
      var copy = runs[place]
      copy.name = name
      copy.loss *= factor
      runs.append(copy)
    }
    let repeated = RepeatedSettings(runs)
    #expect(repeated.groups.map { $0.runs.map(\.name) } == [["r3", "b"], ["r20", "a", "c"]])
    // Of two values the standard deviation is their distance over √2.
    #expect(
      relativeError(repeated.groups[0].relativeDeviation, -log(0.99) / 2.0.squareRoot()) < 1e-9)
    let floor = try #require(NoiseFloor(RepeatedSettings(runs).groups))
    #expect(floor.groups == 2 && floor.runs == 5)
    let findings = repeated.findings
    #expect(findings.map(\.run) == ["r3", "r20"])
    #expect(findings.map { "\($0.location)" } == ["runs.csv:5", "runs.csv:22"])
    #expect(findings[0].message.contains("0.71 %"))
    #expect(findings[1].message.contains("a, c; these 3 losses"))
    #expect(findings.allSatisfy { $0.kind == .repeatedSetting })
  }

  /// Counted sparsities differ by a few weights, and lie on both sides of any bin's border.
  @Test func nearlyEqualSettingsAreRepeatsAndOthersAreNot() {
    var generator = SplitMix64(seed: 1)
    for _ in 0..<2_000 {
      var first = Design.t5.runs(of: law)[30]
      first.denseParameters = exp(60 * generator.unitInterval())
      first.data = exp(60 * generator.unitInterval())
      var second = first
      let near = generator.next() >> 63 == 0
      let distance = near ? 0.00099 : 0.00102
      switch generator.index(below: 3) {
      case 0: second.denseParameters *= 1 - distance
      case 1: second.data *= 1 - distance
      default: second.sparsity = 1 - (1 - second.sparsity) * (1 - distance)
      }
      #expect(RepeatedSettings([first, second]).groups.count == (near ? 1 : 0))
    }
  }

  @Test func runsThatDifferInPatternOrParentAloneAreNoRepeats() {
    let first = Design.t5.runs(of: law)[30]
    var (pattern, parent) = (first, first)
    pattern.pattern = .blocked(n: 2, m: 4)
    parent.parent = "r1"
    #expect(RepeatedSettings([first, first]).groups.count == 1)
    #expect(RepeatedSettings([first, pattern]).groups.isEmpty)
    #expect(RepeatedSettings([first, parent]).groups.isEmpty)
  }

  @Test func tenThousandRunsTakeNoTime() {
    let first = Design.t5.runs(of: law)[0]
    let many = (0..<10_000).map { index in
      var run = first
      run.name = "m\(index)"
      run.data = pow(1.01, Double(index / 2))
      return run
    }
    let clock = ContinuousClock()
    var groups = 0
    let time = clock.measure { groups = RepeatedSettings(many).groups.count }
    #expect(groups == 5_000)
    #expect(time < .seconds(5))
  }
}
