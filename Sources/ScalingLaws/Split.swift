import RunLogs

/// The runs of a sweep by the part they play in the analysis.
struct Split {
  var fitted: [TrainingRun]
  var heldOut: [TrainingRun]
  /// The form that the fitted runs determine; nil where only published coefficients serve.
  var form: (any ScalingLawForm)?
  var warnings: [String]
  private let all: [TrainingRun]

  /// Keeps the roles that the loader gave, unless holding out would leave too little to fit:
  /// then nothing is held out.
  init(_ sweep: Sweep, hasPublished: Bool) throws(CannotFit) {
    all = sweep.runs
    fitted = sweep.runs.filter { $0.role == .fitted }
    heldOut = sweep.runs.filter { $0.role == .heldOut }
    warnings = []
    let failure: CannotFit
    do {
      (form, warnings) = try Identifiability.form(for: Observations(fitted))
      return
    } catch {
      failure = error
    }
    if !heldOut.isEmpty,
      let (form, warnings) = try? Identifiability.form(for: Observations(fitted + heldOut))
    {
      self.form = form
      self.warnings =
        ["nothing was held out: without the held-out runs, \(failure)"] + warnings
      fitted = all.filter { $0.role == .fitted || $0.role == .heldOut }
      heldOut = []
      return
    }
    guard hasPublished else {
      // What is wrong with all runs together, not only with those left after holding out.
      _ = try Identifiability.form(for: Observations(fitted + heldOut))
      throw failure
    }
    if !fitted.isEmpty {
      warnings = ["no law was fitted, the published coefficients are used: \(failure)"]
    }
  }

  /// Every run with its part and the prediction of `fit`.
  func outcomes(_ fit: LawFit?) -> [SweepAnalysis.RunOutcome] {
    let held = Set(heldOut.map(\.name))
    let isDenseOnly = fit?.law.map { !$0.respondsToSparsity } ?? false
    let predictions = fit?.predictions(for: all.map(Setting.init))
    return all.enumerated().map { index, run in
      var role = run.role
      if role == .heldOut, !held.contains(run.name) { role = .fitted }
      // A dense law says nothing about sparse runs that it was not fitted to.
      let isBeyondLaw = isDenseOnly && role == .other
      return SweepAnalysis.RunOutcome(
        run: run, role: role, predicted: isBeyondLaw ? nil : predictions?[index])
    }
  }
}
