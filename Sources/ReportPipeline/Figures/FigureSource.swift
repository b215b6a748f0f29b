import Plotting

/// A figure of the report: plain numbers in, a figure out.
package protocol FigureSource: Sendable {
  /// The name of the figure's files.
  static var name: String { get }

  /// Whether there is anything to draw.
  var isDrawable: Bool { get }

  func figure() -> Figure
}

/// The law as the figures see it: loss at sparsity S, N non-zero parameters and D data.
package typealias LossFunction = @Sendable (_ sparsity: Double, _ n: Double, _ d: Double) -> Double

/// The interval of the law's loss at the same arguments, where the bootstrap gives one.
package typealias LossInterval =
  @Sendable (_ sparsity: Double, _ n: Double, _ d: Double) -> ClosedRange<Double>?

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
  /// The law's prediction, where there is a law.
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
}

/// How a sweep's quantities are called on axes.
package struct FigureUnits: Hashable, Sendable {
  /// The unit of loss: `nats/token`; empty where unknown.
  package var loss: String
  /// The unit of data: `tokens`.
  package var data: String

  package init(loss: String, data: String) {
    self.loss = loss
    self.data = data
  }

  var lossLabel: RichText {
    loss.isEmpty ? "Validation loss *L*" : "Validation loss *L* (\(loss))"
  }

  var shortLossLabel: RichText { loss.isEmpty ? "Loss *L*" : "Loss *L* (\(loss))" }

  var dataLabel: RichText {
    data.isEmpty ? "Training data *D*" : "Training data *D* (\(data))"
  }

  static let parametersLabel: RichText = "Non-zero parameters *N*"
  static let sparsityLabel: RichText = "Sparsity *S* (%)"
}
