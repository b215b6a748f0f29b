/// What all runs together show to be wrong.
extension Review {
  /// A fault that takes a quarter of the rows or more is one of the sweep, not of its rows; so is a
  /// sparsity that is blank or 1 in all dense runs, whatever their share.
  func sharedFaults(_ place: SourceLocation) -> [Fault] {
    let faults = exclusions.filter { $0.cause == .fault && $0.kind != nil }
    let hasDense = runs.contains { $0.run.sparsity == 0 }
    return faults.groups { $0.kind ?? "" }.filter { kind, group in
      kind == RunChecks.wholeSparsity && !hasDense
        || group.count >= 3
          && (4 * group.count >= runsRead || kind == RunChecks.blankSparsity && !hasDense)
    }.map { kind, group in
      let remedy = group[0].remedy.map { "write `\($0)` in sweep.yml, or " } ?? ""
      return Fault(
        at: place,
        "one fault takes \(group.count) of \(runsRead) runs: \(kind); the first: \(group[0].why)",
        fix: remedy + "`faulty: exclude` to go on without them")
    }
  }

  /// The number of the level of each value, ascending.
  private func levels(_ values: [Double]) -> [Int] {
    Level.grouping(values).map(\.members).places(of: values.count)
  }

  /// How many runs are followed by one of the next higher level, the rest equal, and in how many
  /// such pairs the loss rises or falls.
  private func steps(
    _ runs: [TrainingRun], along level: [Int], equal key: (Int) -> [Double]
  ) -> (pairs: Int, rises: Int, falls: Int) {
    var (pairs, rises, falls) = (0, 0, 0)
    for group in Dictionary(grouping: runs.indices, by: key).values {
      let ordered = group.sorted { (level[$0], $0) < (level[$1], $1) }
      for (low, high) in zip(ordered, ordered.dropFirst()) where level[low] < level[high] {
        pairs += 1
        if runs[high].loss > runs[low].loss { rises += 1 }
        if runs[high].loss < runs[low].loss { falls += 1 }
      }
    }
    return (pairs, rises, falls)
  }

  /// A "sparsity" with which the loss falls, at equal dense size and D, is the share of weights that
  /// is kept.
  func fallsWithSparsity(_ column: String, _ place: SourceLocation) -> [Fault] {
    let main = runs.map(\.run).filter { $0.role == .fitted }
    let (sizes, amounts) = (levels(main.map(\.denseParameters)), levels(main.map(\.data)))
    let steps = steps(main, along: levels(main.map(\.sparsity))) {
      [Double(sizes[$0]), Double(amounts[$0])]
    }
    guard steps.pairs >= 6, 10 * steps.falls >= 9 * steps.pairs else { return [] }
    let name = YAMLText.scalar(column)
    return [
      Fault(
        at: place,
        "at equal dense size and data the loss falls as \(column.quoted) rises in "
          + "\(steps.falls) of \(steps.pairs) pairs of runs: is it the share of weights that is kept?",
        fix: "write `density: {column: \(name)}`, or `sparsity: {column: \(name)}` if it is not")
    ]
  }

  /// Losses that rise with N and with D are no losses.
  ///
  /// Runs are compared with the next larger one of equal S and of equal D or N.
  func rising(_ place: SourceLocation) -> [Fault] {
    let main = runs.map(\.run).filter { $0.role == .fitted }
    let (sizes, amounts) = (levels(main.map(\.nonZeroParameters)), levels(main.map(\.data)))
    let sparsities = main.map { nominalSparsity($0.sparsity) }
    let alongData = steps(main, along: amounts) { [Double(sizes[$0]), sparsities[$0]] }
    let alongSize = steps(main, along: sizes) { [Double(amounts[$0]), sparsities[$0]] }
    let (pairs, rises) = (alongData.pairs + alongSize.pairs, alongData.rises + alongSize.rises)
    guard pairs >= 6, 10 * rises >= 9 * pairs else { return [] }
    return [
      Fault(
        at: place,
        "the loss rises with data or parameters in \(rises) of \(pairs) pairs of runs: is it an "
          + "accuracy or a reward?",
        fix: "name the column of a loss, or write `loss: {may_rise: true}`")
    ]
  }

