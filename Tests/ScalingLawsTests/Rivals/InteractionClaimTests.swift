import Fitting
import Foundation
import ScalingLaws
import Testing

@Suite("Interactions of sparsity with data and size")
struct InteractionClaimTests {
  /// Losses of the law with both interactions, written out by hand.
  private func observations(
    dataExponent: Double, sizeExponent: Double, noise: Double, seed: UInt64
  ) -> Observations {
    let law = RivalComparisonTests.law
    let settings = Design.bytes.settings
    let unit = 3e4
    var generator = SplitMix64(seed: seed)
    let losses = settings.map { setting in
      let density = 1 - setting.sparsity
      let sparse =
        law.aS * pow(density, law.bS) * pow(setting.nonZeroParameters / unit, -sizeExponent)
      let loss =
        (sparse + law.cS) * pow(setting.nonZeroParameters, -law.bN)
        + law.dataTerm(setting.data) * pow(density, dataExponent) + law.c
      return loss * exp(noise * generator.normal())
    }
    return Observations(
      names: settings.indices.map { "r\($0)" }, settings: settings, losses: losses)
  }

  private func claims(
    dataExponent: Double = 0, sizeExponent: Double = 0, noise: Double = 0.003, seed: UInt64 = 1,
    replicates: Int = 120
  ) throws -> (data: InteractionClaim, size: InteractionClaim) {
    let runs = observations(
      dataExponent: dataExponent, sizeExponent: sizeExponent, noise: noise, seed: seed)
    var options = RivalComparisonTests.options(interactions: replicates)
    options.starts = 6
    options.partStarts = 0
    let table = try #require(RivalComparisonTests.compare(runs, options))
    let data = try #require(table.claims.first { $0.kind == .noDataInteraction })
    let size = try #require(table.claims.first { $0.kind == .sameMultiplierAtEverySize })
    return (data, size)
  }

  @Test("a known interaction with data is found", arguments: [-0.3, 0.3])
  func dataInteraction(_ exponent: Double) throws {
    let claim = try claims(dataExponent: exponent).data
    #expect(claim.exponentName == "b_SD")
    #expect(claim.form == "data-interaction")
    #expect(try #require(claim.interval).contains(exponent))
    #expect(claim.isDetected == true)
    #expect(claim.verdict == .contradicted)
    #expect(claim.lossChange < claim.largestLossChange)
  }

  @Test("a known interaction with size is found", arguments: [-0.3, 0.9])
  func sizeInteraction(_ exponent: Double) throws {
    let claim = try claims(sizeExponent: exponent, noise: 0.001).size
    #expect(claim.exponentName == "b_SN")
    #expect(try #require(claim.interval).contains(exponent))
    #expect(claim.verdict == .contradicted)
  }

  @Test("without noise the exponent is exact")
  func exact() throws {
    let found = try claims(dataExponent: 0.2, noise: 0, replicates: 0)
    #expect(abs(found.data.exponent - 0.2) < 1e-5)
    #expect(found.data.interval == nil)
    #expect(found.data.verdict == .untested)
  }

  @Test("an interaction that is not there is not found")
  func absence() throws {
    var verdicts: [InteractionClaim.Verdict] = []
    var detections = 0
    for seed in 0..<10 {
      let found = try claims(noise: 0.002, seed: UInt64(seed), replicates: 80)
      for claim in [found.data, found.size] {
        verdicts.append(claim.verdict)
        if claim.isDetected == true { detections += 1 }
      }
    }
    #expect(!verdicts.contains(.contradicted))
    // Of 95 % intervals that hold, 20 exclude the truth five times or more once in 400 trials.
    #expect(detections <= 4)
    #expect(verdicts.count { $0 == .supported } >= 10)
  }

  /// Of 20 sweeps without an interaction one is expected outside of its interval.
  @Test("noisier runs decide no more often than chance")
  func noise() throws {
    let found = try (1...20).map { try claims(noise: 0.02, seed: $0, replicates: 60) }
    let (data, size) = (found.map(\.data.verdict), found.map(\.size.verdict))
    #expect(data.count { $0 == .contradicted } <= 3, "\(data)")
    #expect(size.count { $0 == .contradicted } <= 3, "\(size)")
    #expect(data.count { $0 == .undecided } > 10, "\(data)")
  }

