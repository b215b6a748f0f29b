import Fitting

/// The shape of a law that can be fitted: a sum of terms, each linear in one coefficient and
/// log-linear in exponents. A rival law is one file that conforms to this.
public protocol LawForm: Sendable {
  /// A short machine-readable name, as in results.json.
  var key: String { get }
  /// The law as a reader would write it, in Markdown with plain Unicode.
  var formula: String { get }
  /// The exponents, in the order in which `terms` refers to them.
  var exponents: [Exponent] { get }
  /// The terms for `settings`, in fitting units.
  func terms(for settings: [Setting], units: Normalisation) -> [ExponentialSum.Term]
  /// The coefficients in absolute units of N and D, from fitted parameters: the linear
  /// coefficients of the terms, then the exponents.
  func coefficients(of parameters: [Double], units: Normalisation) -> [Coefficient]
}

/// An exponent of a law form.
public struct Exponent: Sendable {
  public var name: String
  /// A fit that ends at either end is reported as being at a bound.
  public var bounds: ClosedRange<Double>
  /// Where starting points are drawn.
  public var startRange: ClosedRange<Double>

  public init(
    _ name: String, bounds: ClosedRange<Double> = 0.01...5,
    startRange: ClosedRange<Double> = 0.05...1.5
  ) {
    self.name = name
    self.bounds = bounds
    self.startRange = startRange
  }
}

/// A named number of a law.
public struct Coefficient: Sendable, Equatable {
  public var name: String
  public var value: Double

  public init(_ name: String, _ value: Double) {
    self.name = name
    self.value = value
  }
}

extension LawForm {
  /// The design of a fit or of predictions for `settings`.
  func sum(for settings: [Setting], units: Normalisation) -> ExponentialSum {
    ExponentialSum(
      rowCount: settings.count, exponentCount: exponents.count,
      terms: terms(for: settings, units: units))
  }

  /// The number of free coefficients.
  func freeCoefficientCount(for settings: [Setting], units: Normalisation) -> Int {
    terms(for: settings, units: units).count + exponents.count
  }
}
