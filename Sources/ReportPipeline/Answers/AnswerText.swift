import ScalingLaws

/// What the answers of several commands have in common.
enum AnswerText {
  /// Which law an answer rests on.
  static func law(_ analysis: SweepAnalysis) -> String {
    let sweep = analysis.sweep.name
    switch analysis.basis {
    case .refit:
      let count = analysis.study.concludingRuns.count
      return "law fitted to all \(NumberText.count(count)) runs of \(sweep)"
    case .fit:
      return "law fitted to \(Words.count(analysis.runs(.fitted).count, "run")) of \(sweep)"
    case .published:
      return "published coefficients of \(analysis.published?.name ?? sweep)"
    }
  }

  /// A loss to four decimals, or to five digits where four decimals would say too little.
  static func loss(_ loss: Number?) -> String {
    guard let loss = loss?.value else { return "too large to say" }
    return (0.01..<1e4).contains(loss)
      ? NumberText.fixed(loss, 4) : NumberText.significant(loss, 5)
  }
}
