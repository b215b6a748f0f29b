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
  /// Laws from the literature, in the order of sweep.yml but for those of the law that was asked
  /// for, which stand first; the first concludes where there is no fit.
  public let literature: [LiteratureLaw]
  public let basis: Basis
  /// The law that the conclusions rest on.
  public let law: ScalingLaw
  /// The name of the law that was asked for, on the command line or in sweep.yml; nil for the
  /// paper's.
  public let lawName: String?
  /// What a reader must know about the fits.
  public let warnings: [String]
  /// Whether the runs of the final fit support its law; nil without a fit.
  public let support: LawSupport?
  /// The size at which conclusions that depend on size are given: the largest of the runs that they
  /// rest on, or of any main run where they rest on published coefficients.
  public let referenceParameters: Double
  /// The data at which conclusions that depend on data are given: the most of those runs.
  public let referenceData: Double

  /// Throws `CannotFit` where the runs determine no law and no published one stands in.
  public init(_ sweep: Sweep, options: FitOptions) throws(CannotFit) {
    let choice = LawChoice(name: options.law ?? sweep.law, sweep)
    try Laws.check(choice.name)
    let parts = try Parts(sweep, choice)
    self.sweep = sweep
    lawName = choice.name
    fitted = parts.fitted
    heldOut = parts.heldOut
    var warnings = parts.warnings
    let check = parts.form.map { form in
      let delta =
        sweep.huberDelta
        ?? LawFitter.automaticDelta(
          form: form, Observations(parts.fitted), residual: sweep.residual, options)
      return Self.fit(form, to: parts.fitted, sweep, delta, options)
    }
    warnings += check.map(Identifiability.warnings) ?? []
    var final = check
    var basis: Basis = check == nil ? .published : .fit
    if let check, sweep.refit, !heldOut.isEmpty,
      let (form, _) = try? choice.form(for: fitted + heldOut)
    {
      // One δ for all fits of a study, so that their objectives can be compared.
      let refit = Self.fit(form, to: fitted + heldOut, sweep, check.huberDelta, options)
      warnings += Identifiability.warnings(about: refit).filter { !warnings.contains($0) }
        .map { "fit to all runs: " + $0 }
      final = refit
      basis = .refit
    }
    checkFit = check
    finalFit = final
    support = final.map(LawSupport.init)
    self.basis = basis
    self.warnings = Self.disagreement(check, final).map { [$0] + warnings } ?? warnings
    literature = choice.ordered(
      sweep.published.compactMap { LiteratureLaw($0, check: check, final: final, sweep) }
    ) { $0.law.form.key }
    guard let law = final?.law ?? literature.first?.law else { throw .noRuns }
    self.law = law
    // Kept, since every replicate of a conclusion asks for them.
    let reference = Observations(final?.runs ?? fitted + heldOut)
    referenceParameters = reference.sizes.last ?? 1e9
    referenceData =
      reference.dataAmounts.last
      ?? law.chinchillaData(nonZeroParameters: referenceParameters)
  }

  /// A warning where the check fit lies outside the intervals of the fit to all runs: then the
  /// held-out runs follow another law than the rest.
  private static func disagreement(_ check: FittedLaw?, _ final: FittedLaw?) -> String? {
    guard let check, let final, check.form.key == final.form.key,
      let uncertainty = final.uncertainty
    else { return nil }
    let outside = zip(check.coefficients, uncertainty.coefficients).filter { without, all in
      // Of losses without noise intervals have no width: digits of the search are no disagreement.
      !(all.interval?.contains(without.value) ?? true)
        && abs(without.value - all.estimate) > 1e-3 * abs(all.estimate)
    }.map(\.0.name)
    guard !outside.isEmpty else { return nil }
    return "without the held-out runs \(outside.joined(separator: ", ")) "
      + "end\(outside.count == 1 ? "s" : "") outside of the 95 % interval of the fit to all runs: "
      + "the held-out runs pull the law elsewhere"
  }

  /// Whether anything is concluded: the runs support the law, or published coefficients stand in.
  public var concludes: Bool { support?.isGiven ?? true }

  private static func fit(
    _ form: LawForm, to runs: [TrainingRun], _ sweep: Sweep, _ delta: Double, _ options: FitOptions
  ) -> FittedLaw {
    let fitter = LawFitter(form: form, runs: runs, of: sweep, huberDelta: delta)
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

  /// Whether a law would be fitted to the runs of a sweep, and why not, or what it then leaves out.
  public static func prospect(of sweep: Sweep) -> (canBeFitted: Bool, remarks: [String]) {
    do throws(CannotFit) {
      let choice = LawChoice(name: sweep.law, sweep)
      try Laws.check(choice.name)
      let parts = try Parts(sweep, choice)
      return (parts.form != nil, parts.warnings)
    } catch {
      return (false, ["\(error)"])
    }
  }

  /// The law from the literature that is shown beside the fits.
  public var published: LiteratureLaw? { literature.first }

  /// The fit to all runs; nil where the check fit concludes.
  public var refit: FittedLaw? { basis == .refit ? finalFit : nil }

  /// The form that the conclusions would have on these runs; nil where they determine none.
  func form(for runs: [TrainingRun]) -> LawForm? {
    try? LawChoice(name: lawName, sweep).form(for: runs).form
  }

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

  public var schedule: PruningSchedule { PruningSchedule(sweep.compute) }

  /// The effective-parameter multiplier by a law, at the reference size and data where it depends
  /// on them.
  public func multiplier(_ law: ScalingLaw, sparsity: Double) -> Double {
    law.effectiveParameterMultiplier(
      sparsity: sparsity, nonZeroParameters: referenceParameters, data: referenceData)
  }

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
        let loss = Loss.huber(delta: fit.huberDelta)
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

/// The law that a report is to conclude from.
private struct LawChoice {
  /// Nil for the paper's, as far as the runs determine it.
  var name: String?
  private let schedule: PruningSchedule
  private let isDenseStudy: Bool

  init(name: String?, _ sweep: Sweep) {
    self.name = name
    isDenseStudy = sweep.isDense
    schedule = PruningSchedule(sweep.compute)
  }

  func form(for runs: [TrainingRun]) throws(CannotFit) -> (form: LawForm, warnings: [String]) {
    try Identifiability.form(
      named: name, for: Observations(runs), schedule: schedule, isDenseStudy: isDenseStudy)
  }

  /// Those of the law that was asked for first.
  func ordered<Law>(_ laws: [Law], key: (Law) -> String) -> [Law] {
    guard let name else { return laws }
    return laws.filter { key($0) == name } + laws.filter { key($0) != name }
  }

  /// Whether a published law can conclude where there is no fit.
  func accepts(_ published: PublishedLaw) -> Bool {
    let law = ScalingLaw(published, schedule: schedule)
    return law != nil && (name == nil || law?.form.key == name)
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
  init(_ sweep: Sweep, _ choice: LawChoice) throws(CannotFit) {
    fitted = sweep.runs.filter { $0.role == .fitted }
    heldOut = sweep.runs.filter { $0.role == .heldOut }
    let failure: CannotFit
    do {
      (form, warnings) = try choice.form(for: fitted)
      return
    } catch {
      failure = error
    }
    if !heldOut.isEmpty,
      let (form, warnings) = try? choice.form(for: fitted + heldOut)
    {
      self.form = form
      self.warnings =
        ["nothing was held out: without the held-out runs, \(failure)"] + warnings
      fitted = sweep.runs.filter { $0.role == .fitted || $0.role == .heldOut }
      heldOut = []
      return
    }
    guard sweep.published.contains(where: choice.accepts) else {
      if let name = choice.name, !sweep.published.isEmpty { throw .noPublishedLaw(name) }
      // What is wrong with all runs together, not only with those left after holding out.
      _ = try choice.form(for: fitted + heldOut)
      throw failure
    }
    if !fitted.isEmpty {
      warnings = ["no law was fitted, the published coefficients are used: \(failure)"]
    }
  }
}

extension LawFitter {
  /// A fitter with the objective of a sweep.
  ///
  /// - Parameter huberDelta: that of the sweep, or what `automaticDelta` gave where it has none.
  public init(form: LawForm, runs: [TrainingRun], of sweep: Sweep, huberDelta: Double) {
    self.init(
      form: form, observations: Observations(runs), residual: sweep.residual,
      huberDelta: huberDelta)
  }
}

extension ScalingLaw {
  /// Coefficients as sweep.yml gives them; nil where no law has this name or one is missing.
  ///
  /// Without a name and without a_S and b_S it is the dense law, which knows no sparsity.
  public init?(_ published: PublishedLaw, schedule: PruningSchedule) {
    let isDense = published["a_S"] == nil && published["b_S"] == nil
    let key = published.law ?? (isDense ? Laws.dense : Laws.sparsity).key
    // Of a law with a multiplier a sparsity, the names of the coefficients say which there are.
    let levels = published.coefficients.compactMap { coefficient in
      coefficient.name.hasPrefix("m_") ? Double(coefficient.name.dropFirst(2)) : nil
    }.filter { (0..<1).contains($0) }
    let laws = Laws.all(levels: [0] + levels, schedule: schedule)
    guard let form = laws.first(where: { $0.key == key }) else {
      return nil
    }
    var values: [String: Double] = [:]
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
