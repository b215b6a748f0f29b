import Fitting
import Foundation

extension InteractionClaim {
  /// Fits the paper's law, the first of `laws`, and each of its extensions among the others to
  /// the same replicates of the extension's losses.
  ///
  /// - Parameters:
  ///   - bootstraps: of each law, with the replicates of its own fit.
  ///   - observations: what they were fitted to.
  static func measure(
    _ laws: [(fitter: RivalFitter, fit: FittedLaw)],
    _ bootstraps: [(bootstrap: Bootstrap, distribution: BootstrapDistribution)],
    _ observations: Observations, options: RivalComparison.Options
  ) -> [InteractionClaim] {
    guard let base = laws.first, let design = Ends(observations) else { return [] }
    let before = base.fitter.predictions(at: base.fit.parameters)
    let errors = base.fit.relativeErrors.map(abs).sorted()
    return zip(laws, bootstraps).dropFirst().compactMap { law, bootstrap in
      let form = law.fit.form
      guard let claim = form.claim else { return nil }
      let effect = changes(before, law.fitter.predictions(at: law.fit.parameters))
      let fits = bootstrap.distribution.replicates
      let effects = parallelMap(count: fits.count, threads: options.threads) { index in
        let objective = bootstrap.bootstrap.objective(index)
        let without = base.fitter.fitter.refine(
          base.fitter.fitter.objective.remeasured(objective.measured, loss: objective.loss),
          from: base.fit.parameters)
        return rms(
          changes(
            base.fitter.predictions(at: without.parameters),
            law.fitter.predictions(at: fits[index])))
      }.sorted()
      return InteractionClaim(
        kind: claim, form: form.key, exponentName: form.exponents.last?.name ?? "",
        exponent: law.fit.parameters.last ?? 0,
        interval: percentileInterval(
          fits.map { $0.last ?? 0 }, level: options.level),
        drift: Estimate(
          design.drift(form, law.fit.parameters, law.fit.units),
          interval: percentileInterval(
            fits.map { design.drift(form, $0, law.fit.units) }, level: options.level)),
        sparsity: design.sparsity, range: design.range(of: claim),
        lossChange: rms(effect),
        lossChangeLimit: effects.count > 1
          ? quantile(ofSorted: effects, options.level) : nil,
        largestLossChange: effect.map(abs).max() ?? 0,
        noticeableChange: max(robustDeviation(ofSortedSizes: errors), smallestNoticeable),
        replicates: fits.count)
    }
  }

  /// A change of 0.01 % of the loss is not worth a sentence, however exact the runs.
  private static let smallestNoticeable = 1e-4

  /// Where the runs end, and what is asked of a law there.
  private struct Ends: Sendable {
    var sizes: ClosedRange<Double>
    var amounts: ClosedRange<Double>
    var sparsity: Double

    init?(_ observations: Observations) {
      let (sizes, amounts) = (observations.sizes, observations.dataAmounts)
      guard let small = sizes.first, let large = sizes.last, let little = amounts.first,
        let much = amounts.last,
        let sparsity = LawQuestions.multiplierSparsity(of: observations.sparsities)
      else { return nil }
      self.sizes = small...large
      self.amounts = little...much
      self.sparsity = sparsity
    }

    func range(of claim: Kind) -> ClosedRange<Double> {
      claim == .noDataInteraction ? amounts : sizes
    }

    /// As `InteractionClaim.drift` says.
    func drift(_ form: LawForm, _ parameters: [Double], _ units: Normalisation) -> Double {
      let law = ScalingLaw(form: form, parameters: parameters, units: units)
      func multiplier(_ size: Double, _ data: Double) -> Double {
        law.effectiveParameterMultiplier(sparsity: sparsity, nonZeroParameters: size, data: data)
      }
      let most = multiplier(sizes.upperBound, amounts.upperBound)
      return form.claim == .noDataInteraction
        ? most / multiplier(sizes.upperBound, amounts.lowerBound)
        : most / multiplier(sizes.lowerBound, amounts.upperBound)
    }
  }

  private static func changes(_ before: [Double], _ after: [Double]) -> [Double] {
    zip(before, after).map { $1 / $0 - 1 }
  }

  private static func rms(_ values: [Double]) -> Double {
    let squares = values.reduce(0) { $0 + $1 * $1 }
    return (squares / Double(max(values.count, 1))).squareRoot()
  }
}
