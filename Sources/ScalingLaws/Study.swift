import Fitting
import RunLogs

/// A sweep with its two fits: the one place that says which runs a conclusion rests on.
///
/// The check fit leaves the held-out runs out, so that they test it. The final fit is what the
/// report concludes from: a second fit to all main runs, or the check fit itself where nothing was
/// held out or sweep.yml says `refit: false`. Without fits, published coefficients conclude.
public struct Study: Sendable {
  /// Which coefficients the conclusions rest on.
  public enum Basis: String, Sendable, CaseIterable { case refit, fit, published }

  public let sweep: Sweep
  /// Main runs that took part in the check fit.
  public let fitted: [TrainingRun]
  /// Main runs that were kept out of it.
  public let heldOut: [TrainingRun]
  /// The fit without the held-out runs; nil where the runs determine no law.
  public let checkFit: FittedLaw?
  /// The fit that the conclusions rest on; nil where they rest on published coefficients.
  public let finalFit: FittedLaw?
  /// Laws from the literature, in the order of sweep.yml; the first concludes where there is no fit.
  public let literature: [LiteratureLaw]
  public let basis: Basis
  /// The law that the conclusions rest on.
  public let law: ScalingLaw
  /// What a reader must know about the fits.
  public let warnings: [String]

  /// Throws `CannotFit` where the runs determine no law and no published one stands in.
  public init(_ sweep: Sweep, options: FitOptions) throws(CannotFit) {
    let parts = try Parts(sweep)
    self.sweep = sweep
    fitted = parts.fitted
    heldOut = parts.heldOut
    var warnings = parts.warnings
    let check = parts.form.map { Self.fit($0, to: parts.fitted, sweep, options) }
    warnings += check.map(Identifiability.warnings) ?? []
    var final = check
    var basis: Basis = check == nil ? .published : .fit
    if check != nil, sweep.refit, !heldOut.isEmpty,
      let (form, _) = try? Identifiability.form(for: Observations(fitted + heldOut))
    {
      let refit = Self.fit(form, to: fitted + heldOut, sweep, options)
      warnings += Identifiability.warnings(about: refit).filter { !warnings.contains($0) }
        .map { "fit to all runs: " + $0 }
      final = refit
      basis = .refit
    }
    checkFit = check
    finalFit = final
    self.basis = basis
    self.warnings = warnings
    literature = sweep.published.compactMap {
      LiteratureLaw($0, check: check, final: final, sweep)
    }
    guard let law = final?.law ?? literature.first?.law else { throw .noRuns }
    self.law = law
  }

  private static func fit(
    _ form: LawForm, to runs: [TrainingRun], _ sweep: Sweep, _ options: FitOptions
  ) -> FittedLaw {
    let fitter = LawFitter(form: form, runs: runs, of: sweep)
    var fit = fitter.fit(options)
    fit.runs = runs
    if options.bootstrap > 0 {
      var bootstrap = BootstrapOptions()
      bootstrap.replicates = options.bootstrap
      bootstrap.seed = options.seed
      bootstrap.threads = options.threads
      let uncertainty = Uncertainty(fitter, fit: fit, options: bootstrap)
      // Too few runs have no replicates: then there is no interval, and nothing is determined.
      if uncertainty.replicates > 0 { fit.uncertainty = uncertainty }
    }
    return fit
  }

  /// The law from the literature that is shown beside the fits.
  public var published: LiteratureLaw? { literature.first }

  /// The fit to all runs; nil where the check fit concludes.
  public var refit: FittedLaw? { basis == .refit ? finalFit : nil }

  /// Fitted and held-out runs: all that the law is about.
  public var mainRuns: [TrainingRun] { fitted + heldOut }

  /// The runs that the conclusions rest on; empty where they rest on published coefficients.
  public var concludingRuns: [TrainingRun] { finalFit?.runs ?? [] }

  /// The law that the conclusions rest on with its replicates, which are none without a fit.
  public func ensemble(seed: UInt64) -> LawEnsemble {
    finalFit.map { LawEnsemble($0, seed: seed) } ?? LawEnsemble(law: law)
  }

  /// The largest sparsity that the conclusions were fitted to; nil without a fit.
  public var largestFittedSparsity: Double? { Observations(concludingRuns).sparsities.last }

  /// The size at which conclusions that depend on size are given: the largest of the runs that they
  /// rest on, or of any main run where they rest on published coefficients.
  public var referenceParameters: Double {
    Observations(finalFit == nil ? mainRuns : concludingRuns).sizes.last ?? 1e9
  }

