import ScalingLaws

extension SweepAnalysis {
  /// Throws where the runs support no law: then nothing can be asked of it.
  func refuseWithoutLaw() throws(PipelineError) {
    guard let support = study.support, !support.isGiven else { return }
    throw .invalid(["\(sweep.name): these runs do not support a law: \(support.reason)"])
  }
}

/// What the answers of several commands have in common.
enum AnswerText {
  /// An answer as JSON, without the break at its end.
  static func json<Answer>(_ answer: Answer, _ fields: [Field<Answer>]) -> String {
    String(decoding: Record(answer, fields).json.document.dropLast(), as: UTF8.self)
  }

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

  /// What to know of an answer outside of the runs.
  static func reach(_ reach: Reach?) -> [String] {
    reach.map { $0.warnings.map { "warning: \($0)" } }
      ?? ["note: no run was fitted, so how far this extrapolates is not known"]
  }

  /// A loss with its unit.
  static func loss(_ loss: Double, _ unit: String = "") -> String {
    guard loss.isFinite else { return "too large to say" }
    return Style.loss.text(loss) + (unit.isEmpty ? "" : " " + unit)
  }
}
