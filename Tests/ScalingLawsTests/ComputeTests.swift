import Fitting
import Foundation
import RunLogs
import ScalingLaws
import Testing

/// Optimal sparsity: closed forms against brute force and against their own definitions.
@Suite("Compute and optimal sparsity")
struct ComputeTests {
  static let accountings: [Accounting] = [
    .dense, .sparse(.init()), .hardware(efficiency: 0.5, .init()),
    .sparse(.init(start: 0, end: 0.1)),
  ]

  static let laws: [FrantarLaw] = {
    var generator = SplitMix64(seed: 31)
    return [ReferenceData.t5Published, ReferenceData.t5Optimum, ReferenceData.vitPublished]
      + (0..<12).map { _ in Design.t5.randomLaw(&generator) }
  }()

  static func model(_ law: FrantarLaw, _ accounting: Accounting) -> ComputeModel {
    ComputeModel(law: law, accounting: accounting, flopsPerParameter: 6)
  }

  /// Distance in log density, which stays meaningful near S = 1.
  private func depthGap(_ a: Double, _ b: Double) -> Double { abs(log((1 - a) / (1 - b))) }

  @Test("the optimum from stationarity is that of a global scan", arguments: accountings)
  func closedFormAgainstScan(accounting: Accounting) {
    for law in Self.laws {
      let model = Self.model(law, accounting)
      for size in [1e5, 1e7, 1e10] {
        for multiple in [1e-4, 0.3, 1, 2, 30, 1e3, 1e6, 1e12] {
          let flops = multiple * model.chinchillaFlops(nonZeroParameters: size)
          let solved = model.optimum(nonZeroParameters: size, flops: flops)
          let scanned = model.optimumByScan(nonZeroParameters: size, flops: flops)
          #expect(solved.loss <= scanned.loss * (1 + 1e-12), "\(law) at \(multiple)")
          // A minimum is only as sharp as the square root of rounding.
          #expect(depthGap(solved.sparsity, scanned.sparsity) < 1e-4, "\(law) at \(multiple)")
          #expect(relativeError(solved.data, scanned.data) < 1e-3)
        }
      }
    }
  }

  @Test("the optimum at a sparsity's own contour is that sparsity", arguments: accountings)
  func roundTrip(accounting: Accounting) {
    for law in Self.laws {
      let model = Self.model(law, accounting)
      for sparsity in [0.01, 0.25, 0.5, 0.875, 0.98] {
        for size in [1e5, 1e9] {
          let flops = model.contourFlops(nonZeroParameters: size, sparsity: sparsity)
          let optimum = model.optimum(nonZeroParameters: size, flops: flops)
          #expect(depthGap(optimum.sparsity, sparsity) < 1e-9)
        }
      }
    }
  }

  @Test("contours are parallel lines of slope 1 + b_N / b_D", arguments: accountings)
  func contourSlope(accounting: Accounting) {
    for law in Self.laws {
      let model = Self.model(law, accounting)
      for sparsity in [0, 0.5, 0.9] {
        let low = model.contourFlops(nonZeroParameters: 1e5, sparsity: sparsity)
        let high = model.contourFlops(nonZeroParameters: 1e9, sparsity: sparsity)
        #expect(abs(log(high / low) / log(1e4) - (1 + law.bN / law.bD)) < 1e-9)
      }
      #expect(abs((model.contourSlope ?? .nan) - (1 + law.bN / law.bD)) < 1e-12)
    }
  }

  @Test("thresholds rise with sparsity", arguments: accountings)
  func monotone(accounting: Accounting) {
    for law in Self.laws {
      let model = Self.model(law, accounting)
      let multiples = (0..<200).map { model.chinchillaMultiple(sparsity: Double($0) / 200) }
      #expect(zip(multiples, multiples.dropFirst()).allSatisfy { $0 < $1 })
    }
  }

  @Test("the best sparsity at a threshold is that of the threshold", arguments: accountings)
  func inverse(accounting: Accounting) {
    for law in Self.laws {
      // Above an exponent of 1 the threshold bends the other way.
      for exponent in [law.bD, 1.7] {
        var law = law
        law.bD = exponent
        let model = Self.model(law, accounting)
        for sparsity in [1e-4, 0.1, 0.5, 0.9, 0.985] {
          let multiple = model.chinchillaMultiple(sparsity: sparsity)
          #expect(abs(model.optimalSparsity(chinchillaMultiple: multiple) - sparsity) < 1e-11)
        }
      }
    }
  }

  @Test("below the first threshold dense is best; far above the last, the highest sparsity")
  func ends() {
    for law in Self.laws {
      for accounting in Self.accountings {
        let model = Self.model(law, accounting)
        let first = model.chinchillaMultiple(sparsity: 0)
        #expect(model.optimalSparsity(chinchillaMultiple: first * 0.999) == 0)
        #expect(model.optimalSparsity(chinchillaMultiple: first * 1.001) > 0)
        let highest = model.optimalSparsity(chinchillaMultiple: 1e300)
        #expect(abs(highest - ComputeModel.highestSparsity) < 1e-12)
      }
    }
  }

