/// The parts of a set of runs that are left out in turn: one a distinct size N, or neighbouring
/// sizes together where there are many.
struct SizeFolds: Sendable {
  /// The sizes that are left out, ascending.
  private(set) var sizes: [Double] = []
  /// For each fold, 1 for the runs of its sizes and 0 for all others.
  private(set) var members: [[Double]] = []
  /// Sizes without which the other runs do not determine every law.
  private(set) var skipped: [Double] = []

  /// The most folds: each costs a fit of every law to every resample.
  static let mostFolds = 10

  /// - Parameter largestCoefficientCount: the free coefficients of the largest law.
  init(_ observations: Observations, largestCoefficientCount: Int) {
    let levels = DesignLevels(observations).sizes
    let foldCount = min(levels.count, Self.mostFolds)
    let sparsities = observations.sparsities.count
    for fold in 0..<foldCount {
      let own = levels[(fold * levels.count / foldCount)..<((fold + 1) * levels.count / foldCount)]
      var mask = [Double](repeating: 0, count: observations.count)
      for row in own.joined() { mask[row] = 1 }
      let rest = observations.weighted(by: mask.map { 1 - $0 })
      let isDetermined =
        rest.sizes.count >= 3 && rest.dataAmounts.count >= 3
        && rest.sparsities.count == sparsities && rest.count > largestCoefficientCount
      let values = observations.weighted(by: mask).sizes
      if isDetermined {
        sizes += values
        members.append(mask)
      } else {
        skipped += values
      }
    }
  }
}

extension Observations {
  /// The observations of positive weight, once each.
  func weighted(by weights: [Double]) -> Observations {
    let kept = weights.indices.filter { weights[$0] > 0 }
    var rest = Observations(
      names: kept.map { names[$0] }, settings: kept.map { settings[$0] },
      losses: kept.map { losses[$0] })
    if !trajectories.isEmpty { rest.trajectories = kept.map { trajectories[$0] } }
    return rest
  }
}
