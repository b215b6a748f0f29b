import Fitting
import Foundation

/// How a bootstrap is run.
public struct BootstrapOptions: Sendable, Equatable {
  /// Default: 1,000.
  public var replicates = 1_000
  /// Replicate i depends on the seed and on i alone. Default: 0.
  public var seed: UInt64 = 0
  /// The largest number of threads; no result depends on it. Default: 1.
  public var threads = 1
  /// The share of true values that intervals are meant to cover. Default: 0.95.
  public var level = 0.95
  /// One replicate of this many is also fitted from fresh starts. Default: 50; 0 for none.
  public var freshEvery = 50
  /// The number of fresh starts of such a replicate. Default: 20.
  public var freshStarts = 20

  public init() {}
}

/// Replicates of a fit on perturbed losses, which show how far chance could have moved it.
///
/// The losses of a replicate are those that the fit predicts, moved by its own residuals
/// (`Perturbation`). How often the intervals that follow cover the truth is measured in
/// Benchmarks/Calibration.md.
public struct Bootstrap: Sendable {
  public let fitter: LawFitter
  /// The parameters of the fit, from which replicates start.
  public let estimate: [Double]
  public let options: BootstrapOptions
  public let perturbation: Perturbation
  private let predictions: [Double]

  public init(_ fitter: LawFitter, fit: FittedLaw, options: BootstrapOptions) {
    self.fitter = fitter
    self.options = options
    estimate = fit.parameters
    predictions = fitter.objective.model.predictions(at: fit.parameters)
    perturbation = Perturbation(
      fitter.observations, residuals: fitter.residuals(at: fit.parameters),
      gradient: fitter.residualGradientColumns(at: fit.parameters))
  }

  /// The fewest runs beyond the coefficients from which noise, and so an interval, can be judged: a
  /// standard deviation from four degrees of freedom is known to a factor of about 2.
  public static let leastFreedom = 4

  /// How many degrees of freedom a fit leaves, where they are too few; nil where they are enough.
  static func tooLittleFreedom(runs: Int, coefficients: Int) -> String? {
    let freedom = runs - coefficients
    guard freedom < leastFreedom else { return nil }
    return "\(runs) runs less \(coefficients) coefficients leave \(freedom) "
      + "degree\(freedom == 1 ? "" : "s") of freedom"
  }

  public func run() -> BootstrapDistribution {
    let little = Self.tooLittleFreedom(
      runs: fitter.observations.count, coefficients: estimate.count)
    let count = little == nil ? max(options.replicates, 0) : 0
    let outcomes = parallelMap(count: count, threads: options.threads, replicate)
    let checked = outcomes.filter { $0.improved != nil }
    return BootstrapDistribution(
      form: fitter.form, units: fitter.units, residual: fitter.objective.residual,
      options: options, perturbation: perturbation, estimate: estimate,
      replicates: outcomes.map(\.parameters),
      noise: Self.noise(of: fitter, at: estimate),
      unconverged: outcomes.count { !$0.isConverged },
      freshStartCheck: .init(
        checked: checked.count, improved: checked.count { $0.improved == true }))
  }

  private struct Outcome {
    var parameters: [Double]
    var isConverged: Bool
    /// Whether fresh starts did better; nil where none were tried.
    var improved: Bool?
  }

  /// The objective of replicate number `index`: its losses, and δ stretched like their errors, so
  /// that it weighs runs as the fit did.
  func objective(_ index: Int) -> ExponentialSumObjective {
    let (errors, stretch) = perturbation.draw(index, seed: options.seed)
    let losses = zip(predictions, errors).map { prediction, error in
      fitter.objective.residual == .log ? prediction * exp(-error) : prediction - error
    }
    return fitter.objective.remeasured(losses, loss: fitter.objective.loss.stretched(stretch))
  }

  private func replicate(_ index: Int) -> Outcome {
    let objective = objective(index)
    var best = fitter.refine(objective, from: estimate)
    var improved: Bool?
    if options.freshEvery > 0, index % options.freshEvery == 0 {
      var generator = SplitMix64(seed: ~options.seed, stream: UInt64(index))
      let other = fitter.fitFresh(
        objective, starts: options.freshStarts, seed: generator.next())
      // The agreement that counts as one optimum in a fit, with room for flat valleys.
      let isBetter = other.objective < best.objective * (1 - 1e-6)
      if isBetter { best = other }
      improved = isBetter
    }
    return Outcome(
      parameters: best.parameters, isConverged: best.termination.isConverged,
      improved: improved)
  }
}
