import RunLogs

/// The runs of a design grouped by size, by data and by sparsity.
struct DesignLevels: Sendable {
  /// Indices of runs of each distinct N, ascending.
  let sizes: [[Int]]
  let dataAmounts: [[Int]]
  /// By ascending density.
  let densities: [[Int]]

  init(_ observations: Observations) {
    sizes = Level.grouping(observations.settings.map(\.nonZeroParameters)).map(\.members)
    dataAmounts = Level.grouping(observations.settings.map(\.data)).map(\.members)
    densities = Level.sparsities(observations.settings.map(\.sparsity)).map(\.members).reversed()
  }

  /// The runs of each size and sparsity.
  var clusters: [[Int]] {
    let density = densities.places(of: sizes.reduce(0) { $0 + $1.count })
    return sizes.flatMap { size -> [[Int]] in
      var groups = [[Int]](repeating: [], count: densities.count)
      for run in size { groups[density[run]].append(run) }
      return groups.filter { !$0.isEmpty }
    }
  }
}

extension Observations {
  /// The runs that may share their errors: those of one size and sparsity, or all checkpoints of a
  /// run where observations are checkpoints.
  public var clusters: [[Int]] {
    trajectories.isEmpty
      ? DesignLevels(self).clusters
      : trajectories.indices.groups { trajectories[$0] }.map(\.members)
  }
}
