import Fitting
import Foundation
import ScalingLaws
import Testing

@Suite("Break-even efficiency of hardware")
struct BreakEvenTests {
  private let schedule = PruningSchedule()

  private func model(_ law: FrantarLaw, _ efficiency: Double) -> ComputeModel {
    ComputeModel(
      law: law, accounting: .hardware(efficiency: efficiency, schedule), flopsPerParameter: 6)
  }

  private func bruteOptimum(_ law: FrantarLaw, _ efficiency: Double, _ multiple: Double) -> Double {
    let model = model(law, efficiency)
    let flops = multiple * model.chinchillaFlops(nonZeroParameters: 1e5)
    return model.optimumByScan(nonZeroParameters: 1e5, flops: flops).sparsity
  }

  @Test("at break-even the sparsity minimises the loss over all sparsities")
  func optimum() {
    var generator = SplitMix64(seed: 21)
    var seen = [0, 0, 0]
    for _ in 0..<25 {
      let law = Design.bytes.randomLaw(&generator)
      for sparsity in [0.5, 0.75, 0.875] {
        for multiple in [1.0, 5, 40, 300] {
          let answer = law.general.breakEvenForOptimum(
            sparsity: sparsity, chinchillaMultiple: multiple, schedule: schedule)
          switch answer {
          case .withoutSavings:
            seen[0] += 1
            #expect(bruteOptimum(law, 0, multiple) >= sparsity - 1e-3)
          case .efficiency(let efficiency):
            seen[1] += 1
            #expect(abs(bruteOptimum(law, efficiency, multiple) - sparsity) < 1e-3)
          case .never:
            seen[2] += 1
            #expect(bruteOptimum(law, 1, multiple) <= sparsity + 1e-3)
          }
        }
      }
    }
    // Each kind of answer was met often.
    #expect(seen.allSatisfy { $0 > 20 }, "\(seen)")
  }

  @Test("against dense, losses at break-even are equal at every size")
  func againstDense() throws {
    var generator = SplitMix64(seed: 22)
    var seen = [0, 0, 0]
    for _ in 0..<25 {
      let law = Design.bytes.randomLaw(&generator)
      for sparsity in [0.5, 0.75, 0.875] {
        for multiple in [0.3, 2, 12] {
          let answer = law.general.breakEvenAgainstDense(
            sparsity: sparsity, chinchillaMultiple: multiple, schedule: schedule)
          // Sparse minus dense loss, relative.
          func gap(_ efficiency: Double, size: Double) -> Double {
            let model = model(law, efficiency)
            let flops = multiple * model.chinchillaFlops(nonZeroParameters: size)
            let dense = model.loss(nonZeroParameters: size, sparsity: 0, flops: flops)
            return model.loss(nonZeroParameters: size, sparsity: sparsity, flops: flops) / dense
              - 1
          }
          for size in [1e4, 1e6, 1e9] {
            switch answer {
            case .withoutSavings:
              seen[0] += 1
              #expect(gap(0, size: size) <= 1e-12)
            case .efficiency(let efficiency):
              seen[1] += 1
              #expect(abs(gap(efficiency, size: size)) < 1e-10)
            case .never:
              seen[2] += 1
              #expect(gap(1, size: size) > 0)
            }
          }
        }
      }
    }
    #expect(seen.allSatisfy { $0 > 20 }, "\(seen)")
  }

  @Test("a pattern's own multiplier stands in for the law's", arguments: [0.9, 1.1, 1.4, 3])
  func patternMultiplier(_ multiplier: Double) {
    let law = ClaimRuns.law
    let (size, multiple) = (1e6, 3.0)
    let answer = law.general.breakEvenAgainstDense(
      sparsity: 0.5, multiplier: multiplier, chinchillaMultiple: multiple, schedule: schedule)
    let dense = model(law, 0)
    let flops = multiple * dense.chinchillaFlops(nonZeroParameters: size)
    let target = dense.loss(nonZeroParameters: size, sparsity: 0, flops: flops)
    // A model as good as a dense one of `multiplier` times its size, on what its budget buys.
    func isBetter(_ efficiency: Double) -> Bool {
      let data = model(law, efficiency).data(
        nonZeroParameters: size, sparsity: 0.5, flops: flops)
      return law.loss(nonZeroParameters: size * multiplier, sparsity: 0, data: data) < target
    }
    switch answer {
    case .withoutSavings:
      #expect(isBetter(0))
      #expect(multiplier == 3)
    case .efficiency(let efficiency):
      #expect(isBetter(efficiency + 1e-6))
      #expect(!isBetter(efficiency - 1e-6))
      #expect(multiplier == 1.4)
    case .never:
      #expect(!isBetter(1))
      #expect(multiplier < 1.2)
    }
  }

  @Test("more compute never asks for better hardware, higher sparsity always does")
  func monotone() {
    for question in BreakEvenCurve.Question.allCases {
      var previous: [Double] = []
      for sparsity in [0.25, 0.5, 0.75] {
        let curve = BreakEvenCurve(
          question, sparsity: sparsity, multiples: [0.5, 1, 2, 4, 8, 16, 32, 64],
          ensemble: LawEnsemble(law: ClaimRuns.law), schedule: schedule)
        let values = curve.points.map(\.breakEven.value)
        #expect(zip(values, values.dropFirst()).allSatisfy { $0 >= $1 })
        #expect(zip(previous, values).allSatisfy { $0 <= $1 })
        #expect(values.contains { $0 > 0 && $0 < 1 })
        #expect(curve.points.allSatisfy { $0.interval == nil })
        previous = values
      }
    }
  }

  @Test("curves carry intervals, a pattern's from its own replicates")
  func curves() throws {
    let ensemble = ClaimRuns.uncertainLaw()
    let run = ClaimRuns.run(
      "a", loss: 1.01 * ClaimRuns.run("u").loss, pattern: .blocked(n: 2, m: 4))
    let summary = try #require(
      PatternComparison.measure([run], ensemble: ensemble)?.summaries.first)
    let curve = BreakEvenCurve(
      pattern: summary, multiples: [3], ensemble: ensemble, schedule: schedule)
    #expect(curve.label == "2:4")
    #expect(curve.question == .againstDense)
    let values = zip(ensemble.replicates, summary.multiplierReplicates).map { law, multiplier in
      law.breakEvenAgainstDense(
        sparsity: 0.5, multiplier: multiplier, chinchillaMultiple: 3, schedule: schedule
      ).value
    }.sorted()
    let interval = try #require(curve.points[0].interval)
    #expect(interval.contains(curve.points[0].breakEven.value))
    #expect(abs(interval.lowerBound - quantile(ofSorted: values, 0.025)) < 1e-12)
    let unstructured = BreakEvenCurve(
      .optimum, sparsity: 0.875, multiples: [3], ensemble: ensemble, schedule: schedule)
    #expect(unstructured.label == "87.5 %")
    #expect(unstructured.points[0].interval?.upperBound == .infinity)
  }

  @Test("a law without an effect of sparsity never breaks even")
  func dense() {
    var law = ClaimRuns.law
    law.aS = 0
    #expect(
      law.general.breakEvenForOptimum(sparsity: 0.5, chinchillaMultiple: 50, schedule: schedule)
        == .never)
    #expect(
      law.general.breakEvenAgainstDense(sparsity: 0.5, chinchillaMultiple: 50, schedule: schedule)
        == .never)
    #expect(
      ClaimRuns.law.general.breakEvenAgainstDense(
        sparsity: 0, chinchillaMultiple: 50, schedule: schedule)
        == .never)
  }
}
