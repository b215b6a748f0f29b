/// The runs of a sweep as they are looked at together: duplicates, rules, how each ended, roles.
struct Review {
  /// A run and how its log ended.
  struct Run {
    var run: TrainingRun
    var end = RunEnd()
  }

  var runs: [Run] = []
  var exclusions: [Exclusion] = []
  var warnings: [String] = []
  var findings: [Finding] = []
  /// The most N:M patterns of a sweep, each of which is compared and drawn.
  private static let mostPatterns = 64
  /// Runs that a better one of the same search stands for.
  var notBest = 0

  /// Valid and faulty runs together.
  var runsRead: Int {
    runs.count + notBest + exclusions.count - runs.count { $0.run.role == .excluded }
  }

  /// Looks at everything; the errors are those of the sweep.
  mutating func all(
    _ settings: SweepSettings, place: SourceLocation, isMissingFiles: Bool, units: String,
    columns: [MappedColumn]
  ) -> [Fault] {
    resolveDuplicates()
    let tooMany = tooManyPatterns()
    if let endless = endlessMatching(settings, place) { return [endless] }
    for index in runs.indices { runs[index].run.role = runs[index].run.isMain ? .fitted : .other }
    apply(settings.excludeRules, isMissingFiles: isMissingFiles)
    judge(settings)
    var errors = settings.faulty == .exclude ? [] : sharedFaults(place)
    if let tooMany { errors.append(tooMany) }
    errors += keepBest(over: settings.keepsBestOver, place)
    if !settings.mayRise {
      errors += rising(place)
      let sparsity = columns.first { $0.quantity == Quantity.sparsity.rawValue && $0.byConvention }
      if let sparsity { errors += fallsWithSparsity(sparsity.column, place) }
    }
    askAboutUnits(units)
    warnAboutCheckpoints()
    errors += holdOut(settings, place, isMissingFiles: isMissingFiles)
    return errors
  }

  /// Says what checkpoints in place of runs mean for the law.
  private mutating func warnAboutCheckpoints() {
    let trajectories = Set(runs.compactMap(\.run.trajectory))
    guard !trajectories.isEmpty else { return }
    let several = runs.count > trajectories.count
    warnings.append(
      "\(runs.count) checkpoints of \(trajectories.count) runs are fitted as runs: before its "
        + "learning rate has come down a run's loss is higher than that of one trained to end there, "
        + "so that the law may overstate what data bring"
        + (several ? "; intervals draw all checkpoints of a run together" : ""))
  }

  /// The findings in the order of the runs.
  var orderedFindings: [Finding] {
    let order = Dictionary(
      runs.enumerated().map { ($1.run.name, $0) }, uniquingKeysWith: { first, _ in first })
    return findings.enumerated()
      .sorted { (order[$0.1.run] ?? .max, $0.0) < (order[$1.1.run] ?? .max, $1.0) }
      .map(\.element)
  }
}

