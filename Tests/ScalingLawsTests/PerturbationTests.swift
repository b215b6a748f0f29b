import Fitting
import Foundation
import Testing

@testable import ScalingLaws

@Suite("Errors of replicates")
struct PerturbationTests {
  private static func perturbation(
    _ change: (inout Observations) -> Void = { _ in }
  ) -> (Perturbation, Observations) {
    var (fitter, fit) = BootstrapTests.fit(noise: 0.005)
    var observations = fitter.observations
    change(&observations)
    fitter = LawFitter(observations)
    fit = fitter.fit(fitOptions(starts: 10))
    return (
      Bootstrap(fitter, fit: fit, options: BootstrapTests.options()).perturbation, observations
    )
  }

  /// Every replicate is one set of errors, times one factor, with a sign for each group.
  @Test func signsAreSharedAndTheStretchIsCommon() throws {
    let (perturbation, observations) = Self.perturbation()
    #expect(perturbation.sharing == .sizeAndSparsity)
    #expect((3...12).contains(perturbation.degreesOfFreedom))
    let (first, stretch) = perturbation.draw(0, seed: 3)
    var flips = 0
    for index in 1..<200 {
      let (errors, other) = perturbation.draw(index, seed: 3)
      let signs = zip(errors, first).map { ($0 / other) / ($1 / stretch) }
      #expect(signs.allSatisfy { abs(abs($0) - 1) < 1e-12 })
      for group in observations.clusters {
        #expect(Set(group.map { signs[$0] > 0 }).count == 1)
        flips += signs[group[0]] < 0 ? 1 : 0
      }
    }
    // 199 × 16 coins.
    #expect(abs(Double(flips) / (199 * 16) - 0.5) < 0.035)
  }

  /// What is linear in the errors has the quantiles of Student's t: of a sum over 16 groups of about
  /// one size, with signs that nearly make it normal, 2.5 % lie beyond t, not beyond 1.96.
  @Test func aSumOfErrorsIsStudentsT() {
    let (perturbation, observations) = Self.perturbation()
    let sums = (0..<20_000).map { index -> Double in
      let (errors, _) = perturbation.draw(index, seed: 1)
      return observations.clusters.enumerated().reduce(0.0) { sum, group in
        // As large as each other, so that their sum over √16 is nearly normal.
        sum + errors[group.element[0]] / abs(perturbation.errors[group.element[0]])
      } / 4
    }.sorted()
    let bound = FDistribution.studentT(tails: 0.05, degrees: perturbation.degreesOfFreedom)
    let tail = Double(sums.count { abs($0) > bound }) / 20_000
    #expect(abs(tail - 0.05) < 0.008, "\(tail) beyond \(bound)")
  }

  @Test func checkpointsOfARunShareTheirSign() {
    let (perturbation, observations) = Self.perturbation { observations in
      observations.trajectories = observations.settings.indices.map { "run \($0 / 4)" }
    }
    #expect(perturbation.sharing == .checkpoints && observations.clusters.count == 12)
    #expect(perturbation.words.contains("all checkpoints of a run"))
  }

  /// Three dense sizes have no three groups to spare beside the coefficients of size.
  @Test func tooFewGroupsShareNothing() {
    let settings = [1e6, 4e6, 1.6e7].flatMap { n in
      [1e8, 4e8, 1.6e9, 6.4e9].map { Setting(nonZeroParameters: n, sparsity: 0, data: $0) }
    }
    var generator = SplitMix64(seed: 5)
    let observations = Design(name: "", settings: settings).observations(
      of: BootstrapTests.law, noise: 0.005, generator: &generator)
    let fitter = LawFitter(
      form: Laws.dense, observations: observations, residual: .log, huberDelta: 0.01)
    let fit = fitter.fit(fitOptions(starts: 10))
    let perturbation = Bootstrap(fitter, fit: fit, options: BootstrapTests.options()).perturbation
    #expect(perturbation.sharing == .none)
    #expect(perturbation.words.contains("too few groups"))
  }

  /// A replicate of a fit with δ far beyond all residuals is the fit of least squares to its losses,
  /// and stretched errors meet a stretched δ.
  @Test func deltaIsStretchedWithTheErrors() {
    let (fitter, fit) = BootstrapTests.fit(noise: 0.005)
    let bootstrap = Bootstrap(fitter, fit: fit, options: BootstrapTests.options())
    let (errors, stretch) = bootstrap.perturbation.draw(4, seed: 0)
    let objective = bootstrap.objective(4)
    #expect(objective.loss == .huber(delta: 1e-3 * stretch))
    for (row, predicted) in fitter.objective.model.predictions(at: fit.parameters).enumerated() {
      #expect(abs(objective.measured[row] / (predicted * exp(-errors[row])) - 1) < 1e-14)
    }
  }

  /// 1.345 standard deviations of noise, whatever a few outliers do.
  @Test func automaticDelta() {
    var generator = SplitMix64(seed: 8)
    var observations = Design.t5.observations(
      of: BootstrapTests.law, noise: 0.01, generator: &generator)
    for run in [3, 17, 30] { observations.losses[run] *= 1.3 }
    let delta = LawFitter.automaticDelta(
      form: Laws.sparsity, observations, residual: .log, fitOptions(starts: 20))
    // A robust deviation of 48 runs is known to about 15 %.
    #expect(abs(delta / 0.01345 - 1) < 0.4, "\(delta)")
    #expect("\(delta)".drop { "0.".contains($0) }.count <= 3, "\(delta) is what a report prints")
    let exact = Design.t5.observations(of: BootstrapTests.law, noise: 0, generator: &generator)
    #expect(
      LawFitter.automaticDelta(
        form: Laws.sparsity, exact, residual: .log, fitOptions(starts: 20)) == 1e-6)
  }
}
