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
    let foldCount = folds.members.count
    let parts = parallelMap(count: laws.count * foldCount, threads: options.threads) { index in
      let (fitter, fit) = laws[index / foldCount]
      let members = folds.members[index % foldCount]
      return fitter.fitter.refine(
        fitter.fitter.objective.reweighted(members.map { 1 - $0 }), from: fit.parameters,
        freshStarts: options.partStarts, seed: options.seed
      ).parameters
    }

    /// The errors of all laws on runs counted `weights` times.
    @Sendable func score(_ weights: [Double], refit: Bool) -> [Double] {
      let scored = folds.members.reduce(0) { $0 + dot($1, weights) }
      return laws.indices.map { law in
        let fitter = laws[law].fitter
        var total = 0.0
        for (fold, members) in folds.members.enumerated() {
          let inside = zip(weights, members).map { $0 * $1 }
          guard inside.contains(where: { $0 > 0 }) else { continue }
          var parameters = parts[law * foldCount + fold]
          if refit {
            let outside = zip(weights, members).map { $0 * (1 - $1) }
            parameters =
              fitter.fitter.refine(
                fitter.fitter.objective.reweighted(outside), from: parameters
              ).parameters
          }
          total += fitter.absoluteRelativeError(at: parameters, weights: inside)
        }
        return total / scored
      }
    }
    errors = score(folds.members[0].map { _ in 1 }, refit: false)
    replicates = parallelMap(count: options.rankingReplicates, threads: options.threads) {
      score(resampler.weights($0), refit: true)
    }
  }

  func interval(of law: Int) -> ClosedRange<Double>? {
    percentileInterval(replicates.map { $0[law] }, level: level)
  }

  /// Of the error of one law over that of another.
  func ratioInterval(of law: Int, over other: Int) -> ClosedRange<Double>? {
    percentileInterval(replicates.map { $0[law] / $0[other] }, level: level)
  }

  /// The share of the resamples in which no other law has a smaller error.
  func shareBest(of law: Int) -> Double? {
    guard !replicates.isEmpty else { return nil }
    let wins = replicates.filter { errors in errors.allSatisfy { errors[law] <= $0 } }
    return Double(wins.count) / Double(replicates.count)
  }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
}
