import RunLogs

/// Everything that was computed about one sweep: its study, and what follows from it.
public struct SweepAnalysis: Sendable {
  public typealias Basis = Study.Basis

  /// A run with the part it played and what the check fit says of it.
  public struct RunOutcome: Sendable {
    public var run: TrainingRun
    public var role: RunRole
    /// The loss predicted by the fit that the check rests on.
    public var predicted: Double?
    /// Predicted over measured minus 1.
    public var relativeError: Double? { predicted.map { $0 / run.loss - 1 } }
  }

  public let study: Study
  public let runs: [RunOutcome]
  public let holdout: HoldoutCheck?
  /// Nil without a fit, or where fewer sizes determine no law.
  public let ladder: Ladder?
  /// The size and the data that a budget of dense training is best spent on; nil where the law
  /// does not say.
  public let computeOptimal: ComputeOptimal?
  /// Nil where the law does not know the effect of sparsity.
  public let optimalSparsity: OptimalSparsity?
  /// The best sparsity at round multiples of Chinchilla compute.
  public let optima: OptimaTable?
  /// From where on sparser models do better than denser ones, between measured sparsities.
  public let overtakes: [Overtake]
  /// Multiples by both counts; nil where no run says what k N D leaves out.
  public let computeCounts: ComputeCounts?
  /// By sparsity, and the limit; nil where nothing tells the effect of sparsity. Of a law with free
  /// multipliers where that of the study finds no gain.
  public let multipliers: MultiplierTable?
  public let noise: NoiseFloor?
  /// The same by size and sparsity.
  public let noiseByCell: NoiseByCell?
  /// What changes where runs count by their noise; nil where it is one number.
  public let weighted: WeightedRefit?
  /// Losses straight from the main runs.
  public let measured: MeasuredLosses
  /// Differences between sparsities without a law; nil where no two can be compared.
  public let differences: MeasuredDifferences?
  /// Main runs that differ in their seed alone.
  public let repeatedSettings: RepeatedSettings
  /// The runs that the final fit misses by more than its noise; nil with too few to tell.
  public let outliers: OutlierCheck?
  /// What rests on leaving runs out; nil without a fit or without exclusions.
  public let exclusionLedger: ExclusionLedger?
  /// What the law misses along each axis; empty without a fit.
  public let residualTrends: [ResidualTrend]
  /// What the runs say about each coefficient; nil without intervals.
  public let identifiability: IdentifiabilityReport?
  /// The law against its rivals, and the paper's claims of no interaction.
  public let rivals: RivalComparison?
  /// The same conclusions under every law; nil where laws were not compared.
  public let lawAnswers: LawAnswers?
  /// The headline numbers under other ways to analyse the runs; nil without a fit to several
  /// sparsities.
  public let analysisChoices: AnalysisChoices?
  /// Runs with an N:M pattern, where there are any.
  public let patterns: PatternComparison?
  /// Runs that pruned a trained model, where there are any.
  public let pretrained: PretrainedComparison?
  /// What saved compute must bring in time, and what indices cost in memory.
  public let overheads: Overheads?
  /// Whether every run is dense, none was pruned, and the law knows no effect of sparsity.
  public let isDense: Bool
  /// What a reader must know before trusting the numbers.
  public let warnings: [String]

  public var sweep: Sweep { study.sweep }
  public var basis: Basis { study.basis }
  public var law: ScalingLaw { study.law }
  public var checkFit: FittedLaw? { study.checkFit }
  public var finalFit: FittedLaw? { study.finalFit }
  public var refit: FittedLaw? { study.refit }
  public var published: LiteratureLaw? { study.published }
  public var breakEven: [BreakEvenCurve] { overheads?.breakEven ?? [] }
  public var storage: StorageAnalysis? { overheads?.storage }

  public func runs(_ role: RunRole) -> [TrainingRun] {
    runs.filter { $0.role == role }.map(\.run)
  }

  /// Fits, checks and solves: all the statistics of one sweep.
  ///
  /// Throws `CannotFit` where the runs determine no law and no published one stands in.
  public static func analyse(
    _ sweep: Sweep, options: FitOptions
  ) throws(CannotFit) -> SweepAnalysis {
    SweepAnalysis(try Study(sweep, options: options), options: options)
  }

