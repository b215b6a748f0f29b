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
      huberDelta: objective.loss.linearBeyond,
      objective: summary.best.objective, startsTried: summary.tried,
      startsReachedBest: summary.reachedBest, otherMinima: summary.otherMinima,
      termination: summary.best.termination, conditionNumber: conditionNumber(at: parameters),
      relativeErrors: zip(predictions, observations.losses).map { $0 / $1 - 1 },
      atBound: coefficientsAtBound(parameters))
  }

  /// The fit to other measurements or weights, refined from a known fit.
  public func refine(
    _ objective: ExponentialSumObjective, from parameters: [Double]
  ) -> RobustLeastSquares.Summary {
    MultiStart.refine(
      objective, from: parameters, exponentBounds: form.exponents.map(\.bounds),
      signedTerms: form.signedTerms)
  }

  /// The better of the fit refined from a known one and the best of fresh starts.
  func refine(
    _ objective: ExponentialSumObjective, from parameters: [Double], freshStarts: Int, seed: UInt64
  ) -> RobustLeastSquares.Summary {
    let warm = refine(objective, from: parameters)
    guard freshStarts > 0 else { return warm }
    let fresh = fitFresh(objective, starts: freshStarts, seed: seed)
    return fresh.objective < warm.objective ? fresh : warm
  }

  /// The best of fresh starts alone.
  func fitFresh(
    _ objective: ExponentialSumObjective, starts: Int, seed: UInt64
  ) -> RobustLeastSquares.Summary {
    MultiStart.minimise(objective, options: multiStartOptions(starts: starts, seed: seed)).best
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
