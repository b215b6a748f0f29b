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
  /// Default: chosen by measured coverage, see Benchmarks/Calibration.md.
  public var resampling = Resampling.automatic
  /// The share of true values that intervals are meant to cover. Default: 0.95.
  public var level = 0.95
  /// One replicate of this many is also fitted from fresh starts. Default: 50; 0 for none.
  public var freshEvery = 50
  /// The number of fresh starts of such a replicate. Default: 20.
  public var freshStarts = 20

  public init() {}
}

/// Replicates of a fit on resampled data, which show how far chance could have moved it.
public struct Bootstrap: Sendable {
  public let fitter: LawFitter
  /// The parameters of the fit, from which replicates start.
  public let estimate: [Double]
  /// With the resampling that `automatic` stands for.
  public let options: BootstrapOptions
  private let resampler: Resampler

  public init(_ fitter: LawFitter, fit: FittedLaw, options: BootstrapOptions) {
    self.fitter = fitter
    self.estimate = fit.parameters
    resampler = Resampler(
      fitter.observations, relativeErrors: fit.relativeErrors,
      coefficients: fit.parameters.count, method: options.resampling, seed: options.seed)
    var options = options
    options.resampling = resampler.method
    self.options = options
  }

  public func run() -> BootstrapDistribution {
    let count = resampler.canResample ? max(options.replicates, 0) : 0
    let outcomes = parallelMap(count: count, threads: options.threads, replicate)
      .compactMap(\.self)
    let checked = outcomes.filter { $0.improved != nil }
    return BootstrapDistribution(
      form: fitter.form, units: fitter.units, residual: fitter.objective.residual,
      options: options, estimate: estimate, replicates: outcomes.map(\.parameters),
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

  private func replicate(_ index: Int) -> Outcome? {
    guard let weights = resampler.weights(index) else { return nil }
    var best = fitter.refine(from: estimate, weights: weights)
    var improved: Bool?
    if options.freshEvery > 0, index % options.freshEvery == 0 {
      var generator = SplitMix64(seed: ~options.seed, stream: UInt64(index))
      let other = fitter.fitFresh(
        weights: weights, starts: options.freshStarts, seed: generator.next())
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
