import ReportPipeline
import TestSupport
import Testing

@Suite("Gates by their numbers")
struct GateLimitsTests {
  private func failures(_ limits: GateLimits, _ measures: GateMeasures) -> [String] {
    limits.verdict([measures]).failures
  }

  private let good = GateMeasures(
    sweep: "s", holdoutError: 0.02,
    fits: [
      .init(name: "fit", startsReachedBest: 10, startsTried: 20),
      .init(name: "fit to all runs", startsReachedBest: 9, startsTried: 20),
    ], excluded: 3, firstExclusion: "r: because")

  @Test func aLimitItselfPasses() {
    let limits = GateLimits(holdoutError: 0.02, startsAgreeing: 9, excluded: 3)
    #expect(failures(limits, good) == [])
    #expect(failures(GateLimits(holdoutError: 0.0199), good).count == 1)
    #expect(
      failures(GateLimits(excluded: 2), good) == [
        "s: 3 excluded runs, more than --max-excluded 2; the first: r: because"
      ])
  }

  @Test func theFitToAllRunsIsLookedAtToo() {
    #expect(
      failures(GateLimits(startsAgreeing: 10), good) == [
        "s: 9 of 20 starts of the fit to all runs reached the best objective, fewer than "
          + "--min-starts-agreeing 10"
      ])
  }

  @Test(arguments: [Double.nan, .infinity])
  func anErrorThatIsNoNumberFails(error: Double) {
    var measures = good
    measures.holdoutError = error
    #expect(failures(GateLimits(holdoutError: 0.5), measures).count == 1)
  }

  @Test func whatCannotBeMeasuredFails() {
    let empty = GateMeasures(sweep: "s", missingFits: ["fit", "fit to all runs"])
    let limits = GateLimits(holdoutError: 0.1, startsAgreeing: 5)
    #expect(
      failures(limits, empty) == [
        "s: nothing was held out, so --max-holdout-error cannot be measured "
          + "(--allow-unmeasured passes it)",
        "s: there is no fit, so --min-starts-agreeing cannot be measured "
          + "(--allow-unmeasured passes it)",
        "s: there is no fit to all runs, so --min-starts-agreeing cannot be measured "
          + "(--allow-unmeasured passes it)",
      ])
    var lenient = limits
    lenient.allowsUnmeasured = true
    #expect(failures(lenient, empty) == [])
    #expect(lenient.verdict([empty]).notices.count == 3)
    // It lets nothing pass that can be measured.
    var bad = good
    bad.holdoutError = 0.2
    #expect(failures(lenient, bad).count == 1)
    #expect(failures(GateLimits(), empty) == [])
  }

  @Test func measuresOfReports() throws {
    let held = try Workplace()
    let measured = GateMeasures(try #require(held.run().analyses.first))
    #expect(measured.holdoutError != nil && measured.fits.count == 2)
    #expect(measured.missingFits == [])
    try held.settings("holdout: none\n")
    let none = GateMeasures(try #require(held.run().analyses.first))
    #expect(none.holdoutError == nil && none.fits.count == 1 && none.missingFits == [])
    let published = try Workplace([:])
    try published.settings(
      """
      published:
        name: Someone
        coefficients: {a_S: 10, b_S: 0.9, c_S: 20, b_N: 0.25, a_D: 2.0e5, b_D: 0.35, c: 0.8}

      """)
    let law = GateMeasures(try #require(published.run().analyses.first))
    #expect(law.holdoutError == nil && law.fits.isEmpty && law.missingFits == ["fit"])
  }
}
