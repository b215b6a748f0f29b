import Fitting
import RunLogs

/// The headline conclusions where runs count by how noisy they are.
public struct WeightedRefit: Sendable {
  public var questions: LawQuestions
  /// Of the fit that takes all runs as equal, with intervals.
  public var equal: LawQuestions.Answers
  public var weighted: LawQuestions.Answers

  /// The answers that weights move out of their intervals.
  public var outside: [LawQuestions.Question] {
    LawQuestions.Question.allCases.filter { question in
      equal[question].interval.map { !$0.contains(weighted[question].value) } ?? false
    }
  }

  /// Fits the final law again with weights 1 / σ², of mean 1, where σ is the deviation of a run's
  /// cell, shrunk to the pooled one (`NoiseByCell.Cell.shrunkDeviation`); δ stays as it was.
  ///
  /// Nil where fewer than two cells have repeats, so that all weights are one.
  init?(_ study: Study, _ fitter: LawFitter, _ noise: NoiseByCell) {
    guard let final = study.finalFit, let questions = LawQuestions(study),
      noise.cells.count(where: { $0.noise != nil }) > 1
    else { return nil }
    let precisions = final.runs.map { run in
      let deviation = noise.deviation(of: run)
      return 1 / (deviation * deviation)
    }
    let mean = precisions.reduce(0, +) / Double(precisions.count)
    guard mean.isFinite else { return nil }
    let refit = fitter.refine(
      fitter.objective.reweighted(precisions.map { $0 / mean }), from: final.parameters,
      freshStarts: 20, seed: 0)
    let law = ScalingLaw(form: fitter.form, parameters: refit.parameters, units: fitter.units)
    self.questions = questions
    equal = questions.answers(final)
    weighted = questions.answers(law)
  }
}
