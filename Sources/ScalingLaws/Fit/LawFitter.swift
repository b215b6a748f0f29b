import Fitting
import Foundation
import RunLogs

/// Fits one law form to one set of observations.
public struct LawFitter: Sendable {
  public let form: LawForm
  public let observations: Observations
  public let units: Normalisation
  public let objective: ExponentialSumObjective

  /// - Parameters:
  ///   - residual: how a prediction is compared with its measurement.
  ///   - huberDelta: the residual beyond which the Huber loss is linear; positive.
  ///   - units: those of parameters to start from; nil for those of the observations.
  public init(
    form: LawForm, observations: Observations, residual: ResidualKind, huberDelta: Double,
    units: Normalisation? = nil
  ) {
    self.form = form
    self.observations = observations
    self.units = units ?? Normalisation(observations.settings)
    objective = ExponentialSumObjective(
      model: form.sum(for: observations.settings, units: self.units), measured: observations.losses,
      residual: residual == .log ? .log : .linear, loss: .huber(delta: huberDelta))
  }

  /// The best of many starts.
  public func fit(_ options: FitOptions) -> FittedLaw {
    var multiStart = multiStartOptions(starts: options.starts, seed: options.seed)
    multiStart.threads = options.threads
    let summary = MultiStart.minimise(objective, options: multiStart)
    let parameters = summary.best.parameters
    let predictions = objective.model.predictions(at: parameters)
    return FittedLaw(
      form: form, units: units, parameters: parameters, runCount: observations.count,
      objective: summary.best.objective, startsTried: summary.tried,
      startsReachedBest: summary.reachedBest, otherMinima: summary.otherMinima,
      termination: summary.best.termination, conditionNumber: conditionNumber(at: parameters),
      relativeErrors: zip(predictions, observations.losses).map { $0 / $1 - 1 },
      atBound: coefficientsAtBound(parameters))
  }

  /// The fit to resampled or perturbed observations, refined from a known fit.
  ///
  /// - Parameters:
  ///   - weights: one a run.
  ///   - losses: one a run; nil for the measured ones.
  public func refine(
    from parameters: [Double], weights: [Double], losses: [Double]? = nil
  ) -> RobustLeastSquares.Summary {
    MultiStart.refine(
      objective.reweighted(weights, measured: losses), from: parameters,
      exponentBounds: form.exponents.map(\.bounds), signedTerms: form.signedTerms)
  }

  /// The best fit to weighted runs of one refined from a known fit and those of fresh starts.
  ///
  /// - Parameters:
  ///   - weights: one a run; 0 leaves it out.
  ///   - freshStarts: 0 for none.
  func refine(
    from parameters: [Double], weights: [Double], freshStarts: Int, seed: UInt64
  ) -> RobustLeastSquares.Summary {
    let warm = refine(from: parameters, weights: weights)
    guard freshStarts > 0 else { return warm }
    let fresh = fitFresh(weights: weights, starts: freshStarts, seed: seed)
    return fresh.objective < warm.objective ? fresh : warm
  }

  /// The best of fresh starts alone on resampled or perturbed observations.
  func fitFresh(
    weights: [Double], losses: [Double]? = nil, starts: Int, seed: UInt64
  ) -> RobustLeastSquares.Summary {
    MultiStart.minimise(
      objective.reweighted(weights, measured: losses),
      options: multiStartOptions(starts: starts, seed: seed)
    ).best
  }

  func multiStartOptions(starts: Int, seed: UInt64) -> MultiStart.Options {
    var options = MultiStart.Options(
      exponentBounds: form.exponents.map(\.bounds),
      startRanges: form.exponents.map(\.startRange))
    options.signedTerms = form.signedTerms
    options.starts = starts
    options.seed = seed
    return options
  }

  func isAtBound(_ index: Int, _ parameters: [Double]) -> Bool {
    let terms = objective.model.termCount
    guard index >= terms else {
      let isSigned = index < form.terms.count && form.terms[index].isSigned
      return !isSigned && parameters[index] <= 0
    }
    let bounds = form.exponents[index - terms].bounds
    return parameters[index] <= bounds.lowerBound || parameters[index] >= bounds.upperBound
  }

  private func coefficientsAtBound(_ parameters: [Double]) -> [String] {
    form.parameterNames.enumerated().filter { isAtBound($0.offset, parameters) }.map(\.element)
  }

  private func conditionNumber(at parameters: [Double]) -> Double {
    scaledConditionNumber(columns: residualGradientColumns(at: parameters))
  }
}