  /// What follows from a study.
  public init(_ study: Study, options: FitOptions) {
    self.study = study
    let sweep = study.sweep
    isDense = !study.law.respondsToSparsity && !study.law.form.knowsSparsity && sweep.isDense
    let replicates = study.finalFit?.uncertainty?.distribution
    runs = study.outcomes
    holdout = HoldoutCheck(study)
    // Of runs that support no law, data and diagnostics are all there is.
    let concluding = study.concludes ? study : nil
    ladder = concluding.flatMap { Ladder($0, options: options) }
    computeOptimal = concluding.flatMap { ComputeOptimal($0, tolerance: options.tolerance) }
    optimalSparsity = concluding.flatMap { OptimalSparsity($0) }
    optima = optimalSparsity.map {
      OptimaTable($0, tolerance: options.tolerance, replicates: replicates)
    }
    overtakes = concluding.map { Overtake.all($0) } ?? []
    computeCounts = concluding.flatMap { ComputeCounts($0) }
    multipliers = concluding.flatMap { MultiplierTable($0.withFreeMultipliers(options)) }
    repeatedSettings = RepeatedSettings(study.mainRuns)
    let noiseByCell = NoiseByCell(study, repeatedSettings)
    self.noiseByCell = noiseByCell
    noise = noiseByCell?.pooled
    measured = MeasuredLosses(study.mainRuns, noise: noiseByCell)
    differences = MeasuredDifferences(measured, study, overtakes: overtakes)

    let final = study.finalFit
    let observations = Observations(study.concludingRuns)
    let fitter = final.map {
      LawFitter(form: $0.form, runs: $0.runs, of: sweep, huberDelta: $0.huberDelta)
    }
    residualTrends =
      final.map { ResidualTrend.all(observations, relativeErrors: $0.relativeErrors) } ?? []
    if let final, let fitter {
      outliers = OutlierCheck(fitter, fit: final, runs: final.runs)
    } else {
      outliers = nil
    }
    exclusionLedger = concluding.flatMap { ExclusionLedger.measure($0, options: options) }
    if let final, let fitter, let uncertainty = final.uncertainty {
      let clustering = ResidualClustering(observations, relativeErrors: final.relativeErrors)
      warnings = study.warnings + [clustering?.warning].compactMap(\.self)
      identifiability = concluding.map { study in
        IdentifiabilityReport(
          fitter, fit: final, uncertainty: uncertainty, including: study.published?.law,
          threads: options.threads)
      }
    } else {
      warnings = study.warnings
      identifiability = nil
    }

    if let fitter, let noiseByCell {
      weighted = concluding.flatMap { WeightedRefit($0, fitter, noiseByCell) }
    } else {
      weighted = nil
    }

    let ensemble = study.ensemble(seed: options.seed)
    let fitted = final == nil ? nil : concluding
    rivals = fitted.flatMap { RivalComparison.compare($0, options) }
    let answers = LawAnswers(study, rivals, threads: options.threads)
    lawAnswers = answers
    analysisChoices = concluding.flatMap { AnalysisChoices($0, answers, threads: options.threads) }
    let seedDeviation = noise?.relativeDeviation
    let patterns = fitted.flatMap {
      PatternComparison.measure($0.sweep.runs, ensemble: ensemble, seedDeviation: seedDeviation)
    }
    self.patterns = patterns
    pretrained = fitted.flatMap {
      PretrainedComparison.measure(
        $0.sweep.runs, ensemble: ensemble, fittedData: $0.dataRange)
    }
    overheads = concluding.flatMap { Overheads($0, ensemble, patterns) }
  }
}

extension Study {
  /// The range of D of the runs that the conclusions rest on; nil without a fit.
  var dataRange: ClosedRange<Double>? {
    let amounts = concludingRuns.map(\.data)
    guard let low = amounts.min(), let high = amounts.max() else { return nil }
    return low...high
  }

  /// Every run with its part and the prediction of the check fit.
  fileprivate var outcomes: [SweepAnalysis.RunOutcome] {
    let held = Set(heldOut.map(\.name))
    let isDenseOnly = checkFit.map { !$0.law.respondsToSparsity } ?? false
    let predictions = checkFit?.predictions(for: sweep.runs.map(Setting.init))
    return sweep.runs.enumerated().map { index, run in
      var role = run.role
      if role == .heldOut, !held.contains(run.name) { role = .fitted }
      // A dense law says nothing about sparse runs that it was not fitted to.
      let isBeyondLaw =
        isDenseOnly && role == .other || !(checkFit?.form.speaks(of: run.sparsity) ?? true)
      return SweepAnalysis.RunOutcome(
        run: run, role: role, predicted: isBeyondLaw ? nil : predictions?[index])
    }
  }
}

extension RivalComparison {
  /// Nil where a law that knows of sparsity found no effect of it.
  static func compare(_ study: Study, _ options: FitOptions) -> RivalComparison? {
    guard let fit = study.finalFit,
      study.law.respondsToSparsity || !study.law.form.knowsSparsity
    else { return nil }
    return compare(
      concluding: study.law.form.key, fitted: Observations(study.fitted),
      heldOut: Observations(study.heldOut),
      includesHeldOut: study.sweep.refit, schedule: study.schedule,
      residual: study.sweep.residual, huberDelta: fit.huberDelta,
      options: RivalComparison.Options(options))
  }
}

/// What saved compute must bring in time, and what indices cost in memory.
public struct Overheads: Sendable {
  public let breakEven: [BreakEvenCurve]
  public let storage: StorageAnalysis

  /// The sparsities whose break-even efficiency and memory are given.
  private static let sparsities = [0.5, 0.75, 0.875]

  /// Nil where the law does not know the effect of sparsity, or only of sparsities measured.
  init?(_ study: Study, _ ensemble: LawEnsemble, _ patterns: PatternComparison?) {
    guard study.law.respondsToSparsity, study.law.isContinuous else { return nil }
    let multiples = BreakEvenCurve.standardMultiples
    // Where an optimum may jump there is no one efficiency.
    var curves = (study.law.closed == nil ? [] : Self.sparsities).map {
      BreakEvenCurve(
        .optimum, sparsity: $0, multiples: multiples, ensemble: ensemble,
        schedule: study.schedule)
    }
    if let summary = patterns?.summaries.first(where: { $0.pattern == .blocked(n: 2, m: 4) }) {
      curves.append(
        BreakEvenCurve(
          pattern: summary, multiples: multiples, ensemble: ensemble, schedule: study.schedule))
    }
    breakEven = curves
    storage = StorageAnalysis(
      law: study.law, denseParameters: study.referenceParameters, sparsities: Self.sparsities,
      data: study.referenceData, patterns: patterns)
  }
}