/// Duplicates and rules.
extension Review {
  /// Keeps one of several equal runs of one name and none of several unequal ones.
  private mutating func resolveDuplicates() {
    var dropped: Set<Int> = []
    for (name, same) in runs.indices.groups(by: { runs[$0].run.name }) where same.count > 1 {
      let first = runs[same[0]].run
      let places = same.map { "\(runs[$0].run.location)" }
      // Strings that Unicode holds equal are one name, though folders may tell them apart.
      let spelling =
        Set(same.map { PathKey(runs[$0].run.name) }).count > 1
        ? " (the same characters in other Unicode scalars)" : ""
      if same.allSatisfy({ runs[$0].run.hasSameValues(as: first) }) {
        let others =
          places.dropFirst().prefix(3).joined(separator: ", ")
          + (places.count > 4 ? ", ..." : "")
        warnings.append(
          "run \(name) is there \(same.count) times\(spelling) with equal values; kept "
            + "\(places[0]), dropped \(others)")
        note(
          .duplicate, first, "the run is there \(same.count) times with equal values",
          action: "kept \(places[0]), dropped the others", at: runs[same[1]].run.location)
        dropped.formUnion(same.dropFirst())
      } else {
        let isOfOneTable = Set(same.map { runs[$0].run.location.file }).count == 1
        // Few are named, so that the text grows with the runs and not with their square.
        var seen: Set<PathKey> = []
        let few = places.filter { seen.insert(PathKey($0)).inserted }.prefix(5)
        exclusions += places.map { place in
          let others = few.filter { PathKey($0) != PathKey(place) }
          let named = others.prefix(3).joined(separator: ", ") + (others.count > 3 ? ", ..." : "")
          return Exclusion(
            run: name,
            why: "\(place): the name \(name.quoted) is also that of "
              + "\(others.isEmpty ? "another row" : named)\(spelling), with other "
              + "values; the run is excluded: keep the right one, or give each its own name",
            kind: "runs share a name with other values",
            remedy: isOfOneTable
              ? "runs: {path: \(YAMLText.scalar(first.location.file.lastComponent)), run: none}"
              : nil)
        }
        note(
          .duplicate, first, "\(same.count) runs have this name, with different values",
          action: "excluded all of them")
        dropped.formUnion(same)
      }
    }
    drop(dropped)
  }

  /// Lets go of the runs at some places.
  mutating func drop(_ dropped: Set<Int>) {
    runs = runs.indices.filter { !dropped.contains($0) }.map { runs[$0] }
  }

  /// Refuses more N:M patterns than a section can compare.
  private func tooManyPatterns() -> Fault? {
    let blocked = runs.map(\.run).filter { $0.pattern.isBlocked }.groups(by: \.pattern)
    guard blocked.count > Self.mostPatterns else { return nil }
    return Fault(
      at: blocked[Self.mostPatterns].members[0].location,
      "the runs have \(blocked.count) N:M patterns, and a sweep at most \(Self.mostPatterns)",
      fix: "choose rows with `where`, or part the runs into several sweeps")
  }

  /// Refuses patterns of names that take long to compare with all names: of the two lengths the time
  /// may be the product.
  private func endlessMatching(_ settings: SweepSettings, _ place: SourceLocation) -> Fault? {
    var globs = settings.excludeRules.flatMap(\.conditions).compactMap { condition in
      if case .named(let glob) = condition { glob } else { nil }
    }
    if case .runs(let patterns) = settings.holdout { globs += patterns.map(Glob.init) }
    let work =
      globs.filter { $0.literal == nil }.reduce(0) { $0 + $1.pattern.utf8.count }
      * runs.reduce(0) { $0 + $1.run.name.utf8.count }
    guard work > Self.mostMatching else { return nil }
    return Fault(
      at: place, "`exclude` and `holdout` have too many patterns for names of this length",
      fix: "write fewer and shorter ones, or shorten the names of the runs")
  }

  /// 10,000 names of 20 bytes with 1,000 patterns of as many.
  private static let mostMatching = 4_000_000_000

  /// Leaves out the main runs that rules of sweep.yml name.
  private mutating func apply(_ rules: [ExcludeRule], isMissingFiles: Bool) {
    for rule in rules {
      var matches = 0
      for index in runs.indices where runs[index].run.isMain {
        guard let reason = rule.reason(for: runs[index].run) else { continue }
        matches += 1
        guard runs[index].run.role != .excluded else { continue }
        exclude(index, "\(reason): \(rule.why)", .rule(rule.words, why: rule.why))
      }
      // With a file missing it may be about runs that are not here.
      if matches == 0, !isMissingFiles {
        warnings.append("\(rule.location): this rule of `exclude` matches no run")
      }
    }
  }

  /// Looks at each run as a careful reader of its log would, and leaves out those that did not end
  /// as planned, unless sweep.yml says `unfinished: keep`.
  private mutating func judge(_ settings: SweepSettings) {
    for index in runs.indices {
      let (run, end) = (runs[index].run, runs[index].end)
      if let reason = RunJudgement.unfinished(end)
        ?? RunJudgement.diverged(run, settings.compute)
      {
        act(on: index, reason, settings.unfinished)
      } else if let rise = RunJudgement.risingLoss(run, settings.compute) {
        note(rise, run, action: "kept: the fit weighs an outlier down")
      }
      for remark in RunJudgement.pruning(run, end.plan, settings.compute) {
        note(remark, run, action: remark.action)
      }
    }
  }

