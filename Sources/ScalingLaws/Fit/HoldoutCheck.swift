import Foundation
import RunLogs

/// How well runs that were kept out of a fit are predicted by it.
public struct HoldoutCheck: Sendable {
  public struct Run: Sendable, Equatable {
    public var run: TrainingRun
    public var predicted: Double
    /// The interval in which the measurement was expected.
    public var interval: ClosedRange<Double>?
    /// The prediction by the published coefficients, if there are any.
    public var publishedPrediction: Double?

    package init(
      run: TrainingRun, predicted: Double, interval: ClosedRange<Double>? = nil,
      publishedPrediction: Double? = nil
    ) {
      self.run = run
      self.predicted = predicted
      self.interval = interval
      self.publishedPrediction = publishedPrediction
    }

    /// Predicted over measured minus 1.
    public var relativeError: Double { predicted / run.loss - 1 }
  }

  /// What made the predictions.
  public enum Predictor: String, Sendable, CaseIterable { case fit, published }

  /// The rule that chose the runs, in words.
  public var rule: String
  public var predictor: Predictor
  public var runs: [Run]

  package init(rule: String, predictor: Predictor, runs: [Run]) {
    self.rule = rule
    self.predictor = predictor
    self.runs = runs
  }

  public var meanAbsoluteRelativeError: Double {
    runs.reduce(0) { $0 + abs($1.relativeError) } / Double(max(runs.count, 1))
  }

  public var maxAbsoluteRelativeError: Double {
    runs.map { abs($0.relativeError) }.max() ?? 0
  }
}

extension HoldoutCheck {
  /// Fills in the interval in which each held-out measurement was expected, from the bootstrap of
  /// the fit that made the predictions.
  package mutating func addIntervals(from distribution: BootstrapDistribution) {
    let intervals = distribution.measurementIntervals(for: runs.map { Setting($0.run) })
    for index in runs.indices { runs[index].interval = intervals[index] }
  }

  /// Predicts the held-out runs by the check fit, else by the published law; nil where there is
  /// nothing to predict or nothing to predict it with.
  init?(_ study: Study) {
    // Of a sparsity that it was not fitted to, a law may have nothing to say.
    let law = study.checkFit?.law ?? study.published?.law
    let heldOut = study.heldOut.filter { law?.speaks(of: $0.sparsity) ?? true }
    guard !heldOut.isEmpty else { return nil }
    let settings = heldOut.map(Setting.init)
    let byPublished = study.published.map { published in settings.map(published.law.loss) }
    guard let predictions = study.checkFit?.predictions(for: settings) ?? byPublished else {
      return nil
    }
    self.init(
      rule: study.sweep.holdout.description,
      predictor: study.checkFit == nil ? .published : .fit,
      runs: heldOut.indices.map { index in
        Run(
          run: heldOut[index], predicted: predictions[index],
          publishedPrediction: byPublished?[index])
      })
    if let distribution = study.checkFit?.uncertainty?.distribution {
      addIntervals(from: distribution)
    }
  }

  /// How many held-out measurements lie within their interval, or at its prediction as far as a loss
  /// is known, of those that have one.
  public var covered: (inside: Int, of: Int) {
    let known = runs.filter { $0.interval != nil }
    let inside = known.count {
      ($0.interval?.contains($0.run.loss) ?? false)
        || abs($0.relativeError) <= Identifiability.leastNoise
    }
    return (inside, known.count)
  }
}
