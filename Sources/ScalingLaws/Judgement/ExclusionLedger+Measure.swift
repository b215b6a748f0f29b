import Fitting
import RunLogs

extension ExclusionLedger {
  /// Fits again with excluded runs put back: all of one cause, every one alone, and all together.
  ///
  /// The fits start from the known one; those of whole causes also from fresh starts. Runs are
  /// added to those of the concluding fit, also where their size would have been held out.
  ///
  /// - Returns: nil without a fit or without exclusions.
  static func measure(
    _ study: Study, options: FitOptions
  ) -> ExclusionLedger? {
    let exclusions = study.sweep.exclusions
    guard let fit = study.finalFit, !exclusions.isEmpty else { return nil }
    let included = fit.runs
    var places: [String: Int] = [:]
    let excluded = study.sweep.runs.filter { $0.role == .excluded }
    for (index, run) in excluded.enumerated() { places[run.name] = index }
    let refitting = Refitting(study, fit, excluded: excluded)

    var entries: [Entry] = []
    var members: [[Int]] = []
    for (cause, runs) in grouped(exclusions) {
      let indices = cause == .fault ? [] : runs.compactMap { places[$0] }
      members.append(indices)
      entries.append(
        Entry(
          cause: cause, runs: runs, singles: indices.map(refitting.single),
          outcome: indices.isEmpty ? .noNumbers : .notTried))
    }
    if members.count(where: { !$0.isEmpty }) > 1 {
      let all = members.flatMap { $0 }
      members.append(all)
      entries.append(
        Entry(
          cause: nil, runs: exclusions.map(\.run), singles: all.map(refitting.single),
          outcome: .notTried))
    }

    // Together first, then one by one those that the law misses most.
    var tasks = members.indices.filter { !members[$0].isEmpty }
    if tasks.count > causesLimit { tasks = tasks.prefix(causesLimit - 1) + tasks.suffix(1) }
    let jointly = tasks.map { members[$0] }
    let together = parallelMap(count: jointly.count, threads: options.threads) { task in
      refitting.outcome(puttingBack: jointly[task], isThorough: true)
    }
    for (task, outcome) in zip(tasks, together) { entries[task].outcome = outcome }

    // A setting so far off that the law predicts no number is missed most.
    let misses = refitting.errors.map { $0.isNaN ? .infinity : abs($0) }
    let byMiss = excluded.indices.sorted {
      misses[$0] == misses[$1] ? $0 < $1 : misses[$0] > misses[$1]
    }
    let isFewEnough = included.count <= LawFitter.leaveOneOutLimit
    let chosen = isFewEnough ? Array(byMiss.prefix(singlesLimit)) : []
    let alone = parallelMap(count: chosen.count, threads: options.threads) { task in
      refitting.outcome(puttingBack: [chosen[task]], isThorough: false)
    }
    var outcomes = [Outcome](repeating: .notTried, count: excluded.count)
    for (index, outcome) in zip(chosen, alone) { outcomes[index] = outcome }
    for entry in entries.indices {
      for (position, index) in members[entry].enumerated() {
        entries[entry].singles[position].outcome =
          members[entry].count == 1 ? entries[entry].outcome : outcomes[index]
      }
    }
    return ExclusionLedger(
      entries: entries, singlesNotTried: excluded.count - chosen.count)
  }

  /// The runs of each cause, in the order in which the causes come first; faults are one cause.
  private static func grouped(
    _ exclusions: [Exclusion]
  ) -> [(cause: Exclusion.Cause, runs: [String])] {
    var groups: [(cause: Exclusion.Cause, runs: [String])] = []
    var places: [Exclusion.Cause: Int] = [:]
    for exclusion in exclusions {
      if let place = places[exclusion.cause] {
        groups[place].runs.append(exclusion.run)
      } else {
        places[exclusion.cause] = groups.count
        groups.append((exclusion.cause, [exclusion.run]))
      }
    }
    return groups
  }
}

