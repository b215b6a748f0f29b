import Plotting
import ScalingLaws

extension CoefficientsFigure {
  init?(_ analysis: SweepAnalysis) {
    guard let fit = analysis.finalFit, let uncertainty = fit.uncertainty else { return nil }
    let samples = uncertainty.distribution.replicates.map {
      fit.form.coefficients(of: $0, units: fit.units)
    }
    let published = analysis.published?.law.coefficients ?? []
    self.init(
      coefficients: uncertainty.coefficients.enumerated().map { index, coefficient in
        Coefficient(
          name: coefficient.name, samples: samples.map { $0[index].value },
          estimate: coefficient.estimate, interval: coefficient.interval,
          published: published.first { $0.name == coefficient.name }?.value)
      })
  }
}

extension ObjectiveProfileFigure {
  init?(_ analysis: SweepAnalysis) {
    guard let report = analysis.identifiability else { return nil }
    let published = analysis.published
    self.init(
      profiles: report.profiles.map { profile in
        let value = published?.law.coefficients.first { $0.name == profile.exponent }?.value
        var point: DataPoint?
        if let value, let objective = published?.finalObjective {
          point = DataPoint(value, objective)
        }
        return Profile(
          name: profile.exponent,
          points: profile.points.map { DataPoint($0.value, $0.objective) },
          best: DataPoint(profile.best.value, profile.best.objective), published: point)
      })
  }
}
