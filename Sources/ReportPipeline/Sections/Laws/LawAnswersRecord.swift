import ScalingLaws

/// The same conclusions under every law: those fitted to the runs, and those of the literature.
let lawAnswerFields: [Field<SweepAnalysis>] = [
  .record(
    "law_questions", { $0.lawAnswers },
    [
      .number("sparsity", .sparsity) { $0.questions.sparsity },
      .wording("over") { .plain(sparsityOrDense($0.questions.over)) },
      .number("multiplier_sparsity", .sparsity) { $0.questions.multiplierSparsity },
      .count("replicates") { $0.replicates },
    ]),
  .rows("laws", table: "law-answers", { $0.lawAnswers?.rows }, answerFields),
  .record(
    "laws_near_best", { answers in answers.lawAnswers.flatMap { NearBest($0) } },
    [
      .number("rule", .setting) { _ in LawAnswers.nearBest },
      .count("count", "law") { $0.answers.rows.count { $0.isNearBest } },
      .choice("verdict") { $0.answers.verdict },
      .number("lowest_overtake", .multiple) { $0.range.lowerBound },
      .number("highest_overtake", .multiple) { $0.range.upperBound },
    ]),
  .rows(
    "literature", { analysis in LiteratureRow.all(analysis.study) }, literatureFields),
  .record(
    "literature_table",
    { analysis in
      guard !analysis.isDense else { return nil }
      return LiteratureRow.all(analysis.study).flatMap { $0.count > 1 ? $0 : nil }
    },
    [
      .number("sparsity", .sparsity) { $0.first?.questions.sparsity },
      .wording("over") { $0.first.map { .plain(sparsityOrDense($0.questions.over)) } },
      .number("multiplier_sparsity", .sparsity) { $0.first?.questions.multiplierSparsity },
      .rows("laws", { $0 }, literatureFields),
    ]
  ).only(.prose),
]

/// `dense` for a sparsity of 0.
func sparsityOrDense(_ sparsity: Double) -> String {
  sparsity == 0 ? "dense" : Style.sparsity.text(sparsity)
}

private struct NearBest: Sendable {
  var answers: LawAnswers
  var range: ClosedRange<Double>

  init?(_ answers: LawAnswers) {
    guard let range = answers.overtakeRange else { return nil }
    self.answers = answers
    self.range = range
  }
}

/// What a law says to the three questions.
let questionFields: [Field<LawQuestions.Answers>] = [
  .number("overtake", .multiple, interval: { $0.overtake.interval }) { $0.overtake.value }
    .withOwnInterval(),
  .number("multiplier", .multiple, interval: { $0.multiplier.interval }) { $0.multiplier.value }
    .withOwnInterval(),
  .number("threshold", .multiple, interval: { $0.threshold.interval }) { $0.threshold.value }
    .withOwnInterval(),
]

private let answerFields: [Field<LawAnswers.Row>] =
  [
    .text("law") { $0.key }.only([.json, .csv]),
    .wording("name") { .inline(LawText.name($0.key)) }.only(.prose),
    .flag("is_near_best") { $0.isNearBest },
  ] + questionFields.map { $0.of(\.answers) } + [
    .number("leave_one_size_out", .percent(2)) { $0.leaveOneSizeOutError }
  ]

/// What follows from one law of the literature.
private struct LiteratureRow: Sendable {
  var entry: LiteratureLaw
  var questions: LawQuestions
  var sparse: Accounting

  static func all(_ study: Study) -> [LiteratureRow]? {
    guard !study.literature.isEmpty, let questions = LawQuestions(study) else { return nil }
    return study.literature.map {
      LiteratureRow(entry: $0, questions: questions, sparse: .sparse(study.schedule))
    }
  }

  func threshold(_ sparsity: Double, _ accounting: Accounting) -> Double {
    questions.threshold(entry.law, sparsity: sparsity, accounting)
  }
}

private let literatureFields: [Field<LiteratureRow>] = [
  .text("name") { $0.entry.name },
  .text("law") { $0.entry.law.form.key },
  .text("note") { $0.entry.note },
  .number("objective", .significant(5)) { $0.entry.checkObjective },
  .number("sparsity", .sparsity) { $0.questions.sparsity },
  .number("overtake", .multiple) { $0.questions.overtake($0.entry.law) },
  .number("multiplier_sparsity", .sparsity) { $0.questions.multiplierSparsity },
  .number("multiplier", .multiple) { $0.questions.multiplier($0.entry.law) },
  .number("dense_half", .multiple) { $0.threshold(0.5, .dense) },
  .number("sparse_half", .multiple) { $0.threshold(0.5, $0.sparse) },
  .number("dense_three_quarters", .multiple) { $0.threshold(0.75, .dense) },
  .number("sparse_three_quarters", .multiple) { $0.threshold(0.75, $0.sparse) },
]
