import Fitting
import Foundation
import RunLogs
import ScalingLaws
import Testing

@Suite("Which runs a conclusion rests on")
struct StudyTests {
  private let law = FrantarLaw(
    aS: 5.4, bS: 1.5, cS: 15.3, bN: 0.36, aD: 6.6e5, bD: 0.65, c: 1.4)
  private let other = FrantarLaw(
    aS: 9, bS: 0.9, cS: 12, bN: 0.36, aD: 6.6e5, bD: 0.65, c: 1.4)

  /// The shape of the byte-level sweep, with the largest size, or the largest sparsity and size,
  /// held out. Losses follow a law times a wave that no law describes.
  private func sweep(
    refit: Bool, holdingOut isHeldOut: (Setting) -> Bool, published: PublishedLaw? = nil
  ) -> Sweep {
    let runs = Design.bytes.runs(of: law).enumerated().map { index, run in
      var run = run
      run.loss *= exp(0.002 * sin(Double(index * index)))
      run.role = isHeldOut(Setting(run)) ? .heldOut : .fitted
      return run
    }
    var sweep = Sweep(name: "s", published: published.map { [$0] } ?? [], runs: runs)
    sweep.refit = refit
    return sweep
  }

  private func options(bootstrap: Int = 0) -> FitOptions {
    var options = fitOptions(starts: 20)
    options.bootstrap = bootstrap
    return options
  }

  private static let isLargestOrSparsest: @Sendable (Setting) -> Bool = {
    $0.sparsity > 0.8 || $0.nonZeroParameters > 7e4
  }

  @Test("refit: false: the largest sparsity and size are those of the check fit")
  func withoutRefit() throws {
    let analysis = try SweepAnalysis.analyse(
      sweep(refit: false, holdingOut: Self.isLargestOrSparsest), options: options())
    #expect(analysis.basis == .fit)
    #expect(analysis.refit == nil)
    let study = analysis.study
    #expect(study.concludingRuns.count == 27)
    #expect(study.heldOut.count == 21)
    let optimal = try #require(analysis.optimalSparsity)
    #expect(optimal.largestFittedSparsity == 0.75)
    #expect(optimal.referenceParameters == 36_864)
    #expect(analysis.storage?.table.denseParameters == 36_864)
    // A sparsity that was only held out is no fitted one.
    #expect(study.largestFittedSparsity == 0.75)
    #expect(analysis.law == analysis.checkFit?.law)
  }

  @Test("with a second fit, conclusions rest on all main runs")
  func withRefit() throws {
    let analysis = try SweepAnalysis.analyse(
      sweep(refit: true, holdingOut: Self.isLargestOrSparsest), options: options())
    #expect(analysis.basis == .refit)
    #expect(analysis.study.concludingRuns.count == 48)
    #expect(analysis.checkFit?.runs.count == 27)
    #expect(analysis.optimalSparsity?.largestFittedSparsity == 0.875)
    #expect(analysis.optimalSparsity?.referenceParameters == 73_728)
    #expect(analysis.law == analysis.finalFit?.law)
    #expect(analysis.law != analysis.checkFit?.law)
  }

  @Test("a published law concludes alone, on no runs, at the size of the runs there are")
  func publishedAlone() throws {
    var sweep = sweep(
      refit: true, holdingOut: { _ in true },
      published: PublishedLaw(
        name: "Someone", coefficients: other.coefficients.map { .init($0.name, $0.value) }))
    sweep.runs = Array(sweep.runs.filter { $0.nonZeroParameters > 7e4 }.prefix(5))
    let analysis = try SweepAnalysis.analyse(sweep, options: options())
    #expect(analysis.basis == .published)
    #expect(analysis.finalFit == nil)
    #expect(analysis.study.concludingRuns.isEmpty)
    #expect(analysis.study.largestFittedSparsity == nil)
    #expect(analysis.optimalSparsity?.largestFittedSparsity == nil)
    #expect(analysis.study.referenceParameters == 73_728)
    let law = try #require(analysis.law.closed)
    for (found, expected) in zip(law.coefficients, other.coefficients) {
      #expect(relativeError(found.value, expected.value) < 1e-12)
    }
    #expect(analysis.published?.finalObjective == nil)
  }

  @Test("a published law is measured on the runs of what it is compared with")
  func publishedOnTheSameRuns() throws {
    let isLargest: (Setting) -> Bool = { $0.nonZeroParameters > 7e4 }
    let first = try SweepAnalysis.analyse(
      sweep(refit: true, holdingOut: isLargest), options: options())
    let refit = try #require(first.refit)
    let found = try #require(first.law.closed)
    let analysis = try SweepAnalysis.analyse(
      sweep(
        refit: true, holdingOut: isLargest,
        published: PublishedLaw(
          name: "The optimum itself",
          coefficients: found.coefficients.map { .init($0.name, $0.value) })),
      options: options(bootstrap: 20))
    let published = try #require(analysis.published)
    // The bottom of the valley of all runs, and above that of the fitted ones.
    #expect(relativeError(try #require(published.finalObjective), refit.objective) < 1e-9)
    let check = try #require(analysis.checkFit)
    #expect(try #require(published.checkObjective) > check.objective)
    let profile = try #require(analysis.identifiability?.profiles.first { $0.coefficient == "b_N" })
    #expect(relativeError(profile.best.objective, try #require(published.finalObjective)) < 1e-9)
  }
}
