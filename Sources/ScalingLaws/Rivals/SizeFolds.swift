/// The parts of a set of runs that are left out in turn, one a distinct size N.
struct SizeFolds: Sendable {
  /// The size of each fold, ascending.
  private(set) var sizes: [Double] = []
  /// For each fold, 1 for the runs of its size and 0 for all others.
  private(set) var members: [[Double]] = []
  /// Sizes without which the other runs do not determine every law.
  private(set) var skipped: [Double] = []

  /// - Parameter largestCoefficientCount: the free coefficients of the largest law.
  init(_ observations: Observations, largestCoefficientCount: Int) {
    let levels = observations.sizes
    let sparsities = observations.sparsities.count
    for (index, size) in levels.enumerated() {
      let next = index + 1 < levels.count ? levels[index + 1] : .infinity
      let mask = observations.settings.map { setting in
        setting.nonZeroParameters >= size && setting.nonZeroParameters < next ? 1.0 : 0
      }
      let rest = observations.weighted(by: mask.map { 1 - $0 })
      let isDetermined =
        rest.sizes.count >= 3 && rest.dataAmounts.count >= 3
        && rest.sparsities.count == sparsities && rest.count > largestCoefficientCount
      if isDetermined {
        sizes.append(size)
        members.append(mask)
      } else {
        skipped.append(size)
      }
    }
  }
}

extension Observations {
  /// The observations of positive weight, once each.
  func weighted(by weights: [Double]) -> Observations {
    let kept = weights.indices.filter { weights[$0] > 0 }
    return Observations(
      names: kept.map { names[$0] }, settings: kept.map { settings[$0] },
      losses: kept.map { losses[$0] })
  }
}
