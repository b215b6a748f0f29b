import RunLogs

/// The runs of a design grouped by size, by data and by sparsity.
struct DesignLevels: Sendable {
  /// Indices of runs of each distinct N, ascending.
  let sizes: [[Int]]
  let dataAmounts: [[Int]]
  /// By ascending density.
  let densities: [[Int]]
  /// The fewest distinct runs that can be fitted.
  let fewestRuns: Int

  /// - Parameter coefficients: the number of coefficients to fit.
  init(_ observations: Observations, coefficients: Int) {
    sizes = Level.grouping(observations.settings.map(\.nonZeroParameters)).map(\.members)
    dataAmounts = Level.grouping(observations.settings.map(\.data)).map(\.members)
    densities = Level.sparsities(observations.settings.map(\.sparsity)).map(\.members).reversed()
    fewestRuns = coefficients + 1
  }

  /// The fewest runs that are resampled among themselves: resampling m runs understates their
  /// variance by the factor 1 − 1 / m.
  static let smallestStratum = 8

  /// The runs of each size; neighbouring sizes are joined until a stratum is large enough.
  var strata: [[Int]] {
    var strata: [[Int]] = []
    for level in sizes {
      if let last = strata.last, last.count < Self.smallestStratum {
        strata[strata.count - 1] += level
      } else {
        strata.append(level)
      }
    }
    if strata.count > 1, let last = strata.last, last.count < Self.smallestStratum {
      strata.removeLast()
      strata[strata.count - 1] += last
    }
    return strata
  }

  /// The runs of each size and sparsity.
  var clusters: [[Int]] {
    var density = [Int](repeating: 0, count: sizes.reduce(0) { $0 + $1.count })
    for (level, runs) in densities.enumerated() {
      for run in runs { density[run] = level }
    }
    return sizes.flatMap { size -> [[Int]] in
      var groups = [[Int]](repeating: [], count: densities.count)
      for run in size { groups[density[run]].append(run) }
      return groups.filter { !$0.isEmpty }
    }
  }

  /// Whether runs with these weights still determine the law: 3 sizes, 3 amounts of data, as many
  /// sparsities as before up to 3, and more distinct runs than coefficients.
  func isIdentifiable(_ weights: [Double]) -> Bool {
    func kept(_ levels: [[Int]]) -> Bool {
      let needed = min(3, levels.count)
      var count = 0
      for level in levels {
        if level.contains(where: { weights[$0] > 0 }) { count += 1 }
        if count >= needed { return true }
      }
      return false
    }
    return weights.count { $0 > 0 } >= fewestRuns && kept(sizes) && kept(dataAmounts)
      && kept(densities)
  }
}
