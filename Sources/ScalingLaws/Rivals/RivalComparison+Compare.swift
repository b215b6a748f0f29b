import Fitting
import RunLogs

extension RivalComparison {
  /// Fits every law of `Laws` to the main runs and compares them.
  ///
  /// Laws are ranked by leave-one-size-out error on resampled runs: each law is fitted to the
  /// resample without a size, which is then predicted. Unlike the objective it does not reward
  /// coefficients as such, unlike the held-out error it exists for every sweep and rests on more
  /// than one size, and refitting in every resample includes the variance of the fit.
  ///
  /// - Parameters:
  ///   - concluding: the key of the law that errors of others are taken relative to; nil for the
  ///     first.
  ///   - heldOut: runs kept back from the main fit.
  ///   - includesHeldOut: whether they are part of all fits but that of `heldOutError`, as in a
  ///     sweep that is refitted after its check.
  ///   - huberDelta: the residual beyond which the Huber loss is linear; positive.
  /// - Returns: nil where the runs cannot tell laws apart (see `Laws.offered`).
  public static func compare(
    concluding: String? = nil, fitted: Observations, heldOut: Observations,
    includesHeldOut: Bool = true,
    schedule: PruningSchedule, residual: ResidualKind, huberDelta: Double,
    options: Options = Options()
  ) -> RivalComparison? {
    let all = includesHeldOut ? fitted.appending(heldOut) : fitted
    let forms = Laws.offered(for: all, schedule: schedule)
    guard !forms.isEmpty else { return nil }
    let laws = parallelMap(count: forms.count, threads: options.threads) { index in
      let fitter = RivalFitter(
        form: forms[index], observations: all, residual: residual, huberDelta: huberDelta)
      var fitOptions = FitOptions()
      fitOptions.starts = options.starts
      fitOptions.seed = options.seed
      return (fitter: fitter, fit: fitter.fitter.fit(fitOptions))
    }
    let counts = laws.map { $0.fit.parameters.count }
    let folds = SizeFolds(all, largestCoefficientCount: counts.max() ?? 0)
    let resampler = Resampler(all, seed: options.seed)
    let scores = FoldScores(laws: laws, folds: folds, resampler: resampler, options: options)
    let errors =
      includesHeldOut
      ? heldOutErrors(laws, fitted: fitted, heldOut: heldOut, options: options)
      : heldOutErrors(laws.map(\.fit), heldOut)
    let criteria = zip(laws, counts).map { law, count in
      HuberLikelihood.informationCriterion(
        objective: law.fit.objective, delta: huberDelta, runs: all.count, freeCoefficients: count)
    }
    let leastCriterion = criteria.compactMap(\.self).min() ?? 0

    let own = laws.firstIndex { $0.fit.form.key == concluding } ?? 0
    let replicates = laws.indices.map { index in
      let claim = laws[index].fit.form.claim == nil ? 0 : options.interactionReplicates
      var bootstrap = BootstrapOptions()
      bootstrap.replicates = max(claim, options.rankingReplicates)
      bootstrap.seed = options.seed
      bootstrap.threads = options.threads
      bootstrap.freshEvery = 0
      return Bootstrap(laws[index].fitter.fitter, fit: laws[index].fit, options: bootstrap)
    }.map { (bootstrap: $0, distribution: $0.run()) }

    let rows = laws.indices.map { index in
      Row(
        fit: laws[index].fit, freeCoefficients: counts[index],
        isDetermined: laws[index].fitter.isDetermined(laws[index].fit, delta: huberDelta),
        informationExcess: criteria[index].map { $0 - leastCriterion },
        leaveOneSizeOutError: scores.errors?[index],
        leaveOneSizeOutInterval: scores.interval(of: index),
        errorRatioInterval: index == own ? nil : scores.ratioInterval(of: index, over: own),
        heldOutError: errors?[index], shareBest: scores.shareBest(of: index),
        replicates: Array(
          replicates[index].distribution.laws.prefix(options.rankingReplicates)))
    }
    let claims = InteractionClaim.measure(laws, replicates, all, options: options)
    return RivalComparison(
      rows: rows, own: own, sizesLeftOut: folds.sizes, folds: folds.members.count,
      sizesSkipped: folds.skipped,
      rankingReplicates: scores.replicates.count, level: options.level, claims: claims)
  }

  /// The mean absolute relative error on the held-out runs of laws that were fitted without
  /// them; nil without any.
  private static func heldOutErrors(_ fits: [FittedLaw], _ heldOut: Observations) -> [Double]? {
    guard heldOut.count > 0 else { return nil }
    return fits.map { fit in
      let predictions = fit.predictions(for: heldOut.settings)
      return zip(predictions, heldOut.losses).reduce(0) { $0 + abs($1.0 / $1.1 - 1) }
        / Double(heldOut.count)
    }
  }

  /// The mean absolute relative error of each law on the held-out runs; nil without any, or
  /// where the other runs do not determine every law.
  private static func heldOutErrors(
    _ laws: [(fitter: RivalFitter, fit: FittedLaw)], fitted: Observations, heldOut: Observations,
    options: Options
  ) -> [Double]? {
    guard heldOut.count > 0, (try? Identifiability.form(for: fitted)) != nil else { return nil }
    let mask =
      [Double](repeating: 0, count: fitted.count) + [Double](repeating: 1, count: heldOut.count)
    return parallelMap(count: laws.count, threads: options.threads) { index in
      let (fitter, fit) = laws[index]
      let part = fitter.fitter.refine(
        fitter.fitter.objective.reweighted(mask.map { 1 - $0 }), from: fit.parameters,
        freshStarts: options.partStarts, seed: options.seed)
      return fitter.absoluteRelativeError(at: part.parameters, weights: mask)
        / Double(heldOut.count)
    }
  }
}
