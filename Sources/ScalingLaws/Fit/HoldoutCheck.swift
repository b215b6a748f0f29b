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
  public enum Predictor: String, Sendable { case fit, published }

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
