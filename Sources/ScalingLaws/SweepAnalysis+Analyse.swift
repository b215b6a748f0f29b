import Fitting
import Foundation
import RunLogs

extension SweepAnalysis {
  /// Fits, checks and solves: all the statistics of one sweep.
  ///
  /// Throws `CannotFit` where the runs determine no law and no published one stands in.
  public static func analyse(
    _ sweep: Sweep, options: FitOptions
  ) throws(CannotFit) -> SweepAnalysis {
    var warnings: [String] = []
    let published = sweep.published.map { published in
      Published(name: published.name, law: ScalingLaw(published), objective: nil)
    }
    let split = try Split(sweep, hasPublished: published != nil)
    warnings += split.warnings

    func fitted(_ runs: [TrainingRun], _ form: any ScalingLawForm) -> LawFit {
      LawFitter(
        form: form, observations: Observations(runs), residual: sweep.residual,
        huberDelta: sweep.huberDelta
      ).fit(options)
    }
    var fit: LawFit?
    var refit: LawFit?
    if let form = split.form {
      let check = fitted(split.fitted, form)
      fit = check
      warnings += Identifiability.warnings(about: check)
      if sweep.refit, !split.heldOut.isEmpty,
        let (form, _) = try? Identifiability.form(
          for: Observations(split.fitted + split.heldOut))
      {
        let all = fitted(split.fitted + split.heldOut, form)
        refit = all
        let known = Set(warnings)
        warnings += Identifiability.warnings(about: all).map { "refit: " + $0 }
          .filter { !known.contains(String($0.dropFirst("refit: ".count))) }
      }
    }

    let basis: Basis = refit != nil ? .refit : fit != nil ? .fit : .published
    guard let law = refit?.law ?? fit?.law ?? published?.law else { throw .noRuns }
    let observations = Observations(split.fitted + split.heldOut)
    let fittedSparsities = fit == nil ? [] : observations.sparsities
    let listed = OptimalSparsity.listedSparsities(fitted: fittedSparsities)
    let optimal = OptimalSparsity(
      law: law, compute: sweep.compute, sparsities: listed,
      referenceParameters: observations.sizes.last ?? 1e9,
      largestFittedSparsity: fittedSparsities.last)

    return SweepAnalysis(
      sweep: sweep, runs: split.outcomes(fit), fit: fit, refit: refit,
      published: published.map { $0.measured(on: split.fitted, sweep, isFitted: fit != nil) },
      holdout: holdoutCheck(split, sweep, fit, published), basis: basis, law: law,
      optimalSparsity: optimal,
      effectiveParameters: law.respondsToSparsity
        ? listed.map {
          EffectiveParameters(
            sparsity: $0, multiplier: law.effectiveParameterMultiplier(sparsity: $0))
        } : [],
      effectiveParameterLimit: law.respondsToSparsity ? law.effectiveParameterLimit : nil,
      noise: NoiseFloor(split.fitted + split.heldOut), warnings: warnings)
  }

  private static func holdoutCheck(
    _ split: Split, _ sweep: Sweep, _ fit: LawFit?, _ published: Published?
  ) -> HoldoutCheck? {
    guard !split.heldOut.isEmpty else { return nil }
    let settings = split.heldOut.map(Setting.init)
    let publishedPredictions = published.map { published in settings.map(published.law.loss) }
    guard let predictions = fit?.predictions(for: settings) ?? publishedPredictions else {
      return nil
    }
    return HoldoutCheck(
      rule: sweep.holdout.description, predictor: fit == nil ? .published : .fit,
      runs: split.heldOut.indices.map { index in
        HoldoutCheck.Run(
          run: split.heldOut[index], predicted: predictions[index],
          publishedPrediction: publishedPredictions?[index])
      })
  }
}

extension SweepAnalysis.Published {
  /// With the objective on the runs that were fitted.
  fileprivate func measured(on runs: [TrainingRun], _ sweep: Sweep, isFitted: Bool) -> Self {
    guard isFitted, !runs.isEmpty else { return self }
    let residual: ExponentialSumObjective.Residual = sweep.residual == .log ? .log : .linear
    let loss = Loss.huber(delta: sweep.huberDelta)
    let total = runs.reduce(0) { sum, run in
      sum + loss.value(residual(predicted: law.loss(Setting(run)), measured: run.loss))
    }
    var copy = self
    copy.objective = total / Double(runs.count)
    return copy
  }
}

extension ScalingLaw {
  /// Coefficients as sweep.yml gives them.
  public init(_ published: PublishedCoefficients) {
    self.init(
      aS: published.aS, bS: published.bS, cS: published.cS, bN: published.bN,
      aD: published.aD, bD: published.bD, c: published.c)
  }

  /// The predicted loss.
  public func loss(_ setting: Setting) -> Double {
    loss(
      nonZeroParameters: setting.nonZeroParameters, sparsity: setting.sparsity,
      data: setting.data)
  }
}
