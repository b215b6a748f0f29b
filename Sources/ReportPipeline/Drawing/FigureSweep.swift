import Plotting
import RunLogs
import ScalingLaws

/// What the figures of one sweep are drawn from.
struct FigureSweep: Sendable {
  let analysis: SweepAnalysis
  /// Fitted and held-out runs, with predictions of the fit that did not see the latter.
  let runs: [FigureRun]
  let style: SweepStyle
  let units: FigureUnits

  init(_ analysis: SweepAnalysis) {
    self.analysis = analysis
    let held = Dictionary(
      (analysis.holdout?.runs ?? []).map { ($0.run.name, $0) }, uniquingKeysWith: { a, _ in a })
    runs = analysis.runs.filter { $0.role == .fitted || $0.role == .heldOut }.map { outcome in
      let run = outcome.run
      return FigureRun(
        name: run.name, n: run.nonZeroParameters, sparsity: run.sparsity, d: run.data,
        loss: run.loss, isHeldOut: outcome.role == .heldOut,
        predicted: outcome.predicted ?? held[run.name]?.predicted,
        interval: held[run.name]?.interval)
    }
    style = SweepStyle(
      runs, sparsities: analysis.checkFit == nil ? Self.standardSparsities : [])
    units = FigureUnits(
      loss: analysis.sweep.lossUnit, data: analysis.sweep.dataUnit,
      parameters: analysis.parameterWords)
  }

  /// Those that stand for a published law.
  private static let standardSparsities = [0, 0.5, 0.75, 0.875]

  var hasFit: Bool { analysis.checkFit != nil }

  /// The law that the conclusions rest on.
  var law: ScalingLaw { analysis.law }

  /// The law of the check: held-out runs took no part in it.
  var checkLaw: ScalingLaw { analysis.checkFit?.law ?? analysis.law }

  /// The law of the check as curves are drawn; nil where the runs support none.
  var checkLoss: LossFunction? {
    guard analysis.study.concludes else { return nil }
    let law = checkLaw
    return { law.loss(nonZeroParameters: $1, sparsity: $0, data: $2) }
  }

  /// The bootstrap of the check.
  var checkReplicates: BootstrapDistribution? { analysis.checkFit?.uncertainty?.distribution }

  /// Whether the conclusions rest on the held-out runs as well.
  var isRefitted: Bool { analysis.basis == .refit }

  /// The runs that the conclusions rest on, with that fit's predictions; nothing without a fit.
  var concludingRuns: [FigureRun] {
    guard hasFit else { return [] }
    return runs.filter { isRefitted || !$0.isHeldOut }.map { run in
      var run = run
      run.isHeldOut = false
      run.predicted = law.loss(nonZeroParameters: run.n, sparsity: run.sparsity, data: run.d)
      return run
    }
  }

  /// What captions say of the fits that figures show.
  var captionValues: TemplateValues {
    let isHeldOut = runs.contains(where: \.isHeldOut)
    let check = isHeldOut ? "the fit without the held-out runs" : "the fit"
    return [
      "check_fit": .text(check),
      "curve_fit": .text(
        analysis.study.concludes ? "by \(check)" : "without a law"),
      "has_two_fits": .flag(isHeldOut && isRefitted),
      "final_fit": .text(
        !hasFit ? "the published coefficients" : isRefitted ? "the fit to all runs" : check),
    ]
  }

  /// The bootstrap of the concluding fit; a published law has none.
  var replicates: BootstrapDistribution? { analysis.finalFit?.uncertainty?.distribution }

  /// The bootstrap as bands are made of it: a law without closed forms is searched anew for each
  /// replicate at each point of a band, so that some of them have to do.
  var bandReplicates: BootstrapDistribution? {
    law.closed == nil ? replicates?.first(200) : replicates
  }

  /// The coefficients of the literature, where the conclusions do not rest on them.
  var published: LiteratureLaw? {
    analysis.basis == .published ? nil : analysis.published
  }

  var schedule: PruningSchedule { analysis.study.schedule }

  /// Dense and non-zero FLOPs, the two ways of counting that figures compare.
  var models: (dense: ComputeModel, nonZero: ComputeModel)? {
    guard let accountings = analysis.optimalSparsity?.accountings, accountings.count > 1,
      law.isContinuous
    else { return nil }
    return (accountings[0].model, accountings[1].model)
  }

  /// The multiples of Chinchilla compute that the concluding runs had, by this count.
  func multiples(_ model: ComputeModel) -> ClosedRange<Double>? {
    let multiples = concludingRuns.map { run in
      model.flops(nonZeroParameters: run.n, sparsity: run.sparsity, data: run.d)
        / model.chinchillaFlops(nonZeroParameters: run.n)
    }.filter { $0 > 0 && $0.isFinite }
    guard let low = multiples.min(), let high = multiples.max() else { return nil }
    return low...high
  }

  /// The sparsities of the concluding runs, or those that stand for a published law.
  var levels: [Double] {
    let levels = Series(.sparsity, concludingRuns.map(\.sparsity)).levels.map(nominalSparsity)
    return levels.contains { $0 > 0 } ? levels : Self.standardSparsities
  }

  /// Main runs that logged their course.
  var loggedRuns: [TrainingRun] {
    analysis.runs.filter { $0.role == .fitted || $0.role == .heldOut }.map(\.run)
      .filter { $0.history.count > 2 }
  }
}

/// A way of counting compute, as every figure shows it.
struct AccountingStyle {
  var name: String
  var color: Color
  var shape: MarkerShape

  static let dense = AccountingStyle(
    name: "dense FLOPs", color: Palette.categories[0], shape: .circle)
  static let nonZero = AccountingStyle(
    name: "non-zero FLOPs", color: Palette.categories[1], shape: .square)
  static let half = AccountingStyle(
    name: "half of the saving realised", color: Palette.categories[3], shape: .triangle)

  /// The style of the accounting of this name in the results.
  static func named(_ name: String) -> AccountingStyle {
    switch name {
    case "dense": dense
    case "sparse": nonZero
    default:
      name == "hardware:0.5"
        ? half : AccountingStyle(name: name, color: half.color, shape: .diamond)
    }
  }
}

extension BootstrapDistribution {
  /// The first replicates alone.
  fileprivate func first(_ count: Int) -> BootstrapDistribution {
    BootstrapDistribution(
      form: form, units: units, residual: residual, options: options,
      perturbation: perturbation, estimate: estimate,
      replicates: Array(replicates.prefix(count)), noise: noise, unconverged: unconverged,
      freshStartCheck: freshStartCheck)
  }
}
