import Fitting
import RunLogs

/// The headline conclusions where runs count by how noisy they are.
public struct WeightedRefit: Sendable {
  public struct Answer: Sendable, Equatable {
    public var value: Double
    /// Of the fit that takes all runs as equal.
    public var interval: ClosedRange<Double>?
    public var weighted: Double
  }

  public var questions: LawQuestions
  public var overtake: Answer
  public var multiplier: Answer
  public var threshold: Answer

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
    func answer(_ question: (ScalingLaw) -> Double) -> Answer {
      Answer(
        value: question(final.law),
        interval: final.uncertainty?.distribution.interval(of: question), weighted: question(law))
    }
    self.questions = questions
    overtake = answer(questions.overtake)
    multiplier = answer(questions.multiplier)
    threshold = answer { questions.threshold($0) }
  }
}
