import Plotting

/// A figure of the report: plain numbers in, a figure out.
package protocol FigureSource: Sendable {
  /// The name of the figure's files, and of its templates below figures/.
  static var name: String { get }

  /// Whether there is anything to draw.
  var isDrawable: Bool { get }

  /// What the caption and the alternative text cite besides the report's values.
  var captionValues: TemplateValues { get }

  func figure() -> Figure
}

extension FigureSource {
  package var captionValues: TemplateValues { [:] }
}

/// A number of a caption with its interval, in the digits that every table gives it:
/// `0.76 (95 % interval 0.71 to 0.80)`.
///
/// - Parameter name: what the interval is, with a blank behind.
func withInterval(
  _ value: Double, _ interval: ClosedRange<Double>?, _ style: Style,
  named name: String = "95\u{2009}% interval "
) -> String {
  let written = style.written(value, interval)
  guard let ends = written.ends else { return written.value.text }
  // The sign of multiples is not repeated.
  func text(_ end: Numeral) -> String { (end.unit == .times ? end.with(.none) : end).text }
  return written.value.text + " (\(name)\(text(ends.low)) to \(text(ends.high)))"
}

extension Value {
  /// Words with Markdown in them, as `CoefficientText` writes.
  static func markup(_ markdown: String) -> Value { .text(.inline(markdown)) }
}

/// A figure that is drawn wherever a sweep has the data for it.
protocol SweepFigure: FigureSource {
  /// Whether it shows what follows from a law, and not only runs and how a fit misses them: then it
  /// is not drawn where the runs support none.
  static var concludes: Bool { get }

  init?(_ sweep: FigureSweep)
}

extension SweepFigure {
  static var concludes: Bool { true }
}

/// The law as the figures see it: loss at sparsity S, N non-zero parameters and D data.
package typealias LossFunction = @Sendable (_ sparsity: Double, _ n: Double, _ d: Double) -> Double

/// One run as the figures see it.
package struct FigureRun: Hashable, Sendable {
  package var name: String
  /// Non-zero parameters N.
  package var n: Double
  /// Sparsity S.
  package var sparsity: Double
  /// Training data D.
  package var d: Double
  package var loss: Double
  package var isHeldOut: Bool
  /// The prediction of the fit that did not see the held-out runs, where there is a law.
  package var predicted: Double?
  /// The prediction's interval, noise of a single run included.
  package var interval: ClosedRange<Double>?

  package init(
    name: String, n: Double, sparsity: Double, d: Double, loss: Double, isHeldOut: Bool = false,
    predicted: Double? = nil, interval: ClosedRange<Double>? = nil
  ) {
    self.name = name
    self.n = n
    self.sparsity = sparsity
    self.d = d
    self.loss = loss
    self.isHeldOut = isHeldOut
    self.predicted = predicted
    self.interval = interval
  }

  /// Prediction over measurement less one.
  var relativeError: Double? { predicted.map { $0 / loss - 1 } }

  /// What captions call the interval of a group's mean.
  static let twoErrors = "two standard errors: "

  /// Errors in per cent that every axis of errors shows: those of rounding must not fill it.
  static let leastErrors: [Double] = [-0.25, 0.25]
}

/// How a sweep's quantities are called on axes.
package struct FigureUnits: Hashable, Sendable {
  /// The unit of loss: `nats/token`; empty where unknown.
  package var loss: String
  /// The unit of data: `tokens`.
  package var data: String
  /// What N counts.
  package var parameters: String

  package init(loss: String, data: String, parameters: String = "non-zero parameters") {
    self.loss = loss
    self.data = data
    self.parameters = parameters
  }

  var lossLabel: RichText {
    loss.isEmpty ? "Validation loss *L*" : "Validation loss *L* (\(loss))"
  }

  var shortLossLabel: RichText { loss.isEmpty ? "Loss *L*" : "Loss *L* (\(loss))" }

  var dataLabel: RichText {
    data.isEmpty ? "Training data *D*" : "Training data *D* (\(data))"
  }

  var parametersLabel: RichText {
    "\(parameters.prefix(1).uppercased() + parameters.dropFirst()) *N*"
  }

  static let sparsityLabel: RichText = "Sparsity *S* (%)"
}
