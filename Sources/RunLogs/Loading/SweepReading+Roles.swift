extension SweepReading {
  /// Keeps one of several equal runs of one name and none of several unequal ones.
  mutating func resolveDuplicates() {
    var positions: [String: [Int]] = [:]
    for (index, run) in runs.enumerated() { positions[run.name, default: []].append(index) }
    var dropped: Set<Int> = []
    for (index, run) in runs.enumerated() {
      guard let same = positions[run.name], same.count > 1, same[0] == index else { continue }
      let places = same.map { "\(runs[$0].location)" }
      if same.allSatisfy({ runs[$0].hasSameValues(as: run) }) {
        warnings.append(
          "run \(run.name) is there \(same.count) times with equal values; kept "
            + "\(places[0]), dropped \(places.dropFirst().joined(separator: ", "))")
        findings.append(
          Finding(
            run: run.name, kind: .duplicate, location: runs[same[1]].location,
            message: "the run is there \(same.count) times with equal values",
            action: "kept \(places[0]), dropped the others"))
        dropped.formUnion(same.dropFirst())
      } else {
        for (place, others) in zip(places, places.map { place in places.filter { $0 != place } }) {
          exclude(
            run.name,
            "\(place): the name \(run.name.quoted) is also that of "
              + "\(others.isEmpty ? "another row" : others.joined(separator: ", ")), with other "
              + "values; the run is excluded: keep the right one, or give each its own name")
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

  /// Gives each run its role but for the hold-out, by the rules of `exclude`.
  mutating func applyExcludeRules() {
    for index in runs.indices { runs[index].role = runs[index].isMain ? .fitted : .other }
    for rule in settings.excludeRules {
      var matches = 0
      for index in runs.indices where runs[index].isMain {
        guard let reason = rule.reason(for: runs[index]) else { continue }
        matches += 1
        guard runs[index].role != .excluded else { continue }
        runs[index].role = .excluded
        runs[index].whyExcluded = "\(reason): \(rule.why)"
        exclude(runs[index].name, "\(reason): \(rule.why)", cause: .rule(rule.words, why: rule.why))
      }
      // With a file missing it may be about runs that are not here.
      if matches == 0, missing.isEmpty {
        warnings.append("\(rule.location): this rule of `exclude` matches no run")
      }
    }
  }

  /// Marks the main runs that are held out.
  mutating func applyHoldout() {
    let main = runs.indices.filter { runs[$0].role == .fitted }
    var heldOut: [Int] = []
    switch settings.holdout {
    case .none: break
    case .largest:
      let largest = main.map { runs[$0].nonZeroParameters }.max() ?? 0
      heldOut = main.filter { runs[$0].nonZeroParameters >= 0.95 * largest }
    case .nonZeroParametersAtLeast(let bound):
      heldOut = main.filter { runs[$0].nonZeroParameters >= bound }
      if heldOut.isEmpty, !main.isEmpty {
        let largest = main.map { runs[$0].nonZeroParameters }.max() ?? 0
        warnings.append(
          "\(place): no run has \(grouped(bound)) non-zero parameters (the largest has "
            + "\(grouped(largest.rounded()))); nothing is held out")
      }
    case .runs(let patterns):
      for (pattern, location) in zip(patterns, settings.holdoutLocations) {
        let glob = Glob(pattern)
        let matched = main.filter { glob.matches(runs[$0].name) }
        heldOut += matched
        if matched.isEmpty { reportUnmatched(pattern, glob, location) }
      }
    }
    for index in heldOut { runs[index].role = .heldOut }
  }

  private mutating func reportUnmatched(_ pattern: String, _ glob: Glob, _ location: SourceLocation)
  {
    if let run = runs.first(where: { glob.matches($0.name) }) {
      let why = run.role == .excluded ? "is excluded by a rule" : "has an N:M pattern or a parent"
      errors.append(
        SweepError(
          location: location,
          "`holdout` \(pattern.quoted) matches \(run.name.quoted), which \(why)",
          fix: "hold out main runs only"))
    } else if let exclusion = exclusions.first(where: { glob.matches($0.run) }) {
      errors.append(
        SweepError(
          location: location,
          "`holdout` \(pattern.quoted) matches only excluded runs", fix: exclusion.why))
    } else if !missing.isEmpty {
      warnings.append("\(location): `holdout` \(pattern.quoted) matches no run that is here")
    } else {
      let near = byLikeness(to: pattern, runs.filter(\.isMain).map(\.name)).prefix(3)
      errors.append(
        SweepError(
          location: location, "`holdout` \(pattern.quoted) matches no run",
          fix: near.isEmpty
            ? nil : "the nearest names are \(near.map(\.quoted).joined(separator: ", "))"))
    }
  }
}

extension TrainingRun {
  /// Whether two runs agree in all but their place and history.
  fileprivate func hasSameValues(as other: TrainingRun) -> Bool {
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
  fileprivate var words: String {
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
  fileprivate func reason(for run: TrainingRun) -> String? {
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
