import Fitting
import Foundation
import RunLogs
import ScalingLaws
import Testing

/// Conclusions of laws without closed forms, against brute force on the loss itself.
@Suite("Optimal sparsity of any law")
struct EnvelopeTests {
  static let size = 3e4

  static let laws: [ScalingLaw] = {
    let cases = RivalLawFormTests.cases + RivalLawFormTests.more
    return cases.filter { $0.form.key != "dense" && $0.form.key != "free-multipliers" }.compactMap {
      ScalingLaw(
        form: $0.form,
        coefficients: Dictionary(uniqueKeysWithValues: $0.expected.map { ($0.name, $0.value) }))
    }
  }()

  private func model(_ law: ScalingLaw, _ accounting: Accounting) -> ComputeModel {
    ComputeModel(
      law: law, accounting: accounting, flopsPerParameter: 6, referenceParameters: Self.size)
  }

  /// The best sparsity on a fine grid of log density.
  private func brute(_ model: ComputeModel, _ multiple: Double) -> (sparsity: Double, loss: Double)
  {
    let flops = multiple * model.chinchillaFlops(nonZeroParameters: Self.size)
    return (0...9_200).map { step -> (Double, Double) in
      let sparsity = 1 - exp(-Double(step) / 2_000)
      return (
        sparsity, model.loss(nonZeroParameters: Self.size, sparsity: sparsity, flops: flops)
      )
    }.min { $0.1 < $1.1 } ?? (.nan, .nan)
  }

  @Test("the optimum is that of a scan of losses", arguments: ComputeTests.accountings)
  func optimum(accounting: Accounting) {
    for law in Self.laws {
      let model = model(law, accounting)
      for multiple in [0.01, 0.5, 2, 7, 30, 1e3, 1e6] {
        let flops = multiple * model.chinchillaFlops(nonZeroParameters: Self.size)
        let found = model.optimum(nonZeroParameters: Self.size, flops: flops)
        let best = brute(model, multiple)
        #expect(found.loss <= best.loss * (1 + 1e-9), "\(law.form.key) at \(multiple)")
      }
    }
  }

  @Test("a threshold is where the best sparsity reaches S", arguments: ComputeTests.accountings)
  func thresholds(accounting: Accounting) {
    for law in Self.laws {
      let model = model(law, accounting)
      let sparsities = [0, 0.25, 0.5, 0.75, 0.9]
      for (sparsity, multiple) in zip(
        sparsities, model.chinchillaMultiples(sparsities: sparsities))
      {
        guard multiple.isFinite, multiple > 0 else {
          // Dense is best, or S is, at any compute.
          let best = brute(model, multiple == 0 ? 1e-12 : 1e12).sparsity
          #expect((best < sparsity + 1e-3) != (multiple == 0), "\(law.form.key), \(sparsity)")
          continue
        }
        let before = brute(model, multiple * 0.99).sparsity
        let after = brute(model, multiple * 1.01).sparsity
        #expect(before < max(sparsity, 1e-9), "\(law.form.key), \(accounting.name), \(sparsity)")
        #expect(after > sparsity, "\(law.form.key), \(accounting.name), \(sparsity)")
      }
    }
  }

  @Test("the paper's law searched is the paper's law solved")
  func closedForm() throws {
    // A power of 1 is no power, but is searched where an interaction of 0 is.
    let values = Dictionary(
      uniqueKeysWithValues: (RivalLawFormTests.paper + [Coefficient("b_SD", 0)]).map {
        ($0.name, $0.value)
      })
    let searched = try #require(ScalingLaw(form: Laws.dataInteraction, coefficients: values))
    let solved = try #require(ScalingLaw(form: Laws.sparsity, coefficients: values))
    #expect(searched.closed == nil && solved.closed != nil)
    for accounting in ComputeTests.accountings {
      for sparsity in [0, 0.25, 0.5, 0.875, 0.97] {
        #expect(
          relativeError(
            model(searched, accounting).chinchillaMultiple(sparsity: sparsity),
            model(solved, accounting).chinchillaMultiple(sparsity: sparsity)) < 1e-6)
      }
      #expect(
        relativeError(
          model(searched, accounting).chinchillaData(nonZeroParameters: 1e5),
          model(solved, accounting).chinchillaData(nonZeroParameters: 1e5)) < 1e-12)
      #expect(
        abs((model(searched, accounting).contourSlope ?? 0) - (1 + 0.36 / 0.6)) < 1e-12)
    }
    // The dense point of any law is the best of all dense sizes at equal compute.
    for law in Self.laws {
      let model = model(law, .dense)
      let flops = model.chinchillaFlops(nonZeroParameters: Self.size)
      let best = Brent.minimiseGlobally(from: log(1e2), to: log(1e9)) {
        model.loss(nonZeroParameters: exp($0), sparsity: 0, flops: flops)
      }
      #expect(abs(best.argument - log(Self.size)) < 1e-4, "\(law.form.key)")
    }
  }

  @Test("from its overtake on, one sparsity has the lower loss at equal N and compute")
  func overtakes() throws {
    let free = try #require(RivalLawFormTests.cases.first { $0.form.key == "free-multipliers" })
    let law = try #require(
      ScalingLaw(
        form: free.form,
        coefficients: Dictionary(uniqueKeysWithValues: free.expected.map { ($0.name, $0.value) })))
    for law in Self.laws + [law] {
      for accounting in ComputeTests.accountings {
        let model = model(law, accounting)
        func gain(_ a: Double, _ b: Double, _ multiple: Double) -> Double {
          let flops = multiple * model.chinchillaFlops(nonZeroParameters: Self.size)
          return model.loss(nonZeroParameters: Self.size, sparsity: a, flops: flops)
            - model.loss(nonZeroParameters: Self.size, sparsity: b, flops: flops)
        }
        for (a, b) in [(0, 0.5), (0, 0.75), (0.5, 0.75), (0.75, 0.875)] {
          let multiple = model.overtake(from: a, to: b)
          if multiple.isInfinite {
            for multiple in [1e-3, 1, 1e3, 1e9] { #expect(gain(a, b, multiple) <= 0) }
          } else {
            #expect(gain(a, b, multiple * 0.999) < 0, "\(law.form.key): \(a) to \(b)")
            #expect(gain(a, b, multiple * 1.001) > 0, "\(law.form.key): \(a) to \(b)")
          }
        }
      }
    }
    // 2.2 at 75 %, but 1.9 at 87.5 %: the sparser one never wins.
    #expect(model(law, .dense).overtake(from: 0.75, to: 0.875) == .infinity)
    // Between the sparsities that were measured the law says nothing.
    #expect(model(law, .dense).chinchillaMultiple(sparsity: 0.5).isNaN)
  }
}
