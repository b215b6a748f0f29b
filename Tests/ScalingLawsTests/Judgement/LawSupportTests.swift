import Foundation
import RunLogs
import ScalingLaws
import Testing

/// Below a stated standard runs support no law.
@Suite("Whether runs support a law") struct LawSupportTests {
  private func support(
    losses: [Double], coefficients: Int = 2, atBound: Int = 0, deviation: Double,
    error: Double = 0.01
  ) -> LawSupport {
    LawSupport(
      losses: losses, coefficients: coefficients, atBound: atBound, residualDeviation: deviation,
      rmsRelativeError: error)
  }

  /// Log losses 0 and 2, ten of each: their variance is 20/19.
  private let losses = (0..<20).map { exp(Double($0 % 2) * 2) }

  @Test func explainedIsOneLessTheRatioOfVariances() throws {
    let found = try #require(support(losses: losses, deviation: 0.5).explained)
    #expect(abs(found - (1 - 0.25 / (20.0 / 19))) < 1e-12)
  }

  @Test func halfOfTheVarianceIsTheStandard() {
    let limit = (0.5 * 20 / 19).squareRoot()
    #expect(support(losses: losses, deviation: limit * 0.999).isGiven)
    let below = support(losses: losses, deviation: limit * 1.001)
    #expect(below.shortcomings.count == 1)
    #expect(below.shortcomings.first?.contains("50 % of the variance") == true)
  }

  @Test func equalLossesSupportNothing() {
    let found = support(losses: [Double](repeating: 3, count: 20), deviation: 0)
    #expect(found.shortcomings == ["the losses of all runs are equal"])
    #expect(found.explained == nil)
  }

  @Test func aLawMustNotMissByMoreThanAQuarter() {
    #expect(support(losses: losses, deviation: 0.1, error: 0.25).isGiven)
    #expect(!support(losses: losses, deviation: 0.1, error: 0.2501).isGiven)
    #expect(!support(losses: losses, deviation: 0.1, error: .infinity).isGiven)
    #expect(!support(losses: losses, deviation: .nan, error: .nan).isGiven)
  }

  @Test func itTakesFourRunsMoreThanCoefficients() {
    #expect(support(losses: losses, coefficients: 16, deviation: 0.1).isGiven)
    let found = support(losses: losses, coefficients: 17, deviation: 0.1)
    #expect(found.shortcomings.first?.contains("leave 3 degrees of freedom") == true)
  }

  @Test func moreThanAThirdAtBoundsIsNoLaw() {
    #expect(support(losses: losses, coefficients: 6, atBound: 2, deviation: 0.1).isGiven)
    #expect(!support(losses: losses, coefficients: 6, atBound: 3, deviation: 0.1).isGiven)
  }
}
