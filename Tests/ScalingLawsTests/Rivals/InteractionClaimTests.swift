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

  @Test("a known interaction with size is found", arguments: [-0.6, 0.9])
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
    #expect(found.data.verdict == .undecided)
  }

  @Test("an interaction that is not there is not found")
  func absence() throws {
    var verdicts: [InteractionClaim.Verdict] = []
    var detections = 0
    for seed in 0..<10 {
      let found = try claims(noise: 0.008, seed: UInt64(seed), replicates: 80)
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

  @Test("an exact law without interaction is supported")
  func exactAbsence() throws {
    let found = try claims(noise: 0, replicates: 20)
    for claim in [found.data, found.size] {
      #expect(claim.verdict == .supported || claim.verdict == .supportedInEffect)
      #expect(abs(claim.exponent) < 1e-4)
    }
  }

  @Test("the verdict follows the interval and the size of the effect")
  func verdicts() throws {
    var claim = try claims(replicates: 2).data
    func verdict(
      _ interval: ClosedRange<Double>?, change: Double, limit: Double?
    ) -> InteractionClaim.Verdict {
      claim.interval = interval
      claim.lossChange = change
      claim.lossChangeLimit = limit
      claim.noticeableChange = 0.01
      return claim.verdict
    }
    #expect(verdict(-0.1...0.1, change: 0.001, limit: 0.005) == .supported)
    #expect(verdict(-0.1...0.1, change: 0.001, limit: 0.02) == .undecided)
    #expect(verdict(0.01...0.1, change: 0.001, limit: 0.005) == .supportedInEffect)
    #expect(verdict(0.01...0.1, change: 0.005, limit: 0.02) == .undecided)
    #expect(verdict(0.01...0.1, change: 0.015, limit: 0.02) == .contradicted)
    #expect(verdict(-0.2 ... -0.1, change: 0.015, limit: 0.02) == .contradicted)
    #expect(verdict(nil, change: 0.015, limit: nil) == .undecided)
  }
}
