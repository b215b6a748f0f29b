import RunLogs

extension SweepAnalysis {
  /// Fits, checks and solves: all the statistics of one sweep.
  ///
  /// Throws `CannotFit` where the runs determine no law and no published one stands in.
  public static func analyse(
    _ sweep: Sweep, options: FitOptions
  ) throws(CannotFit) -> SweepAnalysis {
    let published = sweep.published.map { published in
      Published(name: published.name, law: ScalingLaw(published), objective: nil)
    }
    let split = try Split(sweep, hasPublished: published != nil)
    let (fit, refit, warnings) = fits(split, sweep, options)

    let basis: Basis = refit != nil ? .refit : fit != nil ? .fit : .published
    let concluding = refit ?? fit
    guard let law = concluding?.law ?? published?.law else { throw .noRuns }
    let runs = split.fitted + split.heldOut
    let observations = Observations(runs)
    let fittedSparsities = fit == nil ? [] : observations.sparsities
    let listed = OptimalSparsity.listedSparsities(fitted: fittedSparsities)
    let replicates = concluding?.uncertainty?.distribution
    let repeated = RepeatedSettings(runs)

    var analysis = SweepAnalysis(
      sweep: sweep, runs: split.outcomes(fit), fit: fit, refit: refit,
      published: published.map { $0.measured(on: split.fitted, sweep, isFitted: fit != nil) },
      holdout: HoldoutCheck(split, sweep, fit, published), basis: basis, law: law,
      optimalSparsity: OptimalSparsity(
        law: law, compute: sweep.compute, sparsities: listed,
        referenceParameters: observations.sizes.last ?? 1e9,
        largestFittedSparsity: fittedSparsities.last),
      effectiveParameters: [], noise: NoiseFloor(repeated), repeatedSettings: repeated,
      residualTrends: [], breakEven: [],
      warnings: split.warnings + warnings)
    if let replicates { analysis.optimalSparsity?.addIntervals(from: replicates) }
    analysis.optima = analysis.optimalSparsity.map {
      OptimaTable($0, tolerance: options.tolerance, replicates: replicates)
    }
    analysis.measureMultipliers(listed, replicates)
    if let concluding {
      analysis.judgeCoefficients(split, concluding, options)
      analysis.testClaims(split, concluding, options)
    }
    analysis.measureOverheads(observations, concluding, options)
    return analysis
  }

  /// The fit without the held-out runs, the fit with them, and what both warn about.
  private static func fits(
    _ split: Split, _ sweep: Sweep, _ options: FitOptions
  ) -> (fit: LawFit?, refit: LawFit?, warnings: [String]) {
    guard let form = split.form else { return (nil, nil, []) }
    func fitted(_ runs: [TrainingRun], _ form: any ScalingLawForm) -> LawFit {
      let fitter = LawFitter(
        form: form, observations: Observations(runs), residual: sweep.residual,
        huberDelta: sweep.huberDelta)
      var fit = fitter.fit(options)
      if options.bootstrap > 0 {
        fit.uncertainty = Uncertainty(fitter, fit: fit, options: BootstrapOptions(options))
      }
      return fit
    }
    let fit = fitted(split.fitted, form)
    var warnings = Identifiability.warnings(about: fit)
    let all = split.fitted + split.heldOut
    guard sweep.refit, !split.heldOut.isEmpty,
      let (form, _) = try? Identifiability.form(for: Observations(all))
    else { return (fit, nil, warnings) }
    let refit = fitted(all, form)
    warnings += Identifiability.warnings(about: refit).filter { !warnings.contains($0) }
      .map { "fit to all runs: " + $0 }
    return (fit, refit, warnings)
  }

  private mutating func measureMultipliers(
    _ sparsities: [Double], _ replicates: BootstrapDistribution?
  ) {
    guard law.respondsToSparsity else { return }
    effectiveParameters = sparsities.map { sparsity in
      EffectiveParameters(
        sparsity: sparsity, multiplier: law.effectiveParameterMultiplier(sparsity: sparsity),
        interval: replicates?.multiplierInterval(sparsity: sparsity))
    }
    effectiveParameterLimit = law.effectiveParameterLimit
    effectiveParameterLimitInterval = replicates?.multiplierLimitInterval
  }

  private mutating func judgeCoefficients(
    _ split: Split, _ concluding: LawFit, _ options: FitOptions
  ) {
    let included = basis == .refit ? split.fitted + split.heldOut : split.fitted
    let observations = Observations(included)
    residualTrends = ResidualTrend.all(
      observations, relativeErrors: concluding.relativeErrors)
    let fitter = LawFitter(
      form: concluding.form, observations: observations, residual: sweep.residual,
      huberDelta: sweep.huberDelta)
    outliers = OutlierCheck(fitter, fit: concluding, runs: included)
    exclusionLedger = ExclusionLedger.measure(self, included: included, options: options)
    guard let uncertainty = concluding.uncertainty else { return }
    let clustering = ResidualClustering(
      observations, relativeErrors: concluding.relativeErrors)
    if let warning = clustering?.warning { warnings.append(warning) }
    identifiability = IdentifiabilityReport(
      fitter, fit: concluding, uncertainty: uncertainty, including: published?.law,
      threads: options.threads)
  }

  private mutating func testClaims(
    _ split: Split, _ concluding: LawFit, _ options: FitOptions
  ) {
    let schedule = PruningSchedule(sweep.compute)
    if law.respondsToSparsity {
      rivals = RivalComparison.compare(
        fitted: Observations(split.fitted), heldOut: Observations(split.heldOut),
        includesHeldOut: sweep.refit, schedule: schedule, residual: sweep.residual,
        huberDelta: sweep.huberDelta,
        options: RivalComparison.Options(options))
    }
    let ensemble = LawEnsemble(concluding, seed: options.seed)
    guard let ensemble else { return }
    patterns = PatternComparison.measure(
      sweep.runs, ensemble: ensemble, seedDeviation: noise?.relativeDeviation)
    let amounts = (split.fitted + split.heldOut).map(\.data)
    var range: ClosedRange<Double>?
    if let low = amounts.min(), let high = amounts.max() { range = low...high }
    pretrained = PretrainedComparison.measure(
      sweep.runs, ensemble: ensemble, fittedData: range)
  }

  /// The sparsities whose break-even efficiency is given.
  private static let breakEvenSparsities = [0.5, 0.75, 0.875]

  private mutating func measureOverheads(
    _ observations: Observations, _ concluding: LawFit?, _ options: FitOptions
  ) {
    guard law.respondsToSparsity else { return }
    let schedule = PruningSchedule(sweep.compute)
    let ensemble =
      concluding.flatMap { LawEnsemble($0, seed: options.seed) } ?? LawEnsemble(law: law)
    let multiples = BreakEvenCurve.standardMultiples
    breakEven = Self.breakEvenSparsities.map {
      BreakEvenCurve(
        .optimum, sparsity: $0, multiples: multiples, ensemble: ensemble, schedule: schedule)
    }
    if let summary = patterns?.summaries.first(where: { $0.pattern == .blocked(n: 2, m: 4) }) {
      breakEven.append(
        BreakEvenCurve(
          pattern: summary, multiples: multiples, ensemble: ensemble, schedule: schedule))
    }
    let model = ComputeModel(law: law, accounting: .dense, flopsPerParameter: 1)
    let size = observations.sizes.last ?? 1e9
    storage = StorageAnalysis(
      law: law, denseParameters: size, sparsities: [0.5, 0.75, 0.875],
      data: observations.dataAmounts.last ?? model.chinchillaData(nonZeroParameters: size),
      patterns: patterns)
  }
}
