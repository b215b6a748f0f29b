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

  static func options(
    replicates: Int = 100, resampling: Resampling = BootstrapOptions().resampling
  ) -> BootstrapOptions {
    var options = BootstrapOptions()
    options.replicates = replicates
    options.resampling = resampling
    options.threads = 2
    return options
  }

  @Test("replicates depend on the seed and their number alone", arguments: Resampling.allCases)
  func determinism(resampling: Resampling) {
    let (fitter, fit) = Self.fit(noise: 0.005)
    var options = Self.options(replicates: 30, resampling: resampling)
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

  @Test("each replicate is the optimum of its own data", arguments: Resampling.allCases)
  func optimality(resampling: Resampling) {
    let (fitter, fit) = Self.fit(noise: 0.005)
    var options = Self.options(replicates: 20, resampling: resampling)
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

  @Test("without noise every interval closes on the truth", arguments: Resampling.allCases)
  func noNoise(resampling: Resampling) throws {
    let (fitter, fit) = Self.fit(noise: 0)
    let uncertainty = Uncertainty(
      fitter, fit: fit, options: Self.options(replicates: 40, resampling: resampling))
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

  @Test("every replicate keeps enough levels to be fitted, whatever the draw")
  func strata() {
    // One run of each of the smallest sizes: plain resampling would often lose a size.
    let settings = Design.t5.settings.filter {
      $0.nonZeroParameters > 5e6 || ($0.sparsity == 0 && $0.data < 2e10)
    }
    let (fitter, fit) = Self.fit(noise: 0.005, design: Design(name: "", settings: settings))
    let distribution = Bootstrap(
      fitter, fit: fit, options: Self.options(replicates: 200, resampling: .shrunkenCases)
    ).run()
    #expect(distribution.replicates.count == 200)
    // A lost size would leave b_N free to run to a bound.
    let exponents = distribution.replicates.map { $0[5] }
    #expect(exponents.allSatisfy { $0 > 0.011 && $0 < 4.9 })
  }

  @Test("automatic resampling keeps clusters together where residuals are clustered")
  func automatic() {
    func chosen(clustered: Bool) -> Resampling {
      var generator = SplitMix64(seed: 5)
      var observations = Design.t5.observations(
        of: Self.law, noise: 0.004, generator: &generator)
      // The design lists the three amounts of data of each size and sparsity in a row.
      for group in 0..<16 where clustered {
        let common = exp(0.01 * generator.normal())
        for run in 0..<3 { observations.losses[3 * group + run] *= common }
      }
      let fitter = LawFitter(observations)
      let fit = fitter.fit(fitOptions(starts: 10))
      let options = Self.options(replicates: 2, resampling: .automatic)
      return Bootstrap(fitter, fit: fit, options: options).run().options.resampling
    }
    #expect(chosen(clustered: false) == .shrunkenCases)
    #expect(chosen(clustered: true) == .clusters)
  }

  @Test("equal losses and outliers end with finite replicates; a handful of runs with none")
  func hostile() {
    for test in HostileInputTests.cases {
      let observations = Observations(
        names: test.losses.indices.map { "r\($0)" }, settings: test.settings, losses: test.losses)
      let fitter = LawFitter(observations)
      let fit = fitter.fit(fitOptions(starts: 4))
      for resampling in Resampling.allCases {
        let uncertainty = Uncertainty(
          fitter, fit: fit, options: Self.options(replicates: 5, resampling: resampling))
        #expect(uncertainty.replicates == (test.losses.count - 7 < 4 ? 0 : 5))
        #expect(uncertainty.distribution.replicates.allSatisfy { $0.allSatisfy(\.isFinite) })
      }
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
