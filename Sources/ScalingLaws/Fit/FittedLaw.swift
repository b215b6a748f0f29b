import Fitting
import Foundation
import RunLogs

/// A law fitted to observations, with what is needed to judge it.
public struct FittedLaw: Sendable {
  /// The shape that was fitted.
  public var form: LawForm
  /// The units of `parameters`.
  public var units: Normalisation
  /// The fitted parameters in fitting units: linear coefficients, then exponents.
  public var parameters: [Double]
  /// The runs fitted, in order; empty where a fit is not of a sweep's own runs.
  public var runs: [TrainingRun] = []
  /// The number of runs fitted.
  public var runCount: Int
  /// The residual beyond which the Huber loss is linear.
  public var huberDelta: Double
  /// The mean Huber loss.
  public var objective: Double
  public var startsTried: Int
  /// Starts whose objective agrees with the best.
  public var startsReachedBest: Int
  public var otherMinima: [MultiStart.Minimum]
  public var termination: RobustLeastSquares.Termination
  /// Of the Jacobian of the residuals with columns scaled to unit length, over the coefficients
  /// that are not at a bound; infinite where some cannot be told apart.
  public var conditionNumber: Double
  /// Predicted over measured minus 1, one a run.
  public var relativeErrors: [Double]
  /// Names of the coefficients that ended at a bound.
  public var atBound: [String]
  /// Intervals from replicates on resampled runs; nil where none were asked for.
  public var uncertainty: Uncertainty?

  /// The coefficients in absolute units.
  public var coefficients: [Coefficient] { form.coefficients(of: parameters, units: units) }

  /// The law with these coefficients.
  public var law: ScalingLaw { ScalingLaw(form: form, parameters: parameters, units: units) }

  public var rmsRelativeError: Double {
    let squares = relativeErrors.reduce(0) { $0 + $1 * $1 }
    return (squares / Double(max(relativeErrors.count, 1))).squareRoot()
  }

  public var maxRelativeError: Double { relativeErrors.map(abs).max() ?? 0 }

  /// The standard deviation of log loss of a single run about the law, with the degrees of
  /// freedom that the fit used up taken into account.
  public var residualDeviation: Double {
    let squares = relativeErrors.reduce(0) { $0 + log1p($1) * log1p($1) }
    return (squares / Double(max(runCount - parameters.count, 1))).squareRoot()
  }

  /// Predicted losses.
  public func predictions(for settings: [Setting]) -> [Double] {
    form.sum(for: settings, units: units).predictions(at: parameters)
  }
}
