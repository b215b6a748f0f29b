import RunLogs

extension HoldoutCheck {
  /// Predicts the held-out runs by `fit`, else by the published law; nil where there is nothing
  /// to predict or nothing to predict it with.
  init?(_ split: Split, _ sweep: Sweep, _ fit: LawFit?, _ published: SweepAnalysis.Published?) {
    guard !split.heldOut.isEmpty else { return nil }
    let settings = split.heldOut.map(Setting.init)
    let publishedPredictions = published.map { published in settings.map(published.law.loss) }
    guard let predictions = fit?.predictions(for: settings) ?? publishedPredictions else {
      return nil
    }
    rule = sweep.holdout.description
    predictor = fit == nil ? .published : .fit
    runs = split.heldOut.indices.map { index in
      Run(
        run: split.heldOut[index], predicted: predictions[index],
        publishedPrediction: publishedPredictions?[index])
    }
    if let distribution = fit?.uncertainty?.distribution { addIntervals(from: distribution) }
  }
}
