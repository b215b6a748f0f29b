import Fitting
import Foundation
import RunLogs

extension LawFitter {
  /// The δ at which Huber's estimator has 95 % of the efficiency of least squares under normal
  /// noise, and still withstands outliers: 1.345 robust standard deviations of the residuals of a
  /// fit, found in a few rounds from one by least squares.
  ///
  /// Rounded to three digits, so that the δ that a report prints is the δ of its fits.
  ///
  /// Source: Huber, "Robust Statistics", 1981; Holland and Welsch 1977 for 1.345.
  ///
  /// - Parameter options: of the first fit, whose starts are at most 30 here.
  public static func automaticDelta(
    form: LawForm, _ observations: Observations, residual: ResidualKind, _ options: FitOptions
  ) -> Double {
    var options = options
    options.starts = min(options.starts, 30)
    func fitter(_ delta: Double) -> LawFitter {
      LawFitter(form: form, observations: observations, residual: residual, huberDelta: delta)
    }
    // Nothing is an outlier at first.
    let squares = fitter(1e3)
    var parameters = squares.fit(options).parameters
    var delta = leastDelta
    for _ in 0..<3 {
      delta = Self.delta(of: squares.residuals(at: parameters), coefficients: parameters.count)
      let next = fitter(delta)
      parameters = next.refine(next.objective, from: parameters).parameters
    }
    return delta
  }

  private static func threeDigits(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return 0 }
    let scale = pow(10, 2 - floor(log10(value)))
    return (value * scale).rounded() / scale
  }

  /// 1.345 robust standard deviations of the residuals of a fit.
  static func delta(of residuals: [Double], coefficients: Int) -> Double {
    guard !residuals.isEmpty else { return leastDelta }
    let freedom = Double(max(residuals.count - coefficients, 1)) / Double(residuals.count)
    let deviation =
      robustDeviation(ofSortedSizes: residuals.map(abs).sorted()) / freedom.squareRoot()
    return max(threeDigits(1.345 * deviation), leastDelta)
  }

  /// Residuals that are all smaller come from losses computed by a law, or from too many
  /// coefficients.
  private static let leastDelta = 1e-6
}
