import Fitting
import Foundation
import ScalingLaws
import Testing

@Suite("Profiles, influence and verdicts")
struct IdentifiabilityReportTests {
  @Test("a profile's floor is the optimum, and each point the best fit at its exponent")
  func profile() throws {
    let (fitter, fit) = BootstrapTests.fit(noise: 0.005)
    for (index, name) in ["b_S", "b_N", "b_D"].enumerated() {
      let estimate = coefficient(name, of: fit.coefficients)
      let profile = try #require(
        fitter.profile(name, over: (estimate / 2)...(estimate * 2), from: fit, points: 11))
      #expect(profile.points.count == 12)
      #expect(profile.points.map(\.value) == profile.points.map(\.value).sorted())
      #expect(profile.points.allSatisfy { $0.objective >= fit.objective * (1 - 1e-9) })
      #expect(profile.points.contains(profile.best))
      // Against many fresh starts with the exponent held.
      let bounds = fitter.form.exponents.map(\.bounds)
      for point in [profile.points[0], profile.points[8]] {
        var held = bounds
        held[index] = point.value...point.value
        var options = MultiStart.Options(
          exponentBounds: held, startRanges: fitter.form.exponents.map(\.startRange))
        options.starts = 40
        let brute = MultiStart.minimise(fitter.objective, options: options).best
        #expect(relativeError(point.objective, brute.objective) < 1e-6, "\(name) \(point)")
      }
    }
    #expect(fitter.profile("a_S", over: 1...2, from: fit) == nil)
  }

  @Test("the constant has a profile as well")
  func profileOfTheConstant() throws {
    let (fitter, fit) = BootstrapTests.fit(noise: 0.005)
    let c = coefficient("c", of: fit.coefficients)
    let profile = try #require(fitter.profile("c", over: (c / 2)...(c * 1.5), from: fit, points: 9))
    #expect(profile.best.value == c)
    for point in [profile.points[0], profile.points[6]] {
      #expect(point.objective > fit.objective)
      var options = MultiStart.Options(
        exponentBounds: fitter.form.exponents.map(\.bounds),
        startRanges: fitter.form.exponents.map(\.startRange))
      options.starts = 40
      options.held = [fitter.form.terms.count: point.value]
      let brute = MultiStart.minimise(fitter.objective, options: options).best
      #expect(brute.parameters[fitter.form.terms.count] == point.value)
      #expect(relativeError(point.objective, brute.objective) < 1e-6, "\(point)")
    }
  }

  @Test("with normal residuals the limit of a profile is exp(3.84 / n)")
  func profileLimit() throws {
    let limit = try #require(ObjectiveProfile.limit(objective: 1e-6, delta: 1, runs: 50))
    #expect(relativeError(limit, exp(3.841458820694124 / 50)) < 1e-6)
    #expect(ObjectiveProfile.limit(objective: 0, delta: 1, runs: 50) == nil)
    // A parabola crosses it where its square root says.
    let points = (-10...10).map {
      ObjectiveProfile.Point(value: Double($0), objective: 1 + 0.01 * Double($0 * $0))
    }
    let profile = ObjectiveProfile(coefficient: "c", points: points, best: points[10])
    #expect(profile.range(below: 1.25) == -5...5)
    #expect(profile.range(below: 9) == -10...10)
  }

  @Test("leaving out a run is fitting without it")
  func leaveOneOut() {
    let (fitter, fit) = BootstrapTests.fit(noise: 0.005)
    let without = fitter.leaveOneOut(from: fit.parameters, threads: 2)
    #expect(without.count == fitter.observations.count)
    let law = ScalingLaw(form: Laws.sparsity, parameters: without[7], units: fitter.units)
    var rest = fitter.observations
    rest.names.remove(at: 7)
    rest.settings.remove(at: 7)
    rest.losses.remove(at: 7)
    let direct = LawFitter(rest).fit(fitOptions(starts: 20))
    for (a, b) in zip(law.coefficients, direct.coefficients) {
      #expect(relativeError(a.value, b.value) < 1e-6)
    }
  }

  @Test("the runs that move a coefficient most are named, most influential first")
  func influence() {
    var generator = SplitMix64(seed: 1)
    var observations = Design.t5.observations(
      of: ReferenceData.t5Optimum, noise: 1e-5, generator: &generator)
    observations.losses[47] *= 1.1
    let fitter = LawFitter(
      form: Laws.sparsity, observations: observations, residual: .log, huberDelta: 10)
    let fit = fitter.fit(fitOptions(starts: 20))
    let influences = fitter.influences(on: fit)
    #expect(influences.count == 7)
    for (index, top) in influences.enumerated() {
      #expect(top.count == 3)
      #expect(top[0].run == "r47")
      #expect(abs(top[0].relativeChange) >= abs(top[1].relativeChange))
      // Without the bad run the truth is back.
      #expect(
        relativeError(top[0].without, ReferenceData.t5Optimum.coefficients[index].value) < 0.05)
    }
  }

  @Test("the verdict follows its rule")
  func determination() {
    func verdict(
      _ interval: ClosedRange<Double>?, bounds: ClosedRange<Double> = 0...Double.infinity,
      isAtBound: Bool = false
    ) -> Determination {
      Determination(interval: interval, bounds: bounds, isAtBound: isAtBound)
    }
    #expect(verdict(1...1.49) == .determined)
    #expect(verdict(1...1.51) == .weaklyDetermined)
    #expect(verdict(1...4.1) == .notDetermined)
    #expect(verdict(0...1) == .notDetermined)
    #expect(verdict(1...Double.infinity) == .notDetermined)
    #expect(verdict(nil) == .notDetermined)
    #expect(verdict(1...1.1, isAtBound: true) == .notDetermined)
    #expect(verdict(0.01...0.012, bounds: 0.01...5) == .notDetermined)
    #expect(verdict(4...5, bounds: 0.01...5) == .notDetermined)
    #expect(Determination.rule.contains("1.5") && Determination.rule.contains("factor of 4"))
  }

  @Test("a precise sweep determines every coefficient; a narrow range of sparsity does not")
  func report() {
    func report(_ design: Design, noise: Double) -> IdentifiabilityReport {
      let (fitter, fit) = BootstrapTests.fit(noise: noise, design: design)
      let uncertainty = Uncertainty(
        fitter, fit: fit, options: BootstrapTests.options(replicates: 200))
      return IdentifiabilityReport(
        fitter, fit: fit, uncertainty: uncertainty, including: ReferenceData.t5Published.general,
        profilePoints: 9, threads: 2)
    }
    let precise = report(.t5, noise: 1e-5)
    #expect(precise.names(.determined).count == 7)
    #expect(precise.profiles.map(\.coefficient) == ["b_S", "b_N", "b_D", "c"])
    for (profile, published) in zip(
      precise.profiles, [0.72161276, 0.24513173, 0.20270772, 0.65074219])
    {
      let values = profile.points.map(\.value)
      #expect(values[0] <= published && published <= values[values.count - 1])
    }

    var design = Design.t5
    design.settings = design.settings.map {
      Setting(
        nonZeroParameters: $0.nonZeroParameters, sparsity: $0.sparsity * 0.1, data: $0.data)
    }
    let narrow = report(design, noise: 0.005)
    #expect(Set(narrow.names(.notDetermined)).isSuperset(of: ["a_S", "b_S"]))
    #expect(narrow.conditionNumber > 10 * precise.conditionNumber)
  }

  @Test(
    "a warning gives the condition number, or says that there is none",
    arguments: [
      (9e3, nil), (.nan, nil),
      (12_345.4, "hard to tell apart (condition number of the scaled Jacobian 12345)"),
      (3e16, "cannot be told apart: the scaled Jacobian is singular"),
      (.infinity, "cannot be told apart: the scaled Jacobian is singular"),
    ] as [(Double, String?)])
  func conditionWarning(number: Double, says: String?) {
    var (_, fit) = BootstrapTests.fit(noise: 0.005)
    fit.conditionNumber = number
    let warnings = Identifiability.warnings(about: fit).filter { $0.contains("apart") }
    #expect(warnings.count == (says == nil ? 0 : 1))
    #expect(warnings.allSatisfy { $0.hasSuffix(says ?? "") }, "\(warnings)")
  }

  @Test("coefficients that chance moves together are named")
  func tradeOffs() throws {
    let (fitter, fit) = BootstrapTests.fit(noise: 0.005)
    let distribution = Bootstrap(
      fitter, fit: fit, options: BootstrapTests.options(replicates: 200)
    ).run()
    let found = distribution.tradeOffs
    // The amplitude of the size term and its exponent.
    #expect(found.contains { $0.first == "c_S" && $0.second == "b_N" && $0.correlation > 0.9 })
    #expect(found.allSatisfy { abs($0.correlation) >= TradeOff.threshold })
    let strengths = found.map { abs($0.correlation) }
    #expect(strengths == strengths.sorted(by: >))
  }

  @Test(
    "T5: the published exponents lie off the valley floor",
    .enabled(if: ReferenceData.isPresent, ReferenceData.missing))
  func t5() throws {
    let fitter = LawFitter(try ReferenceData.t5())
    let fit = fitter.fit(fitOptions(starts: 20))
    let uncertainty = Uncertainty(
      fitter, fit: fit, options: BootstrapTests.options(replicates: 200))
    let report = IdentifiabilityReport(
      fitter, fit: fit, uncertainty: uncertainty, including: ReferenceData.t5Published.general,
      threads: 2)
    let profile = report.profiles[0]
    let published = profile.points.min { abs($0.value - 0.7216) < abs($1.value - 0.7216) }
    // Even the best fit with the published b_S is well above the optimum.
    #expect(try #require(published).objective > 1.02 * fit.objective)
    // And the published coefficients together are above that.
    #expect(try #require(published).objective < 7.603605e-6)
    #expect(report.names(.notDetermined).contains("a_D"))
    #expect(report.names(.determined).contains("b_N"))
  }
}
