/// The runs of a sweep as they are looked at together: duplicates, rules, how each ended, roles.
struct Review {
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
    _ settings: SweepSettings, place: SourceLocation, isMissingFiles: Bool, units: String
  ) -> [Fault] {
    resolveDuplicates(settings)
    let tooMany = tooManyPatterns()
    for index in runs.indices { runs[index].run.role = runs[index].run.isMain ? .fitted : .other }
    apply(settings.excludeRules, isMissingFiles: isMissingFiles)
    judge(settings)
    var errors = settings.acceptsFaults ? [] : sharedFaults(settings, place)
    if let tooMany { errors.append(tooMany) }
    errors += keepBest(over: settings.keepsBestOver, place)
    if !settings.mayRise { errors += rising(settings, place) }
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

  private mutating func exclude(
    _ run: String, _ why: String, cause: Exclusion.Cause = .fault, kind: String? = nil,
    remedy: String? = nil
  ) {
    exclusions.append(Exclusion(run: run, why: why, cause: cause, kind: kind, remedy: remedy))
  }

  /// The findings in the order of the runs.
  var orderedFindings: [Finding] {
    var order: [String: Int] = [:]
    for (index, run) in runs.enumerated() where order[run.run.name] == nil {
      order[run.run.name] = index
    }
    return findings.enumerated()
      .sorted { (order[$0.1.run] ?? .max, $0.0) < (order[$1.1.run] ?? .max, $1.0) }
      .map(\.element)
  }
}

/// Duplicates and rules.
extension Review {
  /// Keeps one of several equal runs of one name and none of several unequal ones.
  private mutating func resolveDuplicates(_ settings: SweepSettings) {
    var positions: [String: [Int]] = [:]
    for (index, run) in runs.enumerated() { positions[run.run.name, default: []].append(index) }
    var dropped: Set<Int> = []
    for (index, run) in runs.enumerated().map({ ($0, $1.run) }) {
      guard let same = positions[run.name], same.count > 1, same[0] == index else { continue }
      let places = same.map { "\(runs[$0].run.location)" }
      // Strings that Unicode holds equal are one name, though folders may tell them apart.
      let spelling =
        Set(same.map { PathKey(runs[$0].run.name) }).count > 1
        ? " (the same characters in other Unicode scalars)" : ""
      if same.allSatisfy({ runs[$0].run.hasSameValues(as: run) }) {
        let others =
          places.dropFirst().prefix(3).joined(separator: ", ")
          + (places.count > 4 ? ", ..." : "")
        warnings.append(
          "run \(run.name) is there \(same.count) times\(spelling) with equal values; kept "
            + "\(places[0]), dropped \(others)")
        findings.append(
          Finding(
            run: run.name, kind: .duplicate, location: runs[same[1]].run.location,
            message: "the run is there \(same.count) times with equal values",
            action: "kept \(places[0]), dropped the others"))
        dropped.formUnion(same.dropFirst())
      } else {
        let isOfOneTable = Set(same.map { runs[$0].run.location.file }).count == 1
        // Few are named, so that the text grows with the runs and not with their square.
        var seen: Set<PathKey> = []
        let few = places.filter { seen.insert(PathKey($0)).inserted }.prefix(5)
        for place in places {
          let others = few.filter { PathKey($0) != PathKey(place) }
          let named = others.prefix(3).joined(separator: ", ") + (others.count > 3 ? ", ..." : "")
          exclude(
            run.name,
            "\(place): the name \(run.name.quoted) is also that of "
              + "\(others.isEmpty ? "another row" : named)\(spelling), with other "
              + "values; the run is excluded: keep the right one, or give each its own name",
            kind: "runs share a name with other values",
            remedy: isOfOneTable
              ? "runs: {path: \(YAMLText.scalar(run.location.file.lastComponent)), run: none}" : nil
          )
        }
        findings.append(
          Finding(
            run: run.name, kind: .duplicate, location: run.location,
            message: "\(same.count) runs have this name, with different values",
            action: "excluded all of them"))
        dropped.formUnion(same)
      }
    }
    if !dropped.isEmpty {
      runs = runs.indices.filter { !dropped.contains($0) }.map { runs[$0] }
    }
  }

  /// Refuses more N:M patterns than a section can compare.
  private func tooManyPatterns() -> Fault? {
    var patterns: Set<SparsityPattern> = []
    var past: TrainingRun?
    for run in runs.map(\.run) {
      guard case .blocked = run.pattern, patterns.insert(run.pattern).inserted else { continue }
      if patterns.count == Self.mostPatterns + 1 { past = run }
    }
    return past.map {
      Fault(
        at: $0.location,
        "the runs have \(patterns.count) N:M patterns, and a sweep at most \(Self.mostPatterns)",
        fix: "choose rows with `where`, or part the runs into several sweeps")
    }
  }

  /// Leaves out the main runs that rules of sweep.yml name.
  private mutating func apply(_ rules: [ExcludeRule], isMissingFiles: Bool) {
    for rule in rules {
      var matches = 0
      for index in runs.indices where runs[index].run.isMain {
        guard let reason = rule.reason(for: runs[index].run) else { continue }
        matches += 1
        guard runs[index].run.role != .excluded else { continue }
        runs[index].run.role = .excluded
        runs[index].run.whyExcluded = "\(reason): \(rule.why)"
        exclude(
          runs[index].run.name, "\(reason): \(rule.why)",
          cause: .rule(rule.words, why: rule.why))
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
        act(on: index, reason, settings.judgement)
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
    runs[index].run.role = .excluded
    runs[index].run.whyExcluded = remark.message
    exclude(
      run.name,
      "\(run.location): \(remark.message); the run is excluded: write "
        + "`unfinished: keep` in sweep.yml to fit such runs",
      cause: remark.kind == .diverged ? .diverged : .unfinished)
    note(remark, run, action: "excluded")
  }

  private mutating func note(_ remark: RunJudgement.Remark, _ run: TrainingRun, action: String) {
    findings.append(
      Finding(
        run: run.name, kind: remark.kind, location: run.location, message: remark.message,
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
    case .pattern, .parent, .run: nil
    }
  }
}

extension ExcludeRule {
  /// The rule whatever the run, such as "data below 2,000,000".
  var words: String {
    let parts = conditions.map { condition in
      switch condition {
      case .below(let quantity, let bound): "\(quantity.rawValue) below \(grouped(bound))"
      case .above(let quantity, let bound): "\(quantity.rawValue) above \(grouped(bound))"
      case .named(let pattern): "name matches \(pattern.quoted)"
      }
    }
    return parts.joined(separator: " and ")
  }

  /// Why the rule applies to a run, such as "data 1,048,576 below 2,000,000"; nil if it does not.
  func reason(for run: TrainingRun) -> String? {
    var reasons: [String] = []
    for condition in conditions {
      switch condition {
      case .below(let quantity, let bound):
        guard let value = run.value(quantity), value < bound else { return nil }
        reasons.append("\(quantity.rawValue) \(grouped(value)) below \(grouped(bound))")
      case .above(let quantity, let bound):
        guard let value = run.value(quantity), value > bound else { return nil }
        reasons.append("\(quantity.rawValue) \(grouped(value)) above \(grouped(bound))")
      case .named(let pattern):
        guard Glob(pattern).matches(run.name) else { return nil }
        reasons.append("name matches \(pattern.quoted)")
      }
    }
    return reasons.joined(separator: " and ")
  }
}
