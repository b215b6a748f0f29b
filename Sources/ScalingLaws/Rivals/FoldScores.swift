import Fitting

/// Leave-one-size-out errors of each law, on the runs as they are and on resamples of them.
struct FoldScores: Sendable {
  /// The mean absolute relative error of each law; nil without folds.
  let errors: [Double]?
  /// The same for each resample.
  let replicates: [[Double]]
  private let level: Double

  init(
    laws: [(fitter: RivalFitter, fit: FittedLaw)], folds: SizeFolds, resampler: Resampler,
    options: RivalComparison.Options
  ) {
    level = options.level
    guard !folds.members.isEmpty else {
      errors = nil
      replicates = []
      return
    }
    // Made once: each resample only weighs the rows anew.
    let foldCount = folds.members.count
    let parts = parallelMap(count: laws.count * foldCount, threads: options.threads) { index in
      let (fitter, fit) = laws[index / foldCount]
      return Part(
        fitter.fitter, fit, leftOut: folds.members[index % foldCount], options: options)
    }

    /// The errors of all laws on runs counted `weights` times.
    @Sendable func score(_ weights: [Double], refit: Bool) -> [Double] {
      let scored = folds.members.reduce(0) { $0 + dot($1, weights) }
      return laws.indices.map { law in
        parts[(law * foldCount)..<((law + 1) * foldCount)].reduce(0) {
          $0 + $1.absoluteRelativeError(weights, refit: refit)
        } / scored
      }
    }
    errors = score(folds.members[0].map { _ in 1 }, refit: false)
    replicates = parallelMap(count: options.rankingReplicates, threads: options.threads) {
      score(resampler.weights($0), refit: true)
    }
  }

  func interval(of law: Int) -> ClosedRange<Double>? {
    errors.flatMap { errors in interval(replicates.map { $0[law] }, about: errors[law]) }
  }

  /// Of the error of one law over that of another.
  func ratioInterval(of law: Int, over other: Int) -> ClosedRange<Double>? {
    errors.flatMap { errors in
      interval(replicates.map { $0[law] / $0[other] }, about: errors[law] / errors[other])
    }
  }

  /// The spread of the resamples, relative to their median: refits to uneven weights err more as a
  /// rule than those to the runs as they are, which percentiles might leave out.
  private func interval(_ values: [Double], about estimate: Double) -> ClosedRange<Double>? {
    let sorted = values.filter { !$0.isNaN }.sorted()
    guard !sorted.isEmpty else { return nil }
    let median = quantile(ofSorted: sorted, 0.5)
    return median > 0 && estimate > 0
      ? percentileInterval(values.map { $0 * (estimate / median) }, level: level) : nil
  }

  /// The share of the resamples in which no other law has a smaller error.
  func shareBest(of law: Int) -> Double? {
    guard !replicates.isEmpty else { return nil }
    let wins = replicates.filter { errors in errors.allSatisfy { errors[law] <= $0 } }
    return Double(wins.count) / Double(replicates.count)
  }
}

/// One law fitted to the runs outside of one fold.
private struct Part: Sendable {
  let fitter: LawFitter
  /// The fit to the runs outside, as they are.
  let parameters: [Double]
  let outside: (rows: [Int], objective: ExponentialSumObjective)
  let inside: (rows: [Int], objective: ExponentialSumObjective)

  /// - Parameter leftOut: 1 for the runs of the fold, 0 for others.
  init(
    _ fitter: LawFitter, _ fit: FittedLaw, leftOut: [Double], options: RivalComparison.Options
  ) {
    func part(_ isInside: Bool) -> (rows: [Int], objective: ExponentialSumObjective) {
      let rows = leftOut.indices.filter { (leftOut[$0] > 0) == isInside }
      return (rows, fitter.objective.restricted(to: rows))
    }
    self.fitter = fitter
    outside = part(false)
    inside = part(true)
    parameters =
      fitter.refine(
        outside.objective, from: fit.parameters, freshStarts: options.partStarts,
        seed: options.seed
      ).parameters
  }

  /// The weighted sum of |predicted / measured − 1| over the fold, `refit` to the weighted runs
  /// outside of it.
  func absoluteRelativeError(_ weights: [Double], refit: Bool) -> Double {
    var parameters = parameters
    if refit {
      let weighted = outside.objective.reweighted(outside.rows.map { weights[$0] })
      parameters = fitter.refine(weighted, from: parameters).parameters
    }
    let predictions = inside.objective.model.predictions(at: parameters)
    return inside.rows.indices.reduce(0) {
      $0 + weights[inside.rows[$1]] * abs(predictions[$1] / inside.objective.measured[$1] - 1)
    }
  }
}
