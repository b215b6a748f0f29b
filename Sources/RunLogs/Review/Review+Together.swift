/// What all runs together show to be wrong.
extension Review {
  /// A fault that takes more than a quarter of the rows is one of the sweep, not of its rows; so is
  /// a blank sparsity that takes all dense runs, whatever their share.
  func sharedFaults(_ place: SourceLocation) -> [Fault] {
    let faults = exclusions.filter { $0.cause == .fault && $0.kind != nil }
    let hasDense = runs.contains { $0.run.sparsity == 0 }
    return faults.groups { $0.kind ?? "" }.filter { kind, group in
      group.count >= 3
        && (4 * group.count > runsRead || kind == RunChecks.blankSparsity && !hasDense)
    }.map { kind, group in
      let remedy = group[0].remedy.map { "write `\($0)` in sweep.yml, or " } ?? ""
      return Fault(
        at: place,
        "one fault takes \(group.count) of \(runsRead) runs: \(kind); the first: \(group[0].why)",
        fix: remedy + "`faulty: exclude` to go on without them")
    }
  }

  /// Losses that rise with N and with D are no losses.
  ///
  /// Runs are compared with the next larger one of equal S and of equal D or N.
  func rising(_ place: SourceLocation) -> [Fault] {
    let main = runs.map(\.run).filter { $0.role == .fitted }
    func levels(_ values: [Double]) -> [Int] {
      Level.grouping(values).map(\.members).places(of: values.count)
    }
    let (sizes, amounts) = (levels(main.map(\.nonZeroParameters)), levels(main.map(\.data)))
    var (pairs, rises) = (0, 0)
    func compare(_ equal: [Int], _ larger: [Int]) {
      let groups = Dictionary(grouping: main.indices) {
        [Double(equal[$0]), nominalSparsity(main[$0].sparsity)]
      }
      for group in groups.values {
        let ordered = group.sorted { (larger[$0], $0) < (larger[$1], $1) }
        for (low, high) in zip(ordered, ordered.dropFirst()) where larger[low] < larger[high] {
          pairs += 1
          if main[high].loss > main[low].loss { rises += 1 }
        }
      }
    }
    compare(sizes, amounts)
    compare(amounts, sizes)
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