  /// The dense size with the loss of the sparse model, by bisection on the law as written out.
  @Test("the drift is that of the multiplier between the ends of the design")
  func drift() throws {
    let law = RivalComparisonTests.law
    let (unit, exponent) = (3e4, 0.9)
    let claim = try claims(sizeExponent: exponent, noise: 0, replicates: 0).size
    let sizes = Design.bytes.settings.map(\.nonZeroParameters)
    let (small, large) = (try #require(sizes.min()), try #require(sizes.max()))
    #expect(claim.range.lowerBound == small && claim.range.upperBound == large)
    func term(_ n: Double, _ s: Double) -> Double {
      (law.aS * pow(1 - s, law.bS) * pow(n / unit, -exponent) + law.cS) * pow(n, -law.bN)
    }
    func multiplier(_ n: Double) -> Double {
      var (low, high) = (n, 100 * n)
      for _ in 0..<100 {
        let middle = (low * high).squareRoot()
        if term(middle, 0) > term(n, claim.sparsity) { low = middle } else { high = middle }
      }
      return low / n
    }
    #expect(relativeError(claim.drift.value, multiplier(large) / multiplier(small)) < 1e-4)
  }

  @Test("an exact law without interaction is supported")
  func exactAbsence() throws {
    let found = try claims(noise: 0, replicates: 20)
    for claim in [found.data, found.size] {
      #expect(claim.verdict == .supported)
      #expect(abs(claim.exponent) < 1e-4)
    }
  }

  @Test("the verdict follows the interval of the drift and the margin")
  func verdicts() throws {
    var claim = try claims(replicates: 2).data
    func verdict(_ interval: ClosedRange<Double>?) -> InteractionClaim.Verdict {
      claim.drift = Estimate(1, interval: interval)
      return claim.verdict
    }
    #expect(verdict(0.92...1.09) == .supported)
    #expect(verdict(1.01...1.09) == .supported)
    #expect(verdict(0.9...1.05) == .undecided)
    #expect(verdict(1.01...1.2) == .undecided)
    #expect(verdict(0.5...2) == .undecided)
    #expect(verdict(0.6...0.9) == .contradicted)
    #expect(verdict(1.11...1.2) == .contradicted)
    #expect(verdict(nil) == .untested)
    #expect(verdict(2...(.infinity)) == .contradicted)
    #expect(verdict(0...0) == .contradicted)
  }

  @Test("where no dense model matches a sparse one at either end, the exponent decides")
  func unmatched() throws {
    var claim = try claims(replicates: 2).size
    func verdict(_ exponent: ClosedRange<Double>) -> InteractionClaim.Verdict {
      (claim.drift, claim.interval) = (Estimate(.nan), exponent)
      return claim.verdict
    }
    #expect(verdict(-0.65 ... -0.56) == .contradicted)
    #expect(verdict(-0.1...0.2) == .untested)
    #expect(claim.isUnmatched)
  }

  /// The size term of dense models falls and rises again: 10 (N / 3e4)^0.3 N^−0.3 and 12 N^−0.3.
  @Test("of dense models that do worse beyond a size, the smaller of two matches")
  func fallingAndRising() throws {
    let coefficients = [
      "a_S": 10 * pow(3e4, -0.6), "b_S": 1, "c_S": 12, "b_N": 0.3, "b_SN": -0.6, "a_D": 6e5,
      "b_D": 0.6, "c": 1.4,
    ]
    let law = try #require(
      ScalingLaw(form: Laws.sizeInteraction, coefficients: coefficients))
    func term(_ n: Double, _ s: Double) -> Double {
      10 * pow(3e4, -0.6) * (1 - s) * pow(n, 0.3) + 12 * pow(n, -0.3)
    }
    let matching = (0..<200_000).lazy.map { 1e3 * pow(1.0001, Double($0)) }
      .first { term($0, 0) <= term(1e4, 0.2) }
    let found = law.effectiveParameterMultiplier(
      sparsity: 0.2, nonZeroParameters: 1e4, data: 1e7)
    #expect(relativeError(1e4 * found, try #require(matching)) < 2e-4)
    // The least term of a dense model lies above that of this sparse one.
    #expect(
      law.effectiveParameterMultiplier(sparsity: 0.9, nonZeroParameters: 1e5, data: 1e7)
        == .infinity)
  }
}
