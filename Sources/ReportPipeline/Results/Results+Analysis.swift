import RunLogs
import ScalingLaws

extension Results {
  /// The numbers of an analysis.
  public init(_ analysis: SweepAnalysis) {
    let sweep = analysis.sweep
    self.sweep = SweepSection(
      name: sweep.name, title: sweep.title, lossUnit: sweep.lossUnit, dataUnit: sweep.dataUnit)
    runs = RunsSection(analysis)
    fit = analysis.checkFit.map { FitSection($0, sweep) }
    refit = analysis.refit.map { FitSection($0, sweep) }
    published = analysis.published.map { published in
      PublishedSection(
        name: published.name, coefficients: Self.numbers(published.law.coefficients),
        objective: Number(published.checkObjective))
    }
    holdout = analysis.holdout.map(HoldoutSection.init)
    optimalSparsity = analysis.optimalSparsity.map {
      OptimalSparsitySection($0, analysis.optima, basis: analysis.basis)
    }
    effectiveParameters = analysis.multipliers?.entries.map {
      EffectiveParametersEntry(
        sparsity: Number($0.sparsity), multiplier: Number($0.multiplier),
        interval: Interval($0.interval))
    }
    effectiveParametersLimit = analysis.multipliers?.limit.map {
      LimitEntry(
        multiplier: Number($0), interval: Interval(analysis.multipliers?.limitInterval))
    }
    noise = analysis.noise.map {
      NoiseSection(
        groups: $0.groups, runs: $0.runs, relativeSD: Number($0.relativeDeviation),
        settings: analysis.repeatedSettings.groups.map(RepeatedSettingEntry.init))
    }
    if !analysis.findings.isEmpty { findings = analysis.findings.map(FindingEntry.init) }
    outliers = analysis.outliers.map(OutliersSection.init)
    exclusionLedger = analysis.exclusionLedger.map(ExclusionLedgerSection.init)
    if !analysis.residualTrends.isEmpty {
      residualTrends = analysis.residualTrends.map(ResidualTrendEntry.init)
    }
    identifiability = analysis.identifiability?.entries.map(DeterminationEntry.init)
    rivals = analysis.rivals.map(RivalsSection.init)
    patterns = analysis.patterns.map(PatternsSection.init)
    pretrained = analysis.pretrained.map(PretrainedSection.init)
    if !analysis.breakEven.isEmpty { breakEven = analysis.breakEven.map(BreakEvenEntry.init) }
    storage = analysis.storage?.table.rows.map(StorageEntry.init)
    warnings = analysis.warnings + sweep.warnings
  }

  static func numbers(_ coefficients: [Coefficient]) -> [String: Number] {
    var numbers: [String: Number] = [:]
    for coefficient in coefficients {
      numbers[coefficient.name] = Number(coefficient.value)
    }
    return numbers
  }
}

extension Results.RunsSection {
  init(_ analysis: SweepAnalysis) {
    read = analysis.sweep.runsRead
    fitted = analysis.runs(.fitted).count
    heldOut = analysis.runs(.heldOut).count
    excluded = analysis.sweep.exclusions.map { Excluded(run: $0.run, why: $0.why) }
    missingFiles = analysis.sweep.missingFiles.map(\.path)
    table = analysis.runs.map { outcome in
      Row(
        run: outcome.run.name, nonzeroParams: Number(outcome.run.nonZeroParameters),
        denseParams: Number(outcome.run.denseParameters),
        sparsity: Number(outcome.run.sparsity), data: Number(outcome.run.data),
        loss: Number(outcome.run.loss), pattern: outcome.run.pattern.description,
        parent: outcome.run.parent, role: outcome.role.rawValue,
        predicted: Number(outcome.predicted), relativeError: Number(outcome.relativeError))
    }
  }
}

extension Results.FitSection {
  init(_ fit: FittedLaw, _ sweep: Sweep) {
    law = fit.form.key
    formula = fit.form.formula
    residual = sweep.residual.rawValue
    huberDelta = Number(sweep.huberDelta)
    runs = fit.runCount
    objective = Number(fit.objective)
    coefficients = Results.numbers(fit.coefficients)
    intervals = fit.uncertainty.map(Results.IntervalsSection.init)
    starts = Starts(tried: fit.startsTried, reachedBest: fit.startsReachedBest)
    termination = fit.termination.rawValue
    otherMinima = fit.otherMinima.map {
      Minimum(objective: Number($0.objective), starts: $0.starts)
    }
    rmsRelativeError = Number(fit.rmsRelativeError)
    maxRelativeError = Number(fit.maxRelativeError)
    conditionNumber = Number(fit.conditionNumber)
    warnings = Identifiability.warnings(about: fit)
  }
}

extension Results.IntervalsSection {
  init(_ uncertainty: Uncertainty) {
    var intervals: [String: Interval] = [:]
    for coefficient in uncertainty.coefficients {
      intervals[coefficient.name] = Interval(coefficient.interval)
    }
    self.init(
      level: uncertainty.level, method: uncertainty.method, coefficients: intervals)
  }
}

extension Results.HoldoutSection {
  init(_ check: HoldoutCheck) {
    rule = check.rule
    predictor = check.predictor.rawValue
    runs = check.runs.map { held in
      Row(
        run: held.run.name, nonzeroParams: Number(held.run.nonZeroParameters),
        sparsity: Number(held.run.sparsity), data: Number(held.run.data),
        measured: Number(held.run.loss), predicted: Number(held.predicted),
        interval: Interval(held.interval), relativeError: Number(held.relativeError),
        publishedPrediction: Number(held.publishedPrediction))
    }
    meanAbsRelativeError = Number(check.meanAbsoluteRelativeError)
    maxAbsRelativeError = Number(check.maxAbsoluteRelativeError)
  }
}

extension Results.OptimalSparsitySection {
  init(_ optimal: OptimalSparsity, _ optima: OptimaTable?, basis: SweepAnalysis.Basis) {
    self.basis = basis.rawValue
    contourSlope = Number(optimal.contourSlope)
    referenceParams = Number(optimal.referenceParameters)
    largestFittedSparsity = Number(optimal.largestFittedSparsity)
    accountings = [:]
    for result in optimal.accountings {
      accountings[result.model.accounting.name] = AccountingEntry(
        thresholds: result.thresholds.map { threshold in
          Threshold(
            sparsity: Number(threshold.sparsity),
            chinchillaMultiple: Number(threshold.chinchillaMultiple),
            interval: Interval(threshold.interval),
            isExtrapolated: optimal.largestFittedSparsity.map { threshold.sparsity > $0 + 1e-9 },
            unconstrainedDense: threshold.unconstrainedDense.map {
              UnconstrainedDenseEntry(
                sizeRatio: Number($0.sizeRatio),
                reducibleLossRatio: Number($0.reducibleLossRatio), lossGap: Number($0.lossGap))
            })
        })
    }
    densityRatios = optimal.densityRatios.map {
      DensityRatioEntry(
        chinchillaMultiple: Number($0.chinchillaMultiple),
        denseAccounting: Number($0.denseAccounting),
        sparseAccounting: Number($0.sparseAccounting), densityRatio: Number($0.ratio))
    }
    densityRatioLimit = Number(optimal.densityRatioLimit)
    tolerance = Number(optima?.tolerance)
    self.optima = optima?.entries.map { entry in
      OptimumEntry(
        accounting: entry.accounting, chinchillaMultiple: Number(entry.chinchillaMultiple),
        sparsity: Number(entry.sparsity), interval: Interval(entry.interval),
        nearOptimal: Interval(entry.nearOptimal), loss: Number(entry.loss))
    }
  }
}
