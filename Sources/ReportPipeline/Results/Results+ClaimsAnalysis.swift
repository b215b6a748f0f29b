import ScalingLaws

extension Results.EstimateEntry {
  init(_ estimate: Estimate) {
    value = Number(estimate.value)
    interval = Interval(estimate.interval)
  }

  init?(_ estimate: Estimate?) {
    guard let estimate else { return nil }
    self.init(estimate)
  }
}

extension Results.ResidualTrendEntry {
  init(_ trend: ResidualTrend) {
    axis = trend.axis.rawValue
    value = Number(trend.value)
    runs = trend.runs
    mean = Number(trend.mean)
    standardError = Number(trend.standardError)
  }
}

extension Results.DeterminationEntry {
  init(_ entry: IdentifiabilityReport.Entry) {
    coefficient = entry.name
    verdict = entry.determination.rawValue
    influences = entry.influences.map {
      InfluenceEntry(run: $0.run, relativeChange: Number($0.relativeChange))
    }
  }
}

extension Results.RivalsSection {
  init(_ comparison: RivalComparison) {
    laws = comparison.rows.map { row in
      Law(
        law: row.key, formula: row.formula,
        coefficients: Results.numbers(row.fit.coefficients),
        freeCoefficients: row.freeCoefficients, isDetermined: row.isDetermined,
        objective: Number(row.objective),
        informationExcess: Number(row.informationExcess),
        leaveOneSizeOutError: Number(row.leaveOneSizeOutError),
        leaveOneSizeOutInterval: Interval(row.leaveOneSizeOutInterval),
        heldOutError: Number(row.heldOutError), shareBest: Number(row.shareBest))
    }
    sizesLeftOut = comparison.sizesLeftOut.count
    sizesSkipped = comparison.sizesSkipped.count
    replicates = comparison.rankingReplicates
    claims = comparison.claims.map { claim in
      Claim(
        claim: claim.kind.rawValue, exponent: claim.exponentName,
        value: Number(claim.exponent), interval: Interval(claim.interval),
        lossChange: Number(claim.lossChange), lossChangeLimit: Number(claim.lossChangeLimit),
        noticeableChange: Number(claim.noticeableChange), verdict: claim.verdict.rawValue)
    }
  }
}

extension Results.PatternsSection {
  init(_ comparison: PatternComparison) {
    runs = comparison.runs.map { run in
      Run(
        run: run.run.name, pattern: run.run.pattern.description,
        predicted: Number(run.predicted), excess: .init(run.excess),
        pairedExcess: .init(run.paired?.excess), multiplier: .init(run.multiplier))
    }
    patterns = comparison.summaries.map { summary in
      Pattern(
        pattern: summary.pattern.description, runs: summary.runs, excess: .init(summary.excess),
        multiplier: .init(summary.multiplier),
        unstructuredMultiplier: .init(summary.unstructuredMultiplier),
        share: .init(summary.share))
    }
    contrasts = comparison.contrasts.map { contrast in
      Contrast(
        lowerSparsity: Number(contrast.lowerSparsity),
        higherSparsity: Number(contrast.higherSparsity), ratio: .init(contrast.ratio),
        verdict: contrast.advantage.rawValue)
    }
  }
}

extension Results.PretrainedSection {
  init(_ comparison: PretrainedComparison) {
    agreement = comparison.agreement.rawValue
    runs = comparison.runs.map { run in
      Run(
        run: run.run.name, pruningData: Number(run.pruningData),
        parentData: Number(run.parentData), scratchData: .init(run.scratchData),
        multipleOfPruning: .init(run.multipleOfPruning),
        multipleOfBoth: .init(run.multipleOfBoth), verdict: run.verdict.rawValue)
    }
  }
}

extension Results.BreakEvenEntry {
  init(_ curve: BreakEvenCurve) {
    label = curve.label
    question = curve.question.rawValue
    sparsity = Number(curve.sparsity)
    points = curve.points.map { point in
      Point(
        chinchillaMultiple: Number(point.chinchillaMultiple),
        efficiency: Number(point.breakEven.value), interval: Interval(point.interval))
    }
  }
}

extension Results.StorageEntry {
  init(_ row: StorageTable.Row) {
    format = row.format.name
    sparsity = Number(row.sparsity)
    bytes = Number(row.bytes)
    shareOfDense = Number(row.shareOfDense)
  }
}
