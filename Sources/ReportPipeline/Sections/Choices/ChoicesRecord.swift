import ScalingLaws

/// Whether the headline numbers depend on how the sweep was analysed.
let choiceFields: [Field<SweepAnalysis>] = [
  .record(
    "analysis_choices", { $0.analysisChoices },
    [
      .number("sparsity", .sparsity) { $0.questions.sparsity },
      .wording("over") { .plain(sparsityOrDense($0.questions.over)) },
      .number("multiplier_sparsity", .sparsity) { $0.questions.multiplierSparsity },
      .choice("verdict") { $0.verdict },
      .count("choices", "other way") { $0.rows.count - 1 }.only(.prose),
      .number("lowest_overtake", .multiple) { $0.overtakes.min() },
      .number("highest_overtake", .multiple) { $0.overtakes.max() },
      .texts("moving") { choices in
        choices.named.filter { !$0.outside.isEmpty }.map {
          .inline("\($0.row.choice.name) (\($0.words))")
        }
      }.only(.prose),
      .rows(
        "rows", table: "analysis-choices", { $0.named },
        [
          .text("choice") { $0.row.choice.key }.only([.json, .csv]),
          .wording("name") { .inline($0.row.choice.name) }.only(.prose),
          .count("runs") { $0.row.runs },
        ] + questionFields.map { $0.of(\.row.answers) } + [
          .text("outside") { $0.outside.isEmpty ? nil : $0.words }
        ]),
    ])
]

extension AnalysisChoices {
  fileprivate struct Named: Sendable {
    var row: Row
    var outside: [LawQuestions.Question]
    var words: String { outside.map(\.name).joined(separator: ", ") }
  }

  fileprivate var named: [Named] { rows.map { Named(row: $0, outside: outside($0)) } }

  fileprivate var overtakes: [Double] {
    rows.map(\.answers.overtake.value).filter { !$0.isNaN }
  }
}

extension LawQuestions.Question {
  /// In tables and sentences.
  var name: String {
    switch self {
    case .overtake: "overtake"
    case .multiplier: "multiplier"
    case .threshold: "threshold"
    }
  }
}

extension AnalysisChoices.Choice {
  /// For programs.
  fileprivate var key: String {
    switch self {
    case .standard: "standard"
    case .smallDelta: "huber-delta-0.001"
    case .automaticDelta: "huber-delta-auto"
    case .leastSquares: "least-squares"
    case .otherResidual(let residual): "\(residual.rawValue)-residuals"
    case .withoutLargestSize: "without-largest-size"
    case .withoutLeastData: "without-least-data"
    case .withExcludedRuns: "with-excluded-runs"
    case .seedsAveraged: "seeds-averaged"
    case .law(let key): "law-\(key)"
    }
  }

  /// In tables, figures and sentences: Markdown.
  var name: String {
    switch self {
    case .standard: "as in this report"
    case .smallDelta: "*δ* = 0.001"
    case .automaticDelta: "*δ* from the scatter"
    case .leastSquares: "least squares"
    case .otherResidual(.log): "residuals of log loss"
    case .otherResidual(.linear): "residuals of the loss itself"
    case .withoutLargestSize: "largest size left out"
    case .withoutLeastData: "least data left out"
    case .withExcludedRuns: "excluded runs put back"
    case .seedsAveraged: "seeds averaged"
    case .law(let key): LawText.name(key)
    }
  }
}
