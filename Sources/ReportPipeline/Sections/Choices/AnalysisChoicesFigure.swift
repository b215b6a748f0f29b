import Plotting
import ScalingLaws

/// The headline numbers when one choice of the analysis is changed.
package struct AnalysisChoicesFigure: SweepFigure {
  package static let name = "answers-by-choice"

  package var answers: AnswersFigure

  package init(answers: AnswersFigure) { self.answers = answers }

  init?(_ sweep: FigureSweep) {
    guard let choices = sweep.analysis.analysisChoices else { return nil }
    self.init(
      answers: AnswersFigure(
        choices.questions,
        rows: choices.rows.map { row in
          AnswerRow(
            name: row.choice.name,
            kind: row.choice == .standard ? .own : choices.outside(row).isEmpty ? .near : .far,
            answers: row.answers.all)
        }, words: [.near: "in keeping", .far: "moved"]))
  }

  package var isDrawable: Bool { answers.rows.count > 1 }
  package func figure() -> Figure { answers.figure(Self.name) }
}
