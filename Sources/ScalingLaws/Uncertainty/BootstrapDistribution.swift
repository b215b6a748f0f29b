import Fitting
import Foundation

/// What a bootstrap found: the fit, its replicates, and all that intervals are made from.
public struct BootstrapDistribution: Sendable {
  /// How replicates that were warm-started from the fit fared against fresh starts.
  public struct FreshStartCheck: Sendable, Equatable {
    /// Replicates that were also fitted from fresh starts.
    public var checked: Int
    /// Those of them where a fresh start found a lower objective, which then was used.
    public var improved: Int

    package init(checked: Int, improved: Int) {
      self.checked = checked
      self.improved = improved
    }
  }

  public let form: LawForm
  public let units: Normalisation
  public let residual: ExponentialSumObjective.Residual
  /// The level of intervals may be changed.
  public var options: BootstrapOptions
  /// What moved the losses of the replicates; nil of replicates from elsewhere.
  public let perturbation: Perturbation?
  /// The parameters of the fit itself.
  public let estimate: [Double]
  /// The parameters of the replicates, in order of their number.
  public let replicates: [[Double]]
  /// The law of each replicate.
  public let laws: [ScalingLaw]
  /// Residuals of the fit, scaled up to the size of the noise and centred.
  public let noise: [Double]
  /// Replicates whose search did not converge; they are used as they are.
  public let unconverged: Int
  public let freshStartCheck: FreshStartCheck
  /// The terms that each exponent acts on.
  private let termsOfExponents: [(name: String, terms: [Int])]

  package init(
    form: LawForm, units: Normalisation, residual: ExponentialSumObjective.Residual,
    options: BootstrapOptions, perturbation: Perturbation? = nil, estimate: [Double],
    replicates: [[Double]], noise: [Double], unconverged: Int, freshStartCheck: FreshStartCheck
  ) {
    self.form = form
    self.units = units
    self.residual = residual
    self.options = options
    self.perturbation = perturbation
    self.estimate = estimate
    self.replicates = replicates
    let sum = form.sum(
      for: [Setting(nonZeroParameters: 1, sparsity: 0, data: 1)], units: units)
    termsOfExponents = form.exponents.enumerated().map { ($1.name, sum.terms(with: $0)) }
    laws = replicates.map { ScalingLaw(form: form, parameters: $0, units: units) }
    self.noise = noise
    self.unconverged = unconverged
    self.freshStartCheck = freshStartCheck
  }

  public var runCount: Int { noise.count }

  /// A coefficient, and whether it means anything: an exponent whose terms have all vanished does
  /// not.
  package struct Identified {
    package var name: String
    package var value: Double
    package var isIdentified: Bool
  }

  /// The coefficients of fitted parameters, in the order of the form.
  package func coefficients(of parameters: [Double]) -> [Identified] {
    let vanished = termsOfExponents.filter { _, terms in
      !terms.isEmpty && terms.allSatisfy { parameters[$0] == 0 }
    }.map(\.name)
    return form.coefficients(of: parameters, units: units).map {
      Identified(name: $0.name, value: $0.value, isIdentified: !vanished.contains($0.name))
    }
  }

  /// The interval of a function of the fitted parameters, at the level of the options.
  ///
  /// Ends may be infinite: a multiplier without limit in more than 2.5 % of replicates has an
  /// interval without upper end. Nil where the function is undefined (NaN) for the fit, or for
  /// more replicates than the interval leaves out on either side.
  public func interval(_ statistic: ([Double]) -> Double) -> ClosedRange<Double>? {
    guard !statistic(estimate).isNaN else { return nil }
    return percentileInterval(replicates.map(statistic), level: options.level)
  }

  /// The interval of a quantity of the law.
  public func interval(of quantity: (ScalingLaw) -> Double) -> ClosedRange<Double>? {
    let law = ScalingLaw(form: form, parameters: estimate, units: units)
    guard !quantity(law).isNaN else { return nil }
    return percentileInterval(laws.map(quantity), level: options.level)
  }

  /// Intervals in which a new measurement is expected at each setting: the uncertainty of the law
  /// together with residual noise, drawn from the residuals of the fit.
  ///
  /// Percentiles of several noisy copies of each replicate's prediction.
  public func measurementIntervals(for settings: [Setting]) -> [ClosedRange<Double>?] {
    let copies = 8
    let sum = form.sum(for: settings, units: units)
    let centre = sum.predictions(at: estimate)
    var values = [[Double]](repeating: [], count: settings.count)
    for (index, parameters) in replicates.enumerated() {
      // A stream of its own, so that noise is independent of what was resampled.
      var generator = SplitMix64(seed: ~options.seed, stream: UInt64(index))
      for (row, prediction) in sum.predictions(at: parameters).enumerated() {
        for _ in 0..<copies {
          let r = noise.isEmpty ? 0 : noise[generator.index(below: noise.count)]
          values[row].append(residual == .log ? prediction * exp(-r) : prediction - r)
        }
      }
    }
    return settings.indices.map { row in
      centre[row].isNaN ? nil : percentileInterval(values[row], level: options.level)
    }
  }
}