  private mutating func act(
    on index: Int, _ remark: RunJudgement.Remark, _ choice: UnfinishedRuns
  ) {
    let run = runs[index].run
    guard choice == .exclude else { return note(remark, run, action: "kept, as sweep.yml says") }
    guard run.isMain else { return note(remark, run, action: "kept: it is never fitted") }
    guard run.role != .excluded else {
      return note(remark, run, action: "excluded by a rule of sweep.yml")
    }
    exclude(
      index, remark.message, remark.kind == .diverged ? .diverged : .unfinished,
      listed: "\(run.location): \(remark.message); the run is excluded: write "
        + "`unfinished: keep` in sweep.yml to fit such runs")
    note(remark, run, action: "excluded")
  }

  /// - Parameter listed: the reason as the list of exclusions has it; nil for the run's own.
  private mutating func exclude(
    _ index: Int, _ why: String, _ cause: Exclusion.Cause, listed: String? = nil
  ) {
    runs[index].run.role = .excluded
    runs[index].run.whyExcluded = why
    exclusions.append(Exclusion(run: runs[index].run.name, why: listed ?? why, cause: cause))
  }

  private mutating func note(_ remark: RunJudgement.Remark, _ run: TrainingRun, action: String) {
    note(remark.kind, run, remark.message, action: action)
  }

  private mutating func note(
    _ kind: Finding.Kind, _ run: TrainingRun, _ message: String, action: String,
    at place: SourceLocation? = nil
  ) {
    findings.append(
      Finding(
        run: run.name, kind: kind, location: place ?? run.location, message: message,
        action: action))
  }
}

extension TrainingRun {
  /// Whether two runs agree in all but their place and history.
  func hasSameValues(as other: TrainingRun) -> Bool {
    nonZeroParameters == other.nonZeroParameters && denseParameters == other.denseParameters
      && sparsity == other.sparsity && data == other.data && loss == other.loss
      && pattern == other.pattern && parent == other.parent
  }

  fileprivate func value(_ quantity: Quantity) -> Double? {
    switch quantity {
    case .loss: loss
    case .data: data
    case .denseParameters: denseParameters
    case .nonZeroParameters: nonZeroParameters
    case .sparsity: sparsity
    case .extraFlops: extraFlops
    case .pattern, .parent, .run: nil
    }
  }
}

extension ExcludeRule {
  /// The rule whatever the run, such as "data below 2,000,000".
  var words: String { conditions.map { $0.words() }.joined(separator: " and ") }

  /// Why the rule applies to a run, such as "data 1,048,576 below 2,000,000"; nil if it does not.
  func reason(for run: TrainingRun) -> String? {
    let holds = conditions.allSatisfy { condition in
      switch condition {
      case .below(let quantity, let bound): run.value(quantity).map { $0 < bound } ?? false
      case .above(let quantity, let bound): run.value(quantity).map { $0 > bound } ?? false
      case .named(let glob): glob.matches(run.name)
      }
    }
    return holds ? conditions.map { $0.words(for: run) }.joined(separator: " and ") : nil
  }
}

extension ExcludeRule.Condition {
  /// The condition in words, with the value of a run that it is about.
  fileprivate func words(for run: TrainingRun? = nil) -> String {
    func compared(_ quantity: Quantity, _ how: String, _ bound: Double) -> String {
      let value = run?.value(quantity).map { grouped($0) + " " } ?? ""
      return "\(quantity.rawValue) \(value)\(how) \(grouped(bound))"
    }
    return switch self {
    case .below(let quantity, let bound): compared(quantity, "below", bound)
    case .above(let quantity, let bound): compared(quantity, "above", bound)
    case .named(let glob): "name matches \(glob.pattern.quoted)"
    }
  }
}
