import ScalingLaws

/// Which coefficients the runs determine, and by which runs.
func identifiabilityValues(_ analysis: SweepAnalysis) -> TemplateValues {
  let uncertainty = analysis.finalFit?.uncertainty
  return [
    "has_intervals": .flag(uncertainty != nil),
    "interval_method": .text(uncertainty?.method ?? ""),
    "fresh_checked": .text(
      NumberText.count(uncertainty?.distribution.freshStartCheck.checked ?? 0)),
    "fresh_improved": .text(
      NumberText.count(uncertainty?.distribution.freshStartCheck.improved ?? 0)),
    "identifiability": .chapter(
      analysis.identifiability,
      [
        "determination_rule": { _ in .text(Determination.rule) },
        "determinations": { report in
          .list(
            report.entries,
            [
              "determined_name": { .text(CoefficientText.symbol($0.name)) },
              "determined_verdict": { .text($0.determination.rawValue) },
              "determined_interval": {
                .text($0.interval.map { NumberText.interval($0, 4) } ?? "–")
              },
              "determined_runs": { entry in
                .text(
                  entry.influences.map {
                    "\(Markdown.code($0.run)) (\(NumberText.signedPercent($0.relativeChange, 1)))"
                  }.joined(separator: ", "))
              },
            ])
        },
        "all_determined": { report in
          .flag(report.entries.allSatisfy { $0.determination == .determined })
        },
        "undetermined_names": { report in
          .text(
            Words.list(report.names(.notDetermined).map(CoefficientText.symbol)))
        },
        "has_undetermined": { .flag(!$0.names(.notDetermined).isEmpty) },
        "trade_offs": { report in
          .text(
            report.tradeOffs.map {
              "\(CoefficientText.symbol($0.first)) and \(CoefficientText.symbol($0.second)) "
                + "(\(NumberText.fixed($0.correlation, 2)))"
            }.joined(separator: "; "))
        },
        "has_trade_offs": { .flag(!$0.tradeOffs.isEmpty) },
      ]),
  ]
}
