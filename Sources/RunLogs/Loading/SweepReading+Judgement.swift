/// What is known of a run beside its quantities.
struct Judgement {
  var description: RunDescription
  var lastStep: (step: Double, gap: Double)?
  /// The data seen in the unit of their column, and what turns that into D.
  var lastData: Double?
  var dataFactor = 1.0
}

/// What tells a run from all others: the runs of a chart end in one row, and names may be taken
/// twice.
struct RunKey: Hashable {
  private let location: SourceLocation
  private let name: String

  init(_ run: TrainingRun) {
    location = run.location
    name = run.name
  }
}

extension SweepReading {
  /// Looks at each run as a careful reader of its log would, and leaves out those that did not
  /// end as planned, unless sweep.yml says `unfinished: keep`.
  mutating func judgeRuns() {
    for index in runs.indices {
      guard let judgement = judgements[RunKey(runs[index])] else { continue }
      let run = runs[index]
      if let reason = RunJudgement.unfinished(run, judgement)
        ?? RunJudgement.diverged(run, settings.compute)
      {
        act(on: index, reason)
      } else if let rise = RunJudgement.risingLoss(run, settings.compute) {
        add(rise, to: run, action: "kept: the fit weighs an outlier down")
      }
      for remark in RunJudgement.pruning(run, judgement.description, settings.compute) {
        add(remark, to: run, action: remark.action)
      }
    }
  }

  private mutating func act(on index: Int, _ remark: RunJudgement.Remark) {
    let run = runs[index]
    guard settings.judgement == .exclude else {
      return add(remark, to: run, action: "kept, as sweep.yml says")
    }
    guard run.isMain else { return add(remark, to: run, action: "kept: it is never fitted") }
    guard run.role != .excluded else {
      return add(remark, to: run, action: "excluded by a rule of sweep.yml")
    }
    runs[index].role = .excluded
    runs[index].whyExcluded = remark.message
    exclude(
      run.name,
      "\(remark.location ?? run.location): \(remark.message); the run is excluded: write "
        + "`unfinished: keep` in sweep.yml to fit such runs",
      cause: remark.kind == .diverged ? .diverged : .unfinished)
    add(remark, to: run, action: "excluded")
  }

  private mutating func add(_ remark: RunJudgement.Remark, to run: TrainingRun, action: String) {
    findings.append(
      Finding(
        run: run.name, kind: remark.kind, location: remark.location ?? run.location,
        message: remark.message, action: action))
  }

  /// Puts the findings into the order of the runs.
  func orderedFindings() -> [Finding] {
    var order: [String: Int] = [:]
    for (index, run) in runs.enumerated() where order[run.name] == nil { order[run.name] = index }
    return findings.enumerated()
      .sorted { (order[$0.1.run] ?? .max, $0.0) < (order[$1.1.run] ?? .max, $1.0) }
      .map(\.element)
  }
}
