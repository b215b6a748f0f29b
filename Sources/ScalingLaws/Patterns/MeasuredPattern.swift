import Foundation
import RunLogs

/// One run with an N:M pattern and what every replicate of the law says of it.
struct MeasuredPattern {
  var run: TrainingRun
  var pattern: SparsityPattern { run.pattern }
  var predicted: Double
  /// Measured over predicted loss.
  var lossRatio: Sample
  var multiplier: Sample
  var unstructuredMultiplier: Sample
  var partners: [TrainingRun]
  /// Measured over a partner's measured loss, over the same ratio of predictions.
  var pairedRatio: Sample?

  init(
    _ run: TrainingRun, index: Int, partners: [TrainingRun], ensemble: LawEnsemble,
    seedDeviation: Double?
  ) {
    self.run = run
    self.partners = partners
    let setting = Setting(run)
    predicted = ensemble.law.loss(setting)
    lossRatio = ensemble.sample(loss: run.loss, run: index) { $1 / $0.loss(setting) }
    multiplier = ensemble.sample(loss: run.loss, run: index) { law, loss in
      (law.denseParameters(forLoss: loss, data: setting.data) ?? .infinity)
        / setting.nonZeroParameters
    }
    unstructuredMultiplier = ensemble.sample {
      $0.effectiveParameterMultiplier(
        sparsity: setting.sparsity, nonZeroParameters: setting.nonZeroParameters,
        data: setting.data)
    }
    guard let partner = partners.first.map(Setting.init) else { return }
    let count = Double(partners.count)
    let partnerLoss = exp(partners.reduce(0) { $0 + log($1.loss) } / count)
    // Both sides vary from seed to seed, the partners' mean the less the more there are.
    let deviation =
      (seedDeviation ?? ensemble.residualDeviation) * (1 + 1 / count).squareRoot()
    pairedRatio = ensemble.sample(loss: run.loss, run: index, deviation: deviation) { law, loss in
      (loss / partnerLoss) / (law.loss(setting) / law.loss(partner))
    }
  }

  func result(level: Double) -> PatternComparison.Run {
    PatternComparison.Run(
      run: run, predicted: predicted, excess: lossRatio.estimate(level: level).minusOne,
      multiplier: multiplier.estimate(level: level),
      unstructuredMultiplier: unstructuredMultiplier.estimate(level: level),
      paired: pairedRatio.map {
        PatternComparison.Paired(
          partners: partners.map(\.name), excess: $0.estimate(level: level).minusOne)
      })
  }
}

extension Estimate {
  /// A ratio as a relative difference.
  var minusOne: Estimate {
    Estimate(value - 1, interval: interval.map { ($0.lowerBound - 1)...($0.upperBound - 1) })
  }
}

extension SparsityPattern {
  /// n and m of an N:M pattern.
  var block: (n: Int, m: Int)? {
    guard case .blocked(let n, let m) = self, m > 0 else { return nil }
    return (n, m)
  }

  /// 1 − n / m of an N:M pattern, else 0.
  var nominalSparsity: Double {
    block.map { 1 - Double($0.n) / Double($0.m) } ?? 0
  }
}
