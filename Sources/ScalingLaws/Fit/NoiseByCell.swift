import Fitting
import Foundation
import RunLogs

/// Noise by size and sparsity, since it need not be one number, and the law's misfit beside it.
public struct NoiseByCell: Sendable {
  /// The runs of one size and sparsity.
  public struct Cell: Sendable {
    public var nonZeroParameters: Double
    public var sparsity: Double
    /// All runs of the cell, repeated or not.
    public var runs: Int
    /// Of the repeated settings in it; nil without any.
    public var noise: NoiseFloor?
    /// The root mean square of log predicted − log measured, by the final fit; nil of runs that it
    /// was not made from.
    public var misfit: Double?
    /// The standard deviation that runs of the cell are taken to have.
    ///
    /// Its square is (ν s² + ν₀ s₀²) / (ν + ν₀), the cell's own variance s² with ν degrees of
    /// freedom and the pooled s₀², which counts as many as a cell with repeats has on average: a
    /// cell's own, from two or so, is known to a factor of 3 at best. Without repeats it is s₀.
    public var shrunkDeviation: Double

    /// Nil where either is unknown or there is no noise.
    public var misfitOverNoise: Double? {
      guard let noise, let misfit, noise.relativeDeviation > 0 else { return nil }
      return misfit / noise.relativeDeviation
    }
  }

  /// All repeats together.
  public let pooled: NoiseFloor
  /// By size and then sparsity.
  public let cells: [Cell]
  /// Bartlett's p: the chance of noise at least as unequal between cells if it were equal and
  /// normal; nil of fewer than two cells with repeats.
  public let equality: Double?
  /// One a run, by its name.
  private let deviations: [String: Double]

  /// Nil where no setting is repeated.
  ///
  /// - Parameter errors: log predicted − log measured by name.
  public init?(_ runs: [TrainingRun], _ repeated: RepeatedSettings, errors: [String: Double]) {
    guard let pooled = NoiseFloor(repeated.groups) else { return nil }
    func square(_ noise: NoiseFloor) -> Double { noise.relativeDeviation * noise.relativeDeviation }
    let series = MeasuredLosses.Series.all(runs)
    let places = Dictionary(
      series.enumerated().flatMap { place, series in series.runs.map { (runs[$0].name, place) } },
      uniquingKeysWith: { first, _ in first })
    let noises = series.indices.map { place in
      NoiseFloor(repeated.groups.filter { places[$0.runs[0].name] == place })
    }
    let known = noises.compactMap(\.self)
    let prior = pooled.degreesOfFreedom / Double(max(known.count, 1))
    let cells = zip(series, noises).map { series, noise in
      let own = series.runs.compactMap { errors[runs[$0].name] }
      let squares = own.reduce(0) { $0 + $1 * $1 }
      let weight = noise?.degreesOfFreedom ?? 0
      let variance =
        (weight * (noise.map(square) ?? 0) + prior * square(pooled)) / (weight + prior)
      return Cell(
        nonZeroParameters: series.nonZeroParameters, sparsity: series.sparsity,
        runs: series.runs.count, noise: noise,
        misfit: own.isEmpty ? nil : (squares / Double(own.count)).squareRoot(),
        shrunkDeviation: variance.squareRoot())
    }
    self.cells = cells
    deviations = places.mapValues { cells[$0].shrunkDeviation }
    self.pooled = pooled
    equality = ChiSquared.equality(of: known.map { (square($0), $0.degreesOfFreedom) })
  }

  /// Whether equal noise would be so unequal by chance in less than one sweep of twenty; nil where
  /// it was not tested.
  public var isUnequal: Bool? { equality.map { $0 < 0.05 } }

  /// From the least to the greatest deviation of a cell; nil of fewer than two cells with repeats.
  public var range: ClosedRange<Double>? {
    let deviations = cells.compactMap { $0.noise?.relativeDeviation }.sorted()
    guard deviations.count > 1 else { return nil }
    return deviations[0]...deviations[deviations.count - 1]
  }

  /// The standard deviation of the log loss of one of the runs.
  func deviation(of run: TrainingRun) -> Double {
    deviations[run.name] ?? pooled.relativeDeviation
  }
}

extension NoiseByCell {
  /// Of the main runs of a study, with the misfit of its final fit.
  init?(_ study: Study, _ repeated: RepeatedSettings) {
    let errors = study.finalFit.map { fit in
      zip(fit.runs, fit.relativeErrors).map { ($0.name, log1p($1)) }
    }
    self.init(
      study.mainRuns, repeated,
      errors: Dictionary(errors ?? [], uniquingKeysWith: { first, _ in first }))
  }
}
