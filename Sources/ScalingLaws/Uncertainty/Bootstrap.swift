import Fitting
import Foundation

/// Replicates of a fit on resampled data, which show how far chance could have moved it.
public struct Bootstrap: Sendable {
  public let fitter: LawFitter
  /// The parameters of the fit, from which replicates start.
  public let estimate: [Double]
  /// With the resampling that `automatic` stands for.
  public let options: BootstrapOptions
  /// Predicted losses of the fit.
  let fitted: [Double]
  /// Residuals of the fit divided by √(1 − leverage), centred.
  let noise: [Double]
  let levels: DesignLevels
  /// Runs that are resampled among themselves.
  let strata: [[Int]]
  /// The runs of each size and sparsity.
  let clusters: [[Int]]
  /// √(1 − p / n), at least √½.
  let shrinkage: Double

  public init(_ fitter: LawFitter, fit: FittedLaw, options: BootstrapOptions) {
    self.fitter = fitter
    self.estimate = fit.parameters
    var options = options
    options.resampling = options.resampling.resolved(
      ResidualClustering(fitter.observations, relativeErrors: fit.relativeErrors))
    self.options = options
    let objective = fitter.objective
    fitted = objective.sum.predictions(at: fit.parameters)
    noise = Self.noise(of: fitter, at: fit.parameters)
    levels = DesignLevels(
      fitter.observations, coefficients: fitter.objective.parameterCount)
    strata = levels.strata
    clusters = levels.clusters
    let share = Double(fit.parameters.count) / Double(max(fitter.observations.count, 1))
    shrinkage = (1 - min(share, 0.5)).squareRoot()
  }

  public func run() -> BootstrapDistribution {
    let count = max(options.replicates, 0)
    let outcomes = parallelMap(count: count, threads: options.threads, replicate)
    let checked = outcomes.filter { $0.improved != nil }
    return BootstrapDistribution(
      form: fitter.form, units: fitter.units, residual: fitter.objective.residual,
      options: options, estimate: estimate, replicates: outcomes.map(\.parameters),
      leaveOneOut: options.kind == .accelerated
        ? fitter.leaveOneOut(from: estimate, threads: options.threads) : [], noise: noise,
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

  private func replicate(_ index: Int) -> Outcome {
    var generator = SplitMix64(seed: options.seed, stream: UInt64(index))
    let (weights, losses) = draw(&generator)
    var best = fitter.refine(from: estimate, weights: weights, losses: losses)
    var improved: Bool?
    if options.freshEvery > 0, index % options.freshEvery == 0 {
      let other = fitter.fitFresh(
        weights: weights, losses: losses, starts: options.freshStarts, seed: generator.next())
      // The agreement that counts as one optimum in a fit, with room for flat valleys.
      let isBetter = other.objective < best.objective * (1 - 1e-6)
      if isBetter { best = other }
      improved = isBetter
    }
    return Outcome(
      parameters: best.parameters, isConverged: best.termination.isConverged,
      improved: improved)
  }

  /// The weights of one replicate, and its losses where they are not the measured ones.
  private func draw(_ generator: inout SplitMix64) -> (weights: [Double], losses: [Double]?) {
    let count = fitter.observations.count
    switch options.resampling {
    case .cases: return (drawCases(&generator), nil)
    case .automatic, .shrunkenCases:
      return (drawCases(&generator).map { 1 + shrinkage * ($0 - 1) }, nil)
    case .clusters:
      var weights = [Double](repeating: 1, count: count)
      for cluster in clusters {
        let weight = -log(1 - generator.unitInterval())
        for run in cluster { weights[run] = weight }
      }
      return (weights, nil)
    case .residuals:
      let drawn = (0..<count).map { _ in noise[generator.index(below: count)] }
      return (Array(repeating: 1, count: count), perturbed(by: drawn))
    case .wild:
      let drawn = noise.map { generator.next() >> 63 == 0 ? $0 : -$0 }
      return (Array(repeating: 1, count: count), perturbed(by: drawn))
    }
  }

  /// How often each run is drawn. Draws that could not be fitted are drawn again; where the data
  /// are too few for that, all runs keep weight 1.
  private func drawCases(_ generator: inout SplitMix64) -> [Double] {
    let count = fitter.observations.count
    for _ in 0..<100 {
      var weights = [Double](repeating: 0, count: count)
      for stratum in strata {
        for _ in stratum { weights[stratum[generator.index(below: stratum.count)]] += 1 }
      }
      if levels.isIdentifiable(weights) { return weights }
    }
    return Array(repeating: 1, count: count)
  }

  private func perturbed(by residuals: [Double]) -> [Double] {
    zip(fitted, residuals).map { prediction, r in
      switch fitter.objective.residual {
      // Residuals are predicted minus measured.
      case .log: prediction * exp(-r)
      case .linear: prediction - r
      }
    }
  }
}
