/// The best run of those that differ in nothing but what was searched over.
extension Review {
  /// Keeps, of main runs that agree in N, S, D and every setting but those of `columns`, the ones of
  /// the values with the least loss, and says of each for how many it stands.
  ///
  /// N, 1 - S and D agree where they differ by 1 % at most: a batch size rounds D. Runs of the same
  /// values, which differ in their seed, are compared by their mean and kept together.
  mutating func keepBest(over columns: [String], _ place: SourceLocation) -> [Fault] {
    guard !columns.isEmpty else { return [] }
    let main = runs.indices.filter { runs[$0].run.role == .fitted }
    let met = Set(main.flatMap { Array(runs[$0].run.settings.keys) })
    if let absent = columns.first(where: { !met.contains($0) }), !main.isEmpty {
      return [
        Fault(
          at: place, "`keep` names \(absent.quoted), which no run has",
          fix: nearest(to: absent, met.sorted()).map { "did you mean \($0.quoted)?" })
      ]
    }
    var dropped: Set<Int> = []
    var edges = [Int](repeating: 0, count: columns.count)
    let groups = searched(main, columns)
    for group in groups where group.count > 1 {
      let byValues = Dictionary(grouping: group) { index in
        columns.map { runs[index].run.settings[$0] ?? "" }
      }
      func mean(_ members: [Int]) -> Double {
        members.reduce(0) { $0 + runs[$1].run.loss } / Double(members.count)
      }
      // Among equals the first in the table is kept.
      let best = byValues.values.min { (mean($0), $0[0]) < (mean($1), $1[0]) } ?? []
      for (number, column) in columns.enumerated()
      where isAtEdge(column, best[0], group) { edges[number] += 1 }
      for index in best { runs[index].run.standsFor = group.count }
      dropped.formUnion(group.filter { !best.contains($0) })
    }
    guard !dropped.isEmpty else {
      warnings.append(
        "\(place): `keep` finds no runs that differ in \(columns.joined(separator: ", ").visible) "
          + "alone: name what else was changed with it, too")
      return []
    }
    let searches = groups.count { $0.count > 1 }
    for (column, count) in zip(columns, edges) where 2 * count > searches {
      warnings.append(
        "in \(count) of \(searches) searches the best \(column.visible) is the least or the greatest "
          + "that was tried: beyond it the loss may be less still")
    }
    notBest = dropped.count
    drop(dropped)
    return []
  }

  /// Groups of runs that differ in the columns alone, in the order of their first runs.
  private func searched(_ main: [Int], _ columns: [String]) -> [[Int]] {
    func rest(_ run: TrainingRun) -> [String] {
      [run.pattern.description, run.parent ?? ""]
        + run.settings.filter { !columns.contains($0.key) }.sorted { $0.key < $1.key }
        .flatMap { [$0.key, $0.value] }
    }
    func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 0.01 * max(a, b) }
    var groups: [[Int]] = []
    var known: [[String]: [Int]] = [:]
    for index in main {
      let run = runs[index].run
      let key = rest(run)
      let place = known[key]?.first { number in
        let first = runs[groups[number][0]].run
        return isClose(run.denseParameters, first.denseParameters)
          && isClose(1 - run.sparsity, 1 - first.sparsity) && isClose(run.data, first.data)
      }
      if let place {
        groups[place].append(index)
      } else {
        known[key, default: []].append(groups.count)
        groups.append([index])
      }
    }
    return groups
  }

  /// Whether a run has the least or the greatest of three numbers or more that its group tried.
  private func isAtEdge(_ column: String, _ best: Int, _ group: [Int]) -> Bool {
    func number(_ index: Int) -> Double? {
      guard let text = runs[index].run.settings[column],
        case .number(let value) = Value.text(text).number
      else { return nil }
      return value
    }
    let tried = Set(group.compactMap(number))
    guard tried.count >= 3, let own = number(best) else { return false }
    return own == tried.min() || own == tried.max()
  }
}
