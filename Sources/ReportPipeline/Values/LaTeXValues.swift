import ScalingLaws

/// The numbers that a paper cites, as LaTeX macros.
func latexValues(_ analysis: SweepAnalysis) -> TemplateValues {
  [
    "sweep": .text(
      analysis.sweep.name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }),
    "macros": .list(
      macros(analysis),
      ["macro": { .text($0.name) }, "macro_value": { .text("{\(LaTeX.number($0.value))}") }]),
  ]
}

private struct Macro {
  var name: String
  var value: String
}

private func macros(_ analysis: SweepAnalysis) -> [Macro] {
  let prefix = LaTeX.macroName(analysis.sweep.name)
  var macros: [Macro] = []
  func add(_ name: String, _ value: String) {
    macros.append(Macro(name: prefix + LaTeX.macroName(name), value: value))
  }
  for coefficient in analysis.concludingFit?.coefficients ?? analysis.law.coefficients {
    add(coefficient.name, NumberText.significant(coefficient.value))
  }
  if let fit = analysis.fit {
    add("fitted runs", NumberText.count(fit.runCount))
    add("objective", NumberText.significant(fit.objective, 5))
    add("rms error", NumberText.percent(fit.rmsRelativeError))
  }
  if let check = analysis.holdout {
    add("held out runs", NumberText.count(check.runs.count))
    add("held out error", NumberText.percent(check.meanAbsoluteRelativeError))
  }
  for result in analysis.optimalSparsity?.accountings ?? [] {
    for threshold in result.thresholds {
      add(
        "\(result.model.accounting.name) threshold \(sparsityWord(threshold.sparsity))",
        NumberText.multiple(threshold.chinchillaMultiple))
    }
  }
  for entry in analysis.effectiveParameters {
    add("multiplier \(sparsityWord(entry.sparsity))", NumberText.multiple(entry.multiplier))
  }
  return macros
}

/// A sparsity in percent, for a macro's name.
private func sparsityWord(_ sparsity: Double) -> String {
  NumberText.sparsity(sparsity).filter { $0.isNumber || $0 == "." }
}