/// Fits to the runs of a known fit and some of the excluded ones, which all share one design:
/// weights of 1 put a run back.
private struct Refitting: Sendable {
  let fit: FittedLaw
  let fitter: LawFitter
  let included: [TrainingRun]
  let excluded: [TrainingRun]
  /// Predicted by the known fit over measured minus 1, one an excluded run.
  let errors: [Double]
  private let study: Study
  /// Every quantity that is followed, not moved.
  private let known: [ExclusionLedger.Move]

  init(
    _ study: Study, _ fit: FittedLaw, excluded: [TrainingRun]
  ) {
    self.fit = fit
    included = fit.runs
    self.excluded = excluded
    self.study = study
    fitter = LawFitter(
      form: fit.form, observations: Observations(included + excluded),
      residual: study.sweep.residual, huberDelta: fit.huberDelta, units: fit.units)
    errors = zip(fit.predictions(for: excluded.map(Setting.init)), excluded)
      .map { $0 / $1.loss - 1 }
    let distribution = fit.uncertainty?.distribution
    var known = fit.coefficients.map { coefficient in
      ExclusionLedger.Move(
        quantity: .coefficient(coefficient.name), estimate: coefficient.value,
        putBack: coefficient.value, interval: fit.uncertainty?.interval(of: coefficient.name))
    }
    if fit.law.respondsToSparsity, fit.law.isContinuous {
      let law = fit.law
      let largest = Observations(included).sparsities.last ?? 0
      known += ExclusionLedger.Quantity.answers(largestSparsity: largest).map { quantity in
        let value = quantity.value(law, study)
        return ExclusionLedger.Move(
          quantity: quantity, estimate: value, putBack: value,
          interval: distribution?.interval { quantity.value($0, study) })
      }
    }
    self.known = known
  }

  func single(_ index: Int) -> ExclusionLedger.Single {
    .init(run: excluded[index], relativeError: errors[index], outcome: .notTried)
  }

  /// - Parameter isThorough: whether to look for another optimum from fresh starts.
  func outcome(puttingBack indices: [Int], isThorough: Bool) -> ExclusionLedger.Outcome {
    let runs = included + indices.map { excluded[$0] }
    if let form = study.form(for: runs),
      form.key != fit.form.key || form.levels != fit.form.levels
    {
      return .otherForm
    }
    var weights =
      [Double](repeating: 1, count: included.count)
      + [Double](repeating: 0, count: excluded.count)
    for index in indices { weights[included.count + index] = 1 }
    let starts = !isThorough ? 0 : runs.count > LawFitter.leaveOneOutLimit ? 4 : 20
    let summary = fitter.refine(
      fitter.objective.reweighted(weights), from: fit.parameters, freshStarts: starts, seed: 0)
    guard summary.objective.isFinite else { return .noNumbers }
    let law = ScalingLaw(
      form: fitter.form, parameters: summary.parameters, units: fitter.units)
    return .refitted(
      known.map { move in
        var move = move
        move.putBack = move.quantity.value(law, study)
        return move
      })
  }
}

extension ExclusionLedger.Quantity {
  /// The answers about sparsity that are followed: at 75 % and 50 %, or the largest sparsity of
  /// the fit where that is less.
  static func answers(largestSparsity: Double) -> [Self] {
    let half = min(0.5, largestSparsity)
    return [
      .multiplier(sparsity: min(0.75, largestSparsity)),
      .threshold(accounting: "dense", sparsity: half),
      .threshold(accounting: "sparse", sparsity: half),
    ]
  }

  /// The value under a law; NaN for a coefficient that it does not have.
  func value(_ law: ScalingLaw, _ study: Study) -> Double {
    switch self {
    case .coefficient(let name):
      return law.coefficients.first { $0.name == name }?.value ?? .nan
    case .multiplier(let sparsity):
      return study.multiplier(law, sparsity: sparsity)
    case .threshold(let name, let sparsity):
      guard let accounting = Accounting(named: name, study.schedule) else { return .nan }
      return study.model(law, accounting).chinchillaMultiple(sparsity: sparsity)
    }
  }
}
