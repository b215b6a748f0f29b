import ScalingLaws

/// The numbers that a paper cites, as LaTeX macros.
func latexValues(_ analysis: SweepAnalysis) -> TemplateValues {
  let macros = NumberMacro.unique(
    macros(analysis), prefix: LaTeX.macroPrefix(sweep: analysis.sweep.name))
  let example = macros.first { $0.low != nil } ?? macros.first
  return [
    "sweep": .text(
      analysis.sweep.name.filter {
        $0.isASCII && ($0.isLetter || $0.isNumber || "-_. ".contains($0))
      }),
    "example": .text(example?.name ?? ""),
    "macros": .list(
      macros,
      [
        "macro": { .text($0.name) },
        // With its braces: three in a row would be a tag of another kind.
        "macro_value": { .text("{\(LaTeX.number($0.value))}") },
        "macro_has_interval": { .flag($0.low != nil) },
        "macro_low": { .text("{\(LaTeX.number($0.low ?? ""))}") },
        "macro_high": { .text("{\(LaTeX.number($0.high ?? ""))}") },
      ]),
  ]
}

private func macros(_ analysis: SweepAnalysis) -> [NumberMacro] {
  fitMacros(analysis) + optimumMacros(analysis) + claimMacros(analysis) + patternMacros(analysis)
}

private func fitMacros(_ analysis: SweepAnalysis) -> [NumberMacro] {
  let concluding = analysis.finalFit
  var macros = (concluding?.coefficients ?? analysis.law.coefficients).map {
    NumberMacro($0.name, $0.value, concluding?.uncertainty?.interval(of: $0.name))
  }
  if let fit = analysis.checkFit {
    macros += [
      NumberMacro("fitted runs", exact: NumberText.count(fit.runCount)),
      NumberMacro("objective", fit.objective, digits: 5),
      NumberMacro("rms error", exact: NumberText.percent(fit.rmsRelativeError)),
      NumberMacro("max error", exact: NumberText.percent(fit.maxRelativeError)),
      NumberMacro("starts", exact: NumberText.count(fit.startsTried)),
      NumberMacro("starts at best", exact: NumberText.count(fit.startsReachedBest)),
    ]
  }
  if let check = analysis.holdout {
    macros += [
      NumberMacro("held out runs", exact: NumberText.count(check.runs.count)),
      NumberMacro("held out error", exact: NumberText.percent(check.meanAbsoluteRelativeError)),
      NumberMacro("held out max error", exact: NumberText.percent(check.maxAbsoluteRelativeError)),
    ]
  }
  if let noise = analysis.noise {
    macros.append(NumberMacro("seed noise", exact: NumberText.percent(noise.relativeDeviation)))
  }
  return macros
}

private func optimumMacros(_ analysis: SweepAnalysis) -> [NumberMacro] {
  var macros: [NumberMacro] = []
  if let optimal = analysis.optimalSparsity {
    macros = [
      ("contour slope", optimal.contourSlope), ("density ratio limit", optimal.densityRatioLimit),
    ].compactMap { name, value in value.map { NumberMacro(name, $0, digits: 3) } }
    for result in optimal.accountings {
      macros += result.thresholds.map {
        NumberMacro(
          "\(result.model.accounting.name) threshold \(percentWord($0.sparsity))",
          $0.chinchillaMultiple, $0.interval, digits: 3, unit: "×")
      }
    }
  }
  macros += (analysis.optima?.entries ?? []).map {
    NumberMacro(
      "\($0.accounting) optimum at \(NumberText.setting($0.chinchillaMultiple))", $0.sparsity,
      $0.interval, digits: 3, factor: 100, unit: " %")
  }
  macros += (analysis.multipliers?.entries ?? []).map {
    NumberMacro(
      "multiplier \(percentWord($0.sparsity))", $0.multiplier, $0.interval, digits: 3, unit: "×")
  }
  if let limit = analysis.multipliers?.limit {
    macros.append(
      NumberMacro(
        "multiplier limit", limit, analysis.multipliers?.limitInterval, digits: 3, unit: "×"))
  }
  return macros
}

private func claimMacros(_ analysis: SweepAnalysis) -> [NumberMacro] {
  (analysis.rivals?.claims ?? []).map { claim in
    switch claim.kind {
    case .noDataInteraction:
      NumberMacro("data interaction", claim.exponent, claim.interval, digits: 2)
    case .sameMultiplierAtEverySize:
      NumberMacro("size interaction", claim.exponent, claim.interval, digits: 2)
    }
  }
}

private func patternMacros(_ analysis: SweepAnalysis) -> [NumberMacro] {
  (analysis.patterns?.summaries ?? []).flatMap { summary in
    let name = summary.pattern.description
    return [
      NumberMacro(
        "pattern \(name) excess", summary.excess.value, summary.excess.interval, digits: 3,
        factor: 100, unit: " %"),
      NumberMacro(
        "pattern \(name) multiplier", summary.multiplier.value, summary.multiplier.interval,
        digits: 3, unit: "×"),
      NumberMacro(
        "pattern \(name) share", summary.share.value, summary.share.interval, digits: 2,
        factor: 100, unit: " %"),
    ]
  }
}

/// A sparsity in percent, for a macro's name.
private func percentWord(_ sparsity: Double) -> String {
  NumberText.sparsity(sparsity).filter { $0.isNumber || $0 == "." }
}
