import Fitting

/// How sure a fit is: an interval for each coefficient, how it was made, and the replicates from
/// which intervals of everything else follow.
public struct Uncertainty: Sendable {
  public struct Coefficient: Sendable, Equatable {
    public var name: String
    public var estimate: Double
    /// May be infinite; nil where too many replicates leave the coefficient undefined.
    public var interval: ClosedRange<Double>?
  }

  /// In the order of the form.
  public var coefficients: [Coefficient]
  public var distribution: BootstrapDistribution

  /// The share of true values that intervals are meant to cover.
  public var level: Double { distribution.options.level }
  public var replicates: Int { distribution.replicates.count }

  /// Runs the bootstrap of a fit. The fitter must be the one that made the fit.
  public init(_ fitter: LawFitter, fit: FittedLaw, options: BootstrapOptions) {
    self.init(distribution: Bootstrap(fitter, fit: fit, options: options).run())
  }

  public init(distribution: BootstrapDistribution) {
    self.distribution = distribution
    let rows = distribution.replicates.map(distribution.coefficients)
    coefficients = distribution.coefficients(of: distribution.estimate).enumerated().map {
      index, coefficient in
      Coefficient(
        name: coefficient.name, estimate: coefficient.value,
        interval: coefficient.isIdentified
          ? percentileInterval(
            rows.map { $0[index].isIdentified ? $0[index].value : .nan },
            level: distribution.options.level)
          : nil)
    }
  }

  /// The interval of a coefficient.
  public func interval(of name: String) -> ClosedRange<Double>? {
    coefficients.first { $0.name == name }?.interval
  }

  /// How the intervals were made, in words.
  public var method: String {
    "percentiles of \(replicates) bootstrap replicates"
      + (distribution.perturbation.map { ", " + $0.words } ?? "")
  }
}
