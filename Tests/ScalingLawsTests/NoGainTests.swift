import Foundation
import RunLogs
import ScalingLaws
import Testing

@Suite("Sweeps in which sparsity does not lower the loss")
struct NoGainTests {
  /// Dense models of (1 − S)^exponent times the size.
  private func analysis(
    exponent: Double, noise: Double = 0.001, bootstrap: Int = 60
  ) throws -> SweepAnalysis {
    let law = FrantarLaw(aS: 0, bS: 1, cS: 20, bN: 0.36, aD: 6.6e5, bD: 0.65, c: 1.4)
    let runs = Design.bytes.runs(of: law).enumerated().map { index, run in
      var run = run
      run.loss =
        law.loss(
          nonZeroParameters: run.nonZeroParameters * pow(1 - run.sparsity, exponent), sparsity: 0,
          data: run.data) * exp(noise * sin(Double(index * index)))
      run.role = .fitted
      return run
    }
    var options = fitOptions(starts: 20)
    options.bootstrap = bootstrap
    return try SweepAnalysis.analyse(Sweep(name: "s", runs: runs), options: options)
  }

  @Test("what sparsity costs is told, by a law whose multipliers are free")
  func harm() throws {
    let found = try analysis(exponent: 0.3)
    #expect(!found.law.respondsToSparsity)
    #expect(found.optimalSparsity == nil)
    let table = try #require(found.multipliers)
    #expect(table.gain == .negligible)
    #expect(table.entries.map(\.sparsity) == [0, 0.5, 0.75, 0.875])
    for entry in table.entries.dropFirst() {
      let truth = pow(1 - entry.sparsity, 0.3)
      #expect(relativeError(entry.multiplier, truth) < 0.02)
      #expect(try #require(entry.interval).upperBound < 1)
    }
    #expect(table.sparsest?.sparsity == 0.875)
  }

  @Test("no effect at all is one of about 1, with its interval")
  func nothing() throws {
    let table = try #require(try analysis(exponent: 0).multipliers)
    #expect(table.gain == .negligible)
    let sparsest = try #require(table.sparsest)
    #expect(abs(sparsest.multiplier - 1) < 0.02)
    #expect(try #require(sparsest.interval).lowerBound <= 1.0001)
  }

  @Test("a gain is a gain; what noise hides is open; without intervals nothing is said")
  func others() throws {
    #expect(try analysis(exponent: -0.5).multipliers?.gain == .shown)
    #expect(try analysis(exponent: 0, noise: 0.05).multipliers?.gain == .undecided)
    let bare = try #require(try analysis(exponent: 0.3, bootstrap: 0).multipliers)
    #expect(bare.gain == nil)
    #expect(relativeError(try #require(bare.sparsest).multiplier, pow(0.125, 0.3)) < 0.02)
  }

  @Test("exact losses have no outliers, trends or shared residuals to tell of")
  func computed() throws {
    let found = try analysis(exponent: -0.5, noise: 1e-9)
    #expect(try #require(found.outliers).outliers.isEmpty)
    #expect(found.residualTrends.filter(\.isNotable).isEmpty)
    #expect(!found.warnings.contains { $0.contains("of the variance of their residuals") })
    #expect(found.warnings.contains { $0.contains("were they computed rather than measured?") })
  }
}
