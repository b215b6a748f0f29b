import Fitting
import Foundation

/// Whether runs support a law at all: the standard below which a report shows data and diagnostics
/// and concludes nothing.
///
/// A fit always ends somewhere. The standard is set beforehand and is a low one, so that what
/// fails it is no law by anybody's measure: losses drawn at random, other quantities than a loss,
/// almost as many coefficients as runs.
public struct LawSupport: Sendable, Equatable {
  /// The least share of the variance of log loss, degrees of freedom considered, that a law must
  /// explain.
  public static let leastExplained = 0.5
  /// The largest root mean square of the relative errors.
  public static let largestError = 0.25
  /// The largest share of the coefficients that may end at a bound of the search.
  public static let largestShareAtBounds = 1.0 / 3

  /// The share of the variance of log loss that the law explains, 1 at the most: 1 less the ratio
  /// of the variances about the law and about the mean, each over its degrees of freedom. Nil
  /// where the losses are all equal or as many as the coefficients.
  public let explained: Double?
  /// What falls short of the standard, in words that follow "because"; empty of a law that the
  /// runs support.
  public let shortcomings: [String]

  public var isGiven: Bool { shortcomings.isEmpty }
  /// The shortcomings in one sentence.
  public var reason: String { shortcomings.joined(separator: "; ") }

  /// The standard in words.
  public static let standard =
    "a law must explain at least \(percent(leastExplained)) of the variance of log loss and miss the "
    + "runs by at most \(percent(largestError)) (root mean square of the relative errors); there must "
    + "be at least \(Bootstrap.leastFreedom) runs more than coefficients, and at most a third of the "
    + "coefficients may end at a bound of the search"

  init(_ fit: FittedLaw) {
    self.init(
      losses: fit.runs.map(\.loss), coefficients: fit.parameters.count, atBound: fit.atBound.count,
      residualDeviation: fit.residualDeviation, rmsRelativeError: fit.rmsRelativeError)
  }

  /// - Parameters:
  ///   - losses: measured, positive, one a run.
  ///   - coefficients: free coefficients of the law; `atBound` of them ended at a bound.
  ///   - residualDeviation: of log loss about the law, over runs less coefficients.
  package init(
    losses: [Double], coefficients: Int, atBound: Int, residualDeviation: Double,
    rmsRelativeError: Double
  ) {
    var shortcomings: [String] = []
    if let little = Bootstrap.tooLittleFreedom(runs: losses.count, coefficients: coefficients) {
      shortcomings.append(
        little + ", and it takes \(Bootstrap.leastFreedom) to tell a law from chance")
    }
    let logs = losses.map { log($0) }
    let mean = logs.reduce(0, +) / Double(max(logs.count, 1))
    let spread =
      logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(logs.count - 1, 1))
    // Equal to the last digits: what is left is rounding.
    if spread.squareRoot() < 1e-12 {
      explained = nil
      shortcomings.append("the losses of all runs are equal")
    } else if losses.count <= coefficients {
      explained = nil
    } else {
      let share = 1 - residualDeviation * residualDeviation / spread
      explained = share
      if !(share >= Self.leastExplained) {
        shortcomings.append(
          "the law explains \(percent(max(share, 0))) of the variance of log loss, less than "
            + percent(Self.leastExplained))
      }
    }
    if !(rmsRelativeError <= Self.largestError) {
      shortcomings.append(
        "the law misses the runs by \(percent(rmsRelativeError)) (root mean square), more than "
          + percent(Self.largestError))
    }
    if Double(atBound) > Self.largestShareAtBounds * Double(coefficients) {
      shortcomings.append(
        "\(atBound) of \(coefficients) coefficients ended at a bound, more than a third")
    }
    self.shortcomings = shortcomings
  }
}

private func percent(_ share: Double) -> String {
  // Rounded as text: the share may be anything, even infinite.
  share.isFinite && share < 1e6 ? "\(Int((share * 100).rounded())) %" : "far more than 100 %"
}
