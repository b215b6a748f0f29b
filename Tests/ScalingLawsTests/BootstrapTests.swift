import Fitting
import Foundation
import RunLogs
import ScalingLaws
import Testing

@Suite("Bootstrap")
struct BootstrapTests {
  static let law = ReferenceData.t5Optimum

  /// A fit of noisy data on the T5-like design.
  static func fit(
    noise: Double, design: Design = .t5, seed: UInt64 = 1
  ) -> (fitter: LawFitter, fit: FittedLaw) {
    var generator = SplitMix64(seed: seed)
    let observations = design.observations(of: law, noise: noise, generator: &generator)
    let fitter = LawFitter(observations)
    return (fitter, fitter.fit(fitOptions(starts: 20)))
  }

  static func options(replicates: Int = 100) -> BootstrapOptions {
    var options = BootstrapOptions()
    options.replicates = replicates
    options.threads = 2
    return options
  }

  @Test("replicates depend on the seed and their number alone")
  func determinism() {
    let (fitter, fit) = Self.fit(noise: 0.005)
    var options = Self.options(replicates: 30)
    options.threads = 1
    let one = Bootstrap(fitter, fit: fit, options: options).run()
    options.threads = 4
    #expect(Bootstrap(fitter, fit: fit, options: options).run().replicates == one.replicates)
    options.replicates = 10
    let few = Bootstrap(fitter, fit: fit, options: options).run()
    #expect(few.replicates == Array(one.replicates.prefix(10)))
    options.seed = 1
    #expect(Bootstrap(fitter, fit: fit, options: options).run().replicates != few.replicates)
  }

  @Test("each replicate is the optimum of its own data")
  func optimality() {
    let (fitter, fit) = Self.fit(noise: 0.005)
    var options = Self.options(replicates: 20)
    options.freshEvery = 1
    options.freshStarts = 10
    let checked = Bootstrap(fitter, fit: fit, options: options).run()
    #expect(checked.freshStartCheck.checked == 20)
    #expect(checked.freshStartCheck.improved <= 1)
    #expect(checked.unconverged == 0)
    options.freshEvery = 0
    let plain = Bootstrap(fitter, fit: fit, options: options).run()
    #expect(plain.freshStartCheck == .init(checked: 0, improved: 0))
    let same = zip(plain.replicates, checked.replicates).count { $0 == $1 }
    #expect(same == 20 - checked.freshStartCheck.improved)
  }

  @Test("without noise every interval closes on the truth")
  func noNoise() throws {
    let (fitter, fit) = Self.fit(noise: 0)
    let uncertainty = Uncertainty(
      fitter, fit: fit, options: Self.options(replicates: 40))
    #expect(uncertainty.coefficients.map(\.name) == Self.law.coefficients.map(\.name))
    for (coefficient, truth) in zip(uncertainty.coefficients, Self.law.coefficients) {
      let interval = try #require(coefficient.interval)
      #expect(relativeError(interval.lowerBound, truth.value) < 1e-6)
      #expect(relativeError(interval.upperBound, truth.value) < 1e-6)
    }
  }

  @Test("intervals grow in proportion to the noise")
  func scale() throws {
    func width(_ noise: Double) throws -> Double {
      let (fitter, fit) = Self.fit(noise: noise)
      let uncertainty = Uncertainty(fitter, fit: fit, options: Self.options(replicates: 300))
      let interval = try #require(uncertainty.interval(of: "b_N"))
      #expect(interval.contains(coefficient("b_N", of: fit.coefficients)))
      return interval.upperBound - interval.lowerBound
    }
    // Far below and far above delta the fit is least squares and least absolute values; the
    // ratio of their deviations is √(π/2) = 1.25.
    let ratio = try width(0.004) / width(0.0001)
    #expect((25...80).contains(ratio), "\(ratio)")
  }

  /// A miniature of Benchmarks/Calibration.md, which measures this with ten times the data sets.
  @Test("intervals cover the truth about as often as they say")
  func coverage() {
    let outcomes = parallelMap(count: 40, threads: 2) { index in
      let (fitter, fit) = Self.fit(noise: 0.005, seed: UInt64(100 + index))
      var options = Self.options(replicates: 100)
      options.threads = 1
      let uncertainty = Uncertainty(fitter, fit: fit, options: options)
      return Self.law.coefficients.map {
        uncertainty.interval(of: $0.name)?.contains($0.value) ?? false
      }
    }
    for (index, truth) in Self.law.coefficients.enumerated() {
      let covered = outcomes.count { $0[index] }
      // Of 95 % intervals fewer than 34 cover in one of 140 trials; all 40 do in one of 8.
      #expect((34...40).contains(covered), "\(truth.name): \(covered) of 40")
    }
  }

  @Test("equal losses and outliers end with finite replicates; a handful of runs with none")
  func hostile() {
    for test in HostileInputTests.cases {
      let observations = Observations(
        names: test.losses.indices.map { "r\($0)" }, settings: test.settings, losses: test.losses)
      let fitter = LawFitter(observations)
      let fit = fitter.fit(fitOptions(starts: 4))
      let uncertainty = Uncertainty(fitter, fit: fit, options: Self.options(replicates: 5))
      #expect(uncertainty.replicates == (test.losses.count - 7 < 4 ? 0 : 5))
      #expect(uncertainty.distribution.replicates.allSatisfy { $0.allSatisfy(\.isFinite) })
    }
  }

  /// Six dense runs and five coefficients: every resample that can be fitted is the runs themselves.
  @Test("too few runs have no interval, and a warning that counts degrees of freedom")
  func fewRuns() {
    let settings = [1e6, 4e6, 1.6e7].flatMap { n in
      [1e8, 1.6e9].map { Setting(nonZeroParameters: n, sparsity: 0, data: $0) }
    }
    let fitter = LawFitter(
      form: Laws.dense,
      observations: Observations(
        names: settings.indices.map { "r\($0)" }, settings: settings,
        losses: [4.9, 4.1, 4.3, 3.4, 3.9, 2.9]), residual: .log, huberDelta: 0.001)
    var fit = fitter.fit(fitOptions(starts: 20))
    let uncertainty = Uncertainty(fitter, fit: fit, options: Self.options())
    #expect(uncertainty.replicates == 0)
    #expect(uncertainty.coefficients.allSatisfy { $0.interval == nil })
    fit.uncertainty = nil
    #expect(
      Identifiability.warnings(about: fit).contains {
        $0.contains("6 runs less 5 coefficients leave 1 degree of freedom")
      })
    #expect(
      IdentifiabilityReport(fitter, fit: fit, uncertainty: uncertainty, profilePoints: 0)
        .names(.notDetermined).count == 5)
  }

  @Test("no replicates, no intervals")
  func none() {
    let (fitter, fit) = Self.fit(noise: 0.005)
    let uncertainty = Uncertainty(fitter, fit: fit, options: Self.options(replicates: 0))
    #expect(uncertainty.replicates == 0)
    #expect(uncertainty.coefficients.count == 7)
    #expect(uncertainty.coefficients.allSatisfy { $0.interval == nil })
    #expect(uncertainty.distribution.tradeOffs.isEmpty)
  }
}
