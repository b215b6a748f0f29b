import ScalingLaws

/// What gates look at in one sweep.
package struct GateMeasures: Sendable {
  package struct Fit: Sendable {
    var name: String
    var startsReachedBest: Int
    var startsTried: Int

    package init(name: String, startsReachedBest: Int, startsTried: Int) {
      self.name = name
      self.startsReachedBest = startsReachedBest
      self.startsTried = startsTried
    }
  }

  package var sweep: String
  /// Mean absolute relative error on held-out runs; nil where nothing was held out or predicted.
  package var holdoutError: Double?
  package var fits: [Fit]
  /// What should have been fitted and was not.
  package var missingFits: [String]
  package var excluded: Int
  /// The first excluded run and why.
  package var firstExclusion: String?

  package init(
    sweep: String, holdoutError: Double? = nil, fits: [Fit] = [], missingFits: [String] = [],
    excluded: Int = 0, firstExclusion: String? = nil
  ) {
    self.sweep = sweep
    self.holdoutError = holdoutError
    self.fits = fits
    self.missingFits = missingFits
    self.excluded = excluded
    self.firstExclusion = firstExclusion
  }

  package init(_ analysis: SweepAnalysis) {
    let exclusions = analysis.sweep.exclusions
    self.init(
      sweep: analysis.sweep.name, holdoutError: analysis.holdout?.meanAbsoluteRelativeError,
      excluded: exclusions.count, firstExclusion: exclusions.first.map { "\($0.run): \($0.why)" })
    let isRefitDue = analysis.sweep.refit && !analysis.study.heldOut.isEmpty
    for (name, fit, isDue) in [
      ("fit", analysis.checkFit, true), ("fit to all runs", analysis.refit, isRefitDue),
    ] {
      if let fit {
        fits.append(
          Fit(
            name: name, startsReachedBest: fit.startsReachedBest, startsTried: fit.startsTried))
      } else if isDue {
        missingFits.append(name)
      }
    }
  }
}

/// Conditions on a report that a user sets.
///
/// A gate that cannot be measured fails: else a pull request passes every gate by leaving nothing
/// to measure.
package struct GateLimits: Sendable {
  /// The largest mean relative error on held-out runs.
  package var holdoutError: Double?
  /// The fewest starts of each fit that reach its best objective.
  package var startsAgreeing: Int?
  /// The most excluded runs of a sweep.
  package var excluded: Int?
  /// Whether a gate that cannot be measured is only told.
  package var allowsUnmeasured = false

  package init(
    holdoutError: Double? = nil, startsAgreeing: Int? = nil, excluded: Int? = nil,
    allowsUnmeasured: Bool = false
  ) {
    self.holdoutError = holdoutError
    self.startsAgreeing = startsAgreeing
    self.excluded = excluded
    self.allowsUnmeasured = allowsUnmeasured
  }

  /// The gates that failed, and those that were let pass unmeasured, one line each.
  package func verdict(_ sweeps: [GateMeasures]) -> (failures: [String], notices: [String]) {
    var failures: [String] = []
    var notices: [String] = []
    for sweep in sweeps {
      let unmeasured = unmeasured(sweep).map { "\(sweep.sweep): \($0)" }
      if allowsUnmeasured {
        notices += unmeasured
      } else {
        failures += unmeasured.map { "\($0) (--allow-unmeasured passes it)" }
      }
      failures += exceeded(sweep).map { "\(sweep.sweep): \($0)" }
    }
    return (failures, notices)
  }

  private func unmeasured(_ sweep: GateMeasures) -> [String] {
    var found: [String] = []
    if holdoutError != nil, sweep.holdoutError == nil {
      found.append("nothing was held out, so --max-holdout-error cannot be measured")
    }
    if startsAgreeing != nil {
      found += sweep.missingFits.map {
        "there is no \($0), so --min-starts-agreeing cannot be measured"
      }
    }
    return found
  }

  private func exceeded(_ sweep: GateMeasures) -> [String] {
    var found: [String] = []
    // Not `error > limit`, which an error that is not a number would pass.
    if let limit = holdoutError, let error = sweep.holdoutError, !(error <= limit) {
      found.append(
        "mean held-out error \(NumberText.percent(error)) is above "
          + "--max-holdout-error \(NumberText.percent(limit))")
    }
    if let limit = excluded, sweep.excluded > limit {
      found.append(
        "\(Words.count(sweep.excluded, "excluded run")), more than --max-excluded \(limit)"
          + (sweep.firstExclusion.map { "; the first: \($0)" } ?? ""))
    }
    if let limit = startsAgreeing {
      found += sweep.fits.filter { $0.startsReachedBest < limit }.map {
        "\($0.startsReachedBest) of \($0.startsTried) starts of the \($0.name) reached the best "
          + "objective, fewer than --min-starts-agreeing \(limit)"
      }
    }
    return found
  }
}
