import Fitting
import Foundation
import RunLogs
import ScalingLaws
import Testing

@Suite("N:M patterns")
struct PatternComparisonTests {
  private let law = ClaimRuns.law

  /// A run whose effective size is `share` of an unstructured run's.
  private func patterned(
    _ name: String, _ n: Int, _ m: Int, share: Double, size: Double = 4e4, d: Double = 4e6
  ) -> TrainingRun {
    let s = 1 - Double(n) / Double(m)
    return ClaimRuns.run(
      name, n: size, s: s, d: d,
      loss: law.loss(nonZeroParameters: size * share, sparsity: s, data: d),
      pattern: .blocked(n: n, m: m))
  }

  @Test("the dense size of a loss inverts the law", arguments: [1e4, 3e6, 2e9])
  func denseSize(_ size: Double) throws {
    let loss = law.loss(nonZeroParameters: size, sparsity: 0, data: 5e6)
    let found = try #require(law.general.denseParameters(forLoss: loss, data: 5e6))
    #expect(relativeError(found, size) < 1e-9)
    #expect(law.general.denseParameters(forLoss: law.c + law.dataTerm(5e6), data: 5e6) == nil)
    #expect(law.general.denseParameters(forLoss: 0.1, data: 5e6) == nil)
  }

  @Test("a pattern on the law earns the unstructured multiplier")
  func onTheLaw() throws {
    let run = ClaimRuns.run("a", s: 0.5, pattern: .blocked(n: 2, m: 4))
    let result = try #require(
      PatternComparison.measure([run], ensemble: ClaimRuns.ensemble(deviation: 0, replicates: 10)))
    let measured = result.runs[0]
    #expect(abs(measured.excess.value) < 1e-12)
    #expect(relativeError(measured.multiplier.value, measured.unstructuredMultiplier.value) < 1e-9)
    #expect(
      measured.unstructuredMultiplier.value == law.effectiveParameterMultiplier(sparsity: 0.5))
    let interval = try #require(measured.multiplier.interval)
    #expect(interval.upperBound - interval.lowerBound < 1e-9)
    #expect(measured.paired == nil)
  }

  @Test("multipliers, shares and excess of patterns with known losses")
  func knownShares() throws {
    let runs = [
      patterned("a", 2, 4, share: 0.8), patterned("b", 2, 4, share: 0.5, size: 8e4),
      patterned("c", 1, 4, share: 0.4),
    ]
    let result = try #require(
      PatternComparison.measure(runs, ensemble: LawEnsemble(law: law)))
    #expect(result.summaries.map(\.pattern) == [.blocked(n: 2, m: 4), .blocked(n: 1, m: 4)])
    #expect(result.summaries.map(\.runs) == [2, 1])
    #expect(relativeError(result.summaries[0].multiplierRatio, (0.8 * 0.5).squareRoot()) < 1e-9)
    #expect(relativeError(result.summaries[1].multiplierRatio, 0.4) < 1e-9)
    #expect(
      relativeError(
        result.summaries[1].multiplier.value,
        0.4 * law.effectiveParameterMultiplier(sparsity: 0.75)) < 1e-9)
    #expect(
      relativeError(1 + result.runs[0].excess.value, runs[0].loss / law.loss(Setting(runs[0])))
        < 1e-12)
    // Without replicates there are numbers but neither intervals nor verdicts.
    #expect(result.runs.allSatisfy { $0.excess.interval == nil })
    let gain = law.effectiveParameterMultiplier(sparsity: 0.75) - 1
    #expect(
      relativeError(
        result.summaries[1].gainShare.value,
        (result.summaries[1].multiplier.value - 1) / gain) < 1e-9)
    #expect(
      result.summaries[1].gainShare.value < 0 && result.summaries[1].againstDense == .undecided)
    #expect(result.contrasts.allSatisfy { $0.advantage == .undecided })
  }

  @Test("intervals of single runs and of means have the width that the noise gives them")
  func intervals() throws {
    let runs = (0..<4).map { ClaimRuns.run("r\($0)", pattern: .blocked(n: 2, m: 4)) }
    let result = try #require(
      PatternComparison.measure(
        runs, ensemble: ClaimRuns.ensemble(deviation: 0.01, replicates: 20_000)))
    let single = try #require(result.runs[1].excess.interval)
    #expect(abs(single.upperBound - (exp(1.96 * 0.01) - 1)) < 6e-4)
    #expect(abs(single.lowerBound - (exp(-1.96 * 0.01) - 1)) < 6e-4)
    let mean = try #require(result.summaries[0].excess.interval)
    #expect(abs(mean.upperBound - (exp(0.98 * 0.01) - 1)) < 4e-4)
    #expect(result.runs[0].excess.interval != result.runs[1].excess.interval)
  }

  @Test("the uncertainty of the law enters, too")
  func lawUncertainty() throws {
    let run = ClaimRuns.run("a", s: 0.75, pattern: .blocked(n: 1, m: 4))
    let ensemble = ClaimRuns.uncertainLaw()
    let result = try #require(PatternComparison.measure([run], ensemble: ensemble))
    let ratios = ensemble.replicates.map { run.loss / $0.loss(Setting(run)) - 1 }.sorted()
    let interval = try #require(result.runs[0].excess.interval)
    #expect(abs(interval.lowerBound - quantile(ofSorted: ratios, 0.025)) < 1e-12)
    #expect(abs(interval.upperBound - quantile(ofSorted: ratios, 0.975)) < 1e-12)
    #expect(result.summaries[0].multiplierReplicates.count == ensemble.replicates.count)
  }

  @Test("verdicts on sparser patterns", arguments: [(0.4, 0.01), (1.2, 0.003), (0.4, 0.2)])
  func contrasts(_ share: Double, _ deviation: Double) throws {
    let runs = [
      patterned("a", 2, 4, share: 0.98), patterned("b", 4, 8, share: 0.97, size: 8e4),
      patterned("c", 1, 4, share: share), patterned("d", 2, 8, share: share, size: 8e4),
    ]
    let result = try #require(
      PatternComparison.measure(runs, ensemble: ClaimRuns.ensemble(deviation: deviation)))
    #expect(result.contrasts.map(\.denser) == [.blocked(n: 2, m: 4), .blocked(n: 4, m: 8)])
    #expect(result.contrasts.map(\.sparser) == [.blocked(n: 1, m: 4), .blocked(n: 2, m: 8)])
    let expected: PatternComparison.Advantage =
      deviation > 0.1 ? .undecided : share > 1 ? .better : .worse
    #expect(result.contrasts.allSatisfy { $0.advantage == expected })
  }

  /// One of four patterns whose 95 % interval just clears 1 is what chance gives.
  @Test("a verdict allows for the number of patterns that were looked at")
  func corrected() throws {
    let ensemble = ClaimRuns.ensemble(deviation: 0.01, replicates: 4_000)
    func summary(_ runs: [TrainingRun]) throws -> PatternComparison.Summary {
      try #require(PatternComparison.measure(runs, ensemble: ensemble)?.summaries.first)
    }
    // Between 1.96 and 2.5 standard deviations over dense.
    let loss = law.loss(nonZeroParameters: 4e4, sparsity: 0, data: 4e6) * exp(-0.0222)
    let two = ClaimRuns.run("a", loss: loss, pattern: .blocked(n: 2, m: 4))
    #expect(try summary([two]).againstDense == .better)
    let others = [
      patterned("b", 4, 8, share: 1), patterned("c", 1, 4, share: 1),
      patterned("d", 2, 8, share: 1),
    ]
    let among = try summary([two] + others)
    #expect(try #require(among.multiplier.interval).lowerBound > 1)
    #expect(among.againstDense == .undecided)
  }

  @Test("a measured partner cancels an error of the law")
  func pairedDifference() throws {
    // The law is 5 % off for this size, and the pattern's sparsity a little low.
    let unstructured = ClaimRuns.run(
      "u", n: 4e4, s: 0.5,
      loss: 1.05 * law.loss(nonZeroParameters: 4e4, sparsity: 0.5, data: 4e6))
    let blocked = ClaimRuns.run(
      "b", n: 4.4e4, s: 0.45,
      loss: 1.02 * 1.05 * law.loss(nonZeroParameters: 4.4e4, sparsity: 0.45, data: 4e6),
      pattern: .blocked(n: 2, m: 4))
    let result = try #require(
      PatternComparison.measure(
        [unstructured, blocked], ensemble: ClaimRuns.ensemble(deviation: 0.5, replicates: 20_000),
        seedDeviation: 0.01))
    let run = result.runs[0]
    let paired = try #require(run.paired)
    #expect(abs(run.excess.value - (1.02 * 1.05 - 1)) < 1e-9)
    #expect(paired.partners == ["u"])
    #expect(abs(paired.excess.value - 0.02) < 1e-9)
    // Two noisy runs: √2 times the deviation between seeds, not the law's residuals.
    let interval = try #require(paired.excess.interval)
    #expect(abs(interval.upperBound - (1.02 * exp(1.96 * 0.01 * 2.0.squareRoot()) - 1)) < 1e-3)
    #expect(abs(try #require(result.summaries[0].pairedExcess).value - 0.02) < 1e-9)
  }

  @Test("partners are of the same dense size and data, the nearest density, all its seeds")
  func partners() throws {
    let blocked = ClaimRuns.run("b", n: 4e4, s: 0.5, pattern: .blocked(n: 2, m: 4))
    let runs = [
      blocked, ClaimRuns.run("near", n: 4.2e4, s: 0.475), ClaimRuns.run("seed0"),
      ClaimRuns.run("seed1"), ClaimRuns.run("data", d: 8e6), ClaimRuns.run("size", n: 8e4),
      ClaimRuns.run("sparser", n: 2e4, s: 0.75), ClaimRuns.run("dense", n: 8e4, s: 0),
      ClaimRuns.run("child", parent: "dense"), ClaimRuns.run("out", role: .excluded),
      ClaimRuns.run("other", pattern: .blocked(n: 4, m: 8)),
    ]
    let result = try #require(
      PatternComparison.measure(runs, ensemble: LawEnsemble(law: law)))
    #expect(result.runs.map(\.run.name) == ["b", "other"])
    #expect(result.runs[0].paired?.partners == ["seed0", "seed1"])
  }

  @Test("a loss that no dense model reaches has an infinite multiplier")
  func unreachable() throws {
    let run = ClaimRuns.run("a", loss: 1.5, pattern: .blocked(n: 2, m: 4))
    let other = ClaimRuns.run("b", s: 0.75, loss: 1.5, pattern: .blocked(n: 1, m: 4))
    let result = try #require(
      PatternComparison.measure(
        [run, other], ensemble: ClaimRuns.ensemble(deviation: 0.01, replicates: 50)))
    #expect(result.runs[0].multiplier.value == .infinity)
    #expect(result.runs[0].multiplier.interval?.upperBound == .infinity)
    // Infinity over infinity says nothing.
    #expect(result.contrasts[0].advantage == .undecided)
    #expect(result.contrasts[0].ratio.interval == -.infinity...(.infinity))
  }

  @Test("nothing is said without patterns or without an effect of sparsity")
  func nothing() {
    let ensemble = LawEnsemble(law: law)
    #expect(PatternComparison.measure([ClaimRuns.run("u")], ensemble: ensemble) == nil)
    let blocked = ClaimRuns.run("b", pattern: .blocked(n: 2, m: 4))
    var dense = law
    dense.aS = 0
    #expect(PatternComparison.measure([blocked], ensemble: LawEnsemble(law: dense)) == nil)
    let child = ClaimRuns.run("c", pattern: .blocked(n: 2, m: 4), parent: "p")
    #expect(PatternComparison.measure([child], ensemble: ensemble) == nil)
  }
}