  /// The data at which conclusions that depend on data are given: the most of those runs.
  public var referenceData: Double {
    let runs = finalFit == nil ? mainRuns : concludingRuns
    return Observations(runs).dataAmounts.last
      ?? law.chinchillaData(nonZeroParameters: referenceParameters)
  }

  public var schedule: PruningSchedule { PruningSchedule(sweep.compute) }

  /// The cost model of a law of this sweep.
  public func model(_ law: ScalingLaw, _ accounting: Accounting) -> ComputeModel {
    ComputeModel(
      law: law, accounting: accounting, flopsPerParameter: sweep.compute.flopsPerParameter,
      referenceParameters: referenceParameters)
  }
}

/// A law from the literature, measured on the runs of each fit that it is compared with.
public struct LiteratureLaw: Sendable {
  public let name: String
  /// What a reader should know of it.
  public let note: String?
  public let law: ScalingLaw
  /// Its objective on the runs of the check fit; nil without one.
  public let checkObjective: Double?
  /// Its objective on the runs of the final fit; nil without one.
  public let finalObjective: Double?

  /// Nil of a law of another form.
  init?(
    _ published: PublishedLaw, check: FittedLaw?, final: FittedLaw?, _ sweep: Sweep
  ) {
    guard let law = ScalingLaw(published, schedule: PruningSchedule(sweep.compute)) else {
      return nil
    }
    name = published.name
    note = published.note
    self.law = law
    func objective(_ fit: FittedLaw?) -> Double? {
      fit.map { fit in
        let residual: ExponentialSumObjective.Residual = sweep.residual == .log ? .log : .linear
        let loss = Loss.huber(delta: sweep.huberDelta)
        let total = fit.runs.reduce(0) { sum, run in
          sum + loss.value(residual(predicted: law.loss(Setting(run)), measured: run.loss))
        }
        return total / Double(fit.runs.count)
      }
    }
    checkObjective = objective(check)
    finalObjective = objective(final)
  }
}

/// The main runs of a sweep by the part they play in the check.
private struct Parts {
  var fitted: [TrainingRun]
  var heldOut: [TrainingRun]
  /// The form that the fitted runs determine; nil where only published coefficients serve.
  var form: (LawForm)?
  var warnings: [String] = []

  /// Keeps the roles that the loader gave, unless holding out would leave too little to fit:
  /// then nothing is held out.
  init(_ sweep: Sweep) throws(CannotFit) {
    fitted = sweep.runs.filter { $0.role == .fitted }
    heldOut = sweep.runs.filter { $0.role == .heldOut }
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
      fitted = sweep.runs.filter { $0.role == .fitted || $0.role == .heldOut }
      heldOut = []
      return
    }
    let schedule = PruningSchedule(sweep.compute)
    guard sweep.published.contains(where: { ScalingLaw($0, schedule: schedule) != nil }) else {
      // What is wrong with all runs together, not only with those left after holding out.
      _ = try Identifiability.form(for: Observations(fitted + heldOut))
      throw failure
    }
    if !fitted.isEmpty {
      warnings = ["no law was fitted, the published coefficients are used: \(failure)"]
    }
  }
}

extension LawFitter {
  /// A fitter with the objective of a sweep.
  public init(form: LawForm, runs: [TrainingRun], of sweep: Sweep) {
    self.init(
      form: form, observations: Observations(runs), residual: sweep.residual,
      huberDelta: sweep.huberDelta)
  }
}

extension ScalingLaw {
  /// Coefficients as sweep.yml gives them; nil where no law has this name or one is missing.
  ///
  /// Dense coefficients of the paper's law know no effect of sparsity.
  public init?(_ published: PublishedLaw, schedule: PruningSchedule) {
    let key = published.law ?? Laws.sparsity.key
    guard let form = Laws.all(schedule: schedule).first(where: { $0.key == key }) else {
      return nil
    }
    var values: [String: Double] = key == Laws.sparsity.key ? ["a_S": 0, "b_S": 1] : [:]
    for coefficient in published.coefficients { values[coefficient.name] = coefficient.value }
    self.init(form: form, coefficients: values)
  }
}

extension PruningSchedule {
  /// The schedule of a sweep.
  public init(_ compute: ComputeSettings) {
    self.init(start: compute.pruningStart, end: compute.pruningEnd)
  }
}