  @Test("the derivative of the loss vanishes on the contour", arguments: accountings)
  func stationarity(accounting: Accounting) {
    for law in Self.laws {
      let model = Self.model(law, accounting)
      for sparsity in [0.3, 0.75] {
        let flops = model.contourFlops(nonZeroParameters: 1e7, sparsity: sparsity)
        func loss(_ s: Double) -> Double {
          model.loss(nonZeroParameters: 1e7, sparsity: s, flops: flops)
        }
        let step = 1e-4
        let slope = (loss(sparsity + step) - loss(sparsity - step)) / (2 * step)
        let size = law.sizeTerm(nonZeroParameters: 1e7, sparsity: sparsity)
        #expect(abs(slope) < 1e-5 * size)
      }
    }
  }

  @Test("the Chinchilla point is the minimum over dense sizes at equal compute")
  func chinchilla() {
    for law in Self.laws {
      let model = Self.model(law, .dense)
      let size = 1e8
      let flops = model.chinchillaFlops(nonZeroParameters: size)
      let best = Brent.minimiseGlobally(from: log(1e3), to: log(1e14)) {
        model.loss(nonZeroParameters: exp($0), sparsity: 0, flops: flops)
      }
      #expect(abs(best.argument - log(size)) < 1e-4)
      let data = model.chinchillaData(nonZeroParameters: size)
      #expect(relativeError(flops, 6 * size * data) < 1e-12)
    }
  }

  @Test("the unconstrained dense model is the best of all dense sizes", arguments: accountings)
  func unconstrainedDense(accounting: Accounting) throws {
    for law in Self.laws {
      let model = Self.model(law, accounting)
      let dense = Self.model(law, .dense)
      for sparsity in [0, 0.5, 0.875] {
        let size = 3e7
        let flops = model.contourFlops(nonZeroParameters: size, sparsity: sparsity)
        let best = Brent.minimiseGlobally(from: log(size) - 30, to: log(size) + 30, scan: 2_000) {
          dense.loss(nonZeroParameters: exp($0), sparsity: 0, flops: flops)
        }
        let found = try #require(
          model.unconstrainedDense(sparsity: sparsity, nonZeroParameters: size))
        #expect(abs(log(found.sizeRatio) - (best.argument - log(size))) < 1e-4)
        let sparse = model.loss(nonZeroParameters: size, sparsity: sparsity, flops: flops)
        #expect(abs(found.lossGap - (sparse - best.value)) < 1e-9 * sparse)
        // The ratio of reducible losses is the same at every size.
        let other = try #require(
          model.unconstrainedDense(sparsity: sparsity, nonZeroParameters: 1e10))
        #expect(relativeError(other.reducibleLossRatio, found.reducibleLossRatio) < 1e-9)
      }
    }
  }

  @Test("optimal densities of both accountings approach their limiting ratio")
  func densityRatio() {
    let schedule = PruningSchedule()
    for law in Self.laws {
      let dense = Self.model(law, .dense)
      let sparse = Self.model(law, .sparse(schedule))
      // The sparsity under sparse accounting whose threshold is that of density 1e-7 under dense.
      let target = dense.chinchillaMultiple(sparsity: 1 - 1e-7)
      let depth = Brent.minimiseGlobally(from: 10, to: 25) {
        abs(log(sparse.chinchillaMultiple(sparsity: 1 - exp(-$0)) / target))
      }.argument
      let ratio = exp(-depth) / 1e-7
      #expect(
        relativeError(ratio, DensityRatio.limit(law: law.general, schedule: schedule) ?? .nan)
          < 1e-5)

      let multiple = dense.chinchillaMultiple(sparsity: 0.75)
      let at = DensityRatio(
        law: law.general, schedule: schedule, chinchillaMultiple: multiple, nonZeroParameters: 1)
      #expect(abs(at.denseAccounting - 0.75) < 1e-9)
      #expect(
        relativeError(sparse.chinchillaMultiple(sparsity: at.sparseAccounting), multiple) < 1e-9)
      #expect(at.ratio < 1)
    }
  }

  @Test("near-optimal sparsities are exactly those within the tolerance", arguments: accountings)
  func nearOptimal(accounting: Accounting) {
    for law in Self.laws.prefix(6) {
      let model = Self.model(law, accounting)
      for multiple in [0.1, 3, 300] {
        let size = 1e7
        let flops = multiple * model.chinchillaFlops(nonZeroParameters: size)
        let set = model.nearOptimalSparsities(
          nonZeroParameters: size, flops: flops, tolerance: 1e-3)
        let best = model.optimumByScan(nonZeroParameters: size, flops: flops)
        #expect(set.contains(best.sparsity) || depthGap(set.lowerBound, best.sparsity) < 1e-4)
        let limit = best.loss * 1.001
        for index in 0...400 {
          let sparsity = 1 - exp(log(1 - ComputeModel.highestSparsity) * Double(index) / 400)
          let loss = model.loss(nonZeroParameters: size, sparsity: sparsity, flops: flops)
          // Away from rounding at the edges of the set.
          if abs(loss / limit - 1) > 1e-9 {
            #expect(set.contains(sparsity) == (loss < limit), "S = \(sparsity)")
          }
        }
      }
    }
  }

  @Test("a law that ignores sparsity has no threshold, and its optimum is dense")
  func noResponse() {
    var law = ReferenceData.t5Optimum
    law.aS = 0
    let model = Self.model(law, .sparse(.init()))
    #expect(model.chinchillaMultiple(sparsity: 0.5) == .infinity)
    #expect(model.optimalSparsity(chinchillaMultiple: 1e9) == 0)
    #expect(model.unconstrainedDense(sparsity: 0.5, nonZeroParameters: 1e7) == nil)
  }
}