  /// Asks about numbers that look like millions or billions.
  mutating func askAboutUnits(_ unit: String) {
    let main = runs.map(\.run).filter { $0.role == .fitted || $0.role == .heldOut }
    guard main.count >= 3, let most = main.map(\.data).max(), let least = main.map(\.data).min(),
      let largest = main.map(\.denseParameters).max(),
      let smallest = main.map(\.denseParameters).min()
    else { return }
    if most < 1e5, most < 0.001 * smallest {
      warnings.append(
        "the data are \(grouped(least))\(least == most ? "" : " to " + grouped(most)) \(unit) a run, "
          + "far fewer than the \(grouped(smallest)) parameters of the smallest: are they counted "
          + "in millions or billions? if so, write `times: 1e6` or `times: 1e9` beside their column"
      )
    }
    if largest < 2e4, least > 1e5 * largest {
      warnings.append(
        "the models have \(grouped(smallest)) to \(grouped(largest)) parameters, for "
          + "\(grouped(least)) \(unit) and more: are they counted in millions? if so, write "
          + "`times: 1e6` beside their column")
    }
  }

  /// Marks the main runs that are held out.
  mutating func holdOut(
    _ settings: SweepSettings, _ place: SourceLocation, isMissingFiles: Bool
  ) -> [Fault] {
    var errors: [Fault] = []
    let main = runs.indices.filter { runs[$0].run.role == .fitted }
    var heldOut: [Int] = []
    switch settings.holdout {
    case .none: break
    case .largest:
      let largest = main.map { runs[$0].run.nonZeroParameters }.max() ?? 0
      heldOut = main.filter { runs[$0].run.nonZeroParameters >= 0.95 * largest }
    case .atLeast(let bounds):
      heldOut = main.filter { bounds.holdsOut(runs[$0].run, settings.compute) }
      if heldOut.isEmpty, !main.isEmpty {
        let largest = main.map { runs[$0].run.nonZeroParameters }.max() ?? 0
        warnings.append(
          "\(place): there are no \(settings.holdout) (the largest N is "
            + "\(grouped(largest.rounded()))); nothing is held out")
      }
    case .runs(let patterns):
      let byName = Dictionary(grouping: main) { PathKey(runs[$0].run.name) }
      for (pattern, location) in zip(patterns, settings.holdoutLocations)
      where errors.count < SettingsFaults.most {
        let glob = Glob(pattern)
        let matched =
          glob.literal.map { byName[PathKey($0)] ?? [] }
          ?? main.filter { glob.matches(runs[$0].run.name) }
        heldOut += matched
        if !matched.isEmpty { continue }
        if isMissingFiles, !isKnown(glob) {
          warnings.append("\(location): `holdout` \(pattern.quoted) matches no run that is here")
        } else {
          errors.append(unmatched(pattern, glob, location))
        }
      }
    }
    for index in heldOut { runs[index].run.role = .heldOut }
    return errors
  }

  private func isKnown(_ glob: Glob) -> Bool {
    runs.contains { glob.matches($0.run.name) } || exclusions.contains { glob.matches($0.run) }
  }

  private func unmatched(
    _ pattern: String, _ glob: Glob, _ location: SourceLocation
  ) -> Fault {
    if let run = runs.map(\.run).first(where: { glob.matches($0.name) }) {
      let why = run.whyExcluded.map { "is excluded: \($0)" } ?? "has an N:M pattern or a parent"
      return Fault(
        at: location,
        "`holdout` \(pattern.quoted) matches \(run.name.quoted), which \(why)",
        fix: "hold out main runs only")
    }
    if let exclusion = exclusions.first(where: { glob.matches($0.run) }) {
      return Fault(
        at: location,
        "`holdout` \(pattern.quoted) matches only excluded runs", fix: exclusion.why)
    }
    let near = byLikeness(to: pattern, runs.map(\.run).filter(\.isMain).map(\.name)).prefix(3)
    return Fault(
      at: location, "`holdout` \(pattern.quoted) matches no run",
      fix: near.isEmpty
        ? nil : "the nearest names are \(near.map(\.quoted).joined(separator: ", "))")
  }
}

extension HoldoutRule.Bounds {
  /// Whether a run reaches any of the bounds.
  func holdsOut(_ run: TrainingRun, _ compute: ComputeSettings) -> Bool {
    let flops = compute.flopsPerParameter * run.denseParameters * run.data
    return run.nonZeroParameters >= nonZeroParameters ?? .infinity
      || run.data >= data ?? .infinity || flops >= self.compute ?? .infinity
  }
}
