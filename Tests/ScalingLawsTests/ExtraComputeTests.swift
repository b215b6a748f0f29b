import Fitting
import Foundation
import RunLogs
import Testing

@testable import ScalingLaws

@Suite("FLOPs beyond those of the parameters")
struct ExtraComputeTests {
  private static let law = FrantarLaw(
    aS: 5.4, bS: 1.5, cS: 15.3, bN: 0.36, aD: 6.6e5, bD: 0.65, c: 1.4)
  /// About the head of byte-lm: 44 % of 6 N at 9,216 parameters.
  private static let head = ExtraCompute(scale: 24_576 / 96, exponent: 0.5)

  private static func model(
    _ accounting: Accounting, _ extra: ExtraCompute? = head
  ) -> ComputeModel {
    var model = ComputeModel(law: law, accounting: accounting, flopsPerParameter: 6)
    model.extra = extra
    return model
  }

  private static let accountings = [Accounting.dense, .sparse(PruningSchedule())]
  private static let sizes = [9_216.0, 589_824]

  @Test func theyArePowersOfDenseSizeThroughTheRuns() throws {
    var runs = Design.bytes.runs(of: Self.law)
    #expect(ExtraCompute(runs) == nil)
    for index in runs.indices { runs[index].extraFlops = 7 * pow(runs[index].denseParameters, 0.4) }
    let power = try #require(ExtraCompute(runs))
    #expect(abs(power.exponent - 0.4) < 1e-9 && power.worst < 1e-9)
    #expect(relativeError(power.flops(denseParameters: 1e6), 7 * pow(1e6, 0.4)) < 1e-9)
    for index in runs.indices { runs[index].extraFlops = 500 }
    let constant = try #require(ExtraCompute(runs))
    #expect(abs(constant.exponent) < 1e-12)
    #expect(relativeError(constant.flops(denseParameters: 3), 500) < 1e-9)
    // One size tells no exponent, and a run without any no power.
    #expect(try #require(ExtraCompute(Array(runs.prefix(1)))).exponent == 0)
    runs[0].extraFlops = 0
    #expect(ExtraCompute(runs) == nil)
  }

  @Test func computeCountsThemWhateverTheAccounting() {
    for accounting in Self.accountings {
      let flops = Self.model(accounting).flops(nonZeroParameters: 9_216, sparsity: 0.75, data: 1e6)
      let q = accounting.name == "dense" ? 0 : 0.625
      let own = 6 * 9_216 * 1e6 * (1 - q * 0.75) / 0.25
      // Four times the dense parameters have twice the width.
      #expect(relativeError(flops, own + 2 * 24_576 * 1e6) < 1e-12)
      #expect(
        relativeError(
          Self.model(accounting).data(nonZeroParameters: 9_216, sparsity: 0.75, flops: flops), 1e6)
          < 1e-12)
    }
  }

  /// At Chinchilla compute no other dense size does better.
  @Test(arguments: sizes)
  func chinchillaComputeIsThatOfTheDenseOptimum(size: Double) throws {
    let model = Self.model(.dense)
    let flops = model.chinchillaFlops(nonZeroParameters: size)
    let best = Brent.minimiseGlobally(from: log(size) - 3, to: log(size) + 3) { logSize in
      model.loss(nonZeroParameters: exp(logSize), sparsity: 0, flops: flops)
    }
    #expect(abs(best.argument - log(size)) < 1e-4)
    #expect(relativeError(try #require(model.denseOptimum(flops: flops)).parameters, size) < 1e-3)
    #expect(flops != Self.model(.dense, nil).chinchillaFlops(nonZeroParameters: size))
  }

  @Test(arguments: accountings, sizes)
  func lossesAreEqualAtTheOvertake(accounting: Accounting, size: Double) {
    let model = Self.model(accounting)
    let multiple = model.overtake(from: 0, to: 0.5, nonZeroParameters: size)
    func gain(_ factor: Double) -> Double {
      let flops = factor * multiple * model.chinchillaFlops(nonZeroParameters: size)
      return model.loss(nonZeroParameters: size, sparsity: 0, flops: flops)
        - model.loss(nonZeroParameters: size, sparsity: 0.5, flops: flops)
    }
    #expect(abs(gain(1)) < 1e-9 && gain(1.1) > 1e-5 && gain(0.9) < -1e-5)
  }

  @Test(arguments: accountings, sizes)
  func theThresholdIsWhereTheSearchFindsTheSparsityBest(accounting: Accounting, size: Double) {
    let model = Self.model(accounting)
    let multiple = model.chinchillaMultiple(sparsity: 0.5, nonZeroParameters: size)
    let flops = multiple * model.chinchillaFlops(nonZeroParameters: size)
    let found = model.optimumByScan(nonZeroParameters: size, flops: flops)
    #expect(abs(found.sparsity - 0.5) < 1e-3)
    let optimum = model.optimum(nonZeroParameters: size, flops: flops)
    #expect(abs(optimum.sparsity - 0.5) < 1e-3)
  }

  /// What costs little changes little, in every number.
  @Test func withoutThemAllIsAsItWas() {
    for accounting in Self.accountings {
      let (plain, little) = (
        Self.model(accounting, nil),
        Self.model(accounting, ExtraCompute(scale: 1e-6, exponent: 0.5))
      )
      let pairs = [
        (plain.overtake(from: 0, to: 0.5), little.overtake(from: 0, to: 0.5)),
        (plain.chinchillaMultiple(sparsity: 0.5), little.chinchillaMultiple(sparsity: 0.5)),
        (
          plain.chinchillaFlops(nonZeroParameters: 1e5),
          little.chinchillaFlops(nonZeroParameters: 1e5)
        ),
      ]
      for (a, b) in pairs { #expect(relativeError(a, b) < 1e-5) }
    }
  }

  @Test func aStudyGivesBothCounts() throws {
    var runs = Design.bytes.runs(of: Self.law)
    for index in runs.indices {
      runs[index].role = .fitted
      runs[index].extraFlops = Self.head.flops(denseParameters: runs[index].denseParameters)
    }
    var options = fitOptions(starts: 20)
    options.bootstrap = 0
    let analysis = try SweepAnalysis.analyse(Sweep(name: "s", runs: runs), options: options)
    let counts = try #require(analysis.computeCounts)
    #expect(counts.rows.map(\.nonZeroParameters) == [9_216, 18_432, 36_864, 73_728])
    let first = try #require(counts.rows.first)
    #expect(relativeError(first.extraShare, 24_576 / (6 * 9_216)) < 1e-9)
    let with = Self.model(.dense)
    #expect(
      relativeError(
        first.overtake.with, with.overtake(from: 0, to: 0.5, nonZeroParameters: 9_216)) < 1e-4)
    let plain = Self.model(.dense, nil)
    #expect(relativeError(first.overtake.without, plain.overtake(from: 0, to: 0.5)) < 1e-4)
    // The most compute of this size: 8 Mi at 87.5 %, of eight times the dense parameters.
    let data = 8.0 * 1_048_576
    #expect(
      relativeError(
        first.reached.with,
        (6 * 9_216 * 8 + 24_576 * 8.0.squareRoot()) * data
          / with.chinchillaFlops(nonZeroParameters: 9_216)) < 1e-4)
    #expect(
      relativeError(
        first.reached.without,
        6 * 9_216 * 8 * data / plain.chinchillaFlops(nonZeroParameters: 9_216)
      ) < 1e-4)
  }
}
