import ScalingLaws

/// The check on runs that were kept out of the fit.
let extrapolationFields: [Field<SweepAnalysis>] = [
  .record(
    "holdout",
    { analysis in analysis.holdout.map { Holdout(check: $0, fit: analysis.checkFit, analysis) } },
    holdoutFields)
]

/// What errors on held-out runs allow to be said, each by a rule of its own.
package enum HoldoutVerdict {
  /// Whether the errors have one sign.
  package enum Direction: String, CaseIterable, Sendable {
    case tooLow = "too_low"
    case tooHigh = "too_high"
    case mixed
  }

  /// How many of the measurements lie where 95 % of them are expected.
  package enum Coverage: String, CaseIterable, Sendable {
    case asExpected = "as_expected"
    /// So few that chance would give them in less than one check of twenty.
    case tooFew = "too_few"
  }

  /// The errors beside those on the fitted runs.
  package enum Misfit: String, CaseIterable, Sendable {
    /// A mean error of at most twice the fit's, and of at most `largestUsefulError`.
    case inKeeping = "in_keeping"
    case larger
    /// More than twice the fit's, but no more than the intervals of the predictions allow: a single
    /// run far from the others may be known no better.
    case withinIntervals = "within_intervals"
    /// At most twice the fit's, which is itself so large that the law predicts nothing well.
    case farOff = "far_off"
    /// A mean error in keeping, but with too few measurements covered or all in one direction.
    case inSizeAlone = "in_size_alone"
  }

  package static func direction(_ errors: [Double]) -> Direction {
    let least = Identifiability.leastNoise
    if errors.allSatisfy({ $0 < -least }) { return .tooLow }
    return errors.allSatisfy { $0 > least } ? .tooHigh : .mixed
  }

  /// Nil where there are no intervals.
  package static func coverage(inside: Int, of all: Int) -> Coverage? {
    guard all > 0 else { return nil }
    return chance(ofAtMost: inside, of: all, level: 0.95) < 0.05 ? .tooFew : .asExpected
  }

  /// Nil where every error is less than a loss is known to.
  ///
  /// - Parameters:
  ///   - rms: the root mean square of the errors on the fitted runs.
  ///   - isCovered: whether every measurement lies within the interval of its prediction.
  package static func misfit(
    _ errors: [Double], rms: Double, _ coverage: Coverage?, isCovered: Bool = false
  ) -> Misfit? {
    guard errors.contains(where: { abs($0) > Identifiability.leastNoise }) else { return nil }
    let mean = errors.reduce(0) { $0 + abs($1) } / Double(max(errors.count, 1))
    guard mean <= 2 * rms else {
      return isCovered && mean <= largestUsefulError ? .withinIntervals : .larger
    }
    guard mean <= largestUsefulError else { return .farOff }
    let isOneSided = direction(errors) != .mixed && errors.count >= fewestForDirection
    return coverage == .tooFew || isOneSided ? .inSizeAlone : .inKeeping
  }

  /// The mean relative error above which a prediction is of no use, however badly the law fits: a
  /// limit relative to the fit alone would call any error in keeping with a law that is bad enough.
  package static let largestUsefulError = 0.1

  /// Three errors of one sign are chance in one check of four, five in one of sixteen: too little to
  /// call errors chance, though not enough to call them bias.
  package static let fewestForDirection = 3

  /// The probability of at most `count` successes in `total` independent trials of probability
  /// `level`: the lower tail of the binomial distribution.
  package static func chance(ofAtMost count: Int, of total: Int, level: Double) -> Double {
    var term = 1.0
    // From all successes downwards, so that the first term is the largest.
    for _ in 0..<total { term *= level }
    var above = 0.0
    var successes = total
    while successes > count {
      above += term
      term *= Double(successes) / Double(total - successes + 1) * (1 - level) / level
      successes -= 1
    }
    return max(0, 1 - above)
  }
}

/// A check as this section tells it.
private struct Holdout: Sendable {
  var check: HoldoutCheck
  var fit: FittedLaw?
  /// The smallest held-out size over the largest fitted one; nil without fitted runs or unless it
  /// is larger by more than sizes of one level differ.
  var sizeRatio: Double?
  /// The largest held-out dense size over the largest fitted one, where there is a `sizeRatio`:
  /// fitted runs of high sparsity have many dense parameters.
  var denseRatio: Double?

  init(check: HoldoutCheck, fit: FittedLaw?, _ analysis: SweepAnalysis) {
    self.check = check
    self.fit = fit
    let largest = analysis.runs(.fitted).map(\.nonZeroParameters).max() ?? 0
    let smallest = check.runs.map(\.run.nonZeroParameters).min() ?? 0
    if check.predictor == .fit, largest > 0, smallest / largest > 1.05 {
      sizeRatio = smallest / largest
      let fitted = analysis.runs(.fitted).map { Setting($0).denseParameters }.max() ?? .nan
      denseRatio = (check.runs.map { Setting($0.run).denseParameters }.max() ?? .nan) / fitted
    }
  }

  private var errors: [Double] { check.runs.map(\.relativeError) }

  /// The runs that the table shows: all, or of more than 15 the ten with the largest errors.
  var worst: [HoldoutCheck.Run] {
    guard check.runs.count > 15 else { return check.runs }
    return Array(check.runs.sorted { abs($0.relativeError) > abs($1.relativeError) }.prefix(10))
  }

  /// Of a run or two the sign is chance, unless they are predicted worse than the law describes.
  var direction: HoldoutVerdict.Direction {
    let isBad = misfit == .larger || misfit == .farOff || misfit == .inSizeAlone
    return isBad || errors.count >= HoldoutVerdict.fewestForDirection
      ? HoldoutVerdict.direction(errors) : .mixed
  }

  var coverage: HoldoutVerdict.Coverage? {
    HoldoutVerdict.coverage(inside: check.covered.inside, of: check.covered.of)
  }

  /// Nil without a fit to compare with.
  var misfit: HoldoutVerdict.Misfit? {
    let (inside, all) = (check.covered.inside, check.covered.of)
    return fit.flatMap {
      HoldoutVerdict.misfit(
        errors, rms: $0.rmsRelativeError, coverage, isCovered: all > 0 && inside == all)
    }
  }
}

private let holdoutFields: [Field<Holdout>] = [
  .text("rule") { $0.check.rule },
  .choice("predictor") { $0.check.predictor },
  .count("count", "run", macro: "held out runs") { $0.check.runs.count }.only(.prose),
  .rows(
    "runs", table: "held-out-runs", { $0.check.runs },
    heldOutRunFields),
  .rows("worst", { $0.worst }, heldOutRunFields).only(.prose),
  .number("hidden", .count("run")) { holdout in
    let hidden = holdout.check.runs.count - holdout.worst.count
    return hidden > 0 ? Double(hidden) : nil
  }.only(.prose),
  .number(
    "mean_abs_relative_error", .percent(2), macro: "held out error"
  ) { $0.check.meanAbsoluteRelativeError },
  .number(
    "max_abs_relative_error", .percent(2), macro: "held out max error"
  ) { $0.check.maxAbsoluteRelativeError },
  .count("covered") { $0.check.covered.inside },
  .count("coverable") { $0.check.covered.of },
  .choice("coverage") { $0.coverage }.only(.prose),
  .number("size_ratio", .significant(2)) { $0.sizeRatio },
  .number("dense_ratio", .significant(2)) { $0.denseRatio },
  .choice("direction") { $0.direction }.only(.prose),
  .choice("misfit") { $0.misfit }.only(.prose),
  .flag("has_published") { holdout in
    holdout.check.predictor == .fit
      && holdout.check.runs.contains { $0.publishedPrediction != nil }
  }.only(.prose),
  .number("figure_runs", .count("")) {
    $0.check.runs.count > ExtrapolationFigure.mostRuns
      ? Double(ExtrapolationFigure.mostRuns) : nil
  }.only(.prose),
]

private let heldOutRunFields: [Field<HoldoutCheck.Run>] = [
  .code("run") { $0.run.name },
  .number("nonzero_params", .size) { $0.run.nonZeroParameters },
  .number("sparsity", .sparsity) { $0.run.sparsity },
  .number("data", .size) { $0.run.data },
  .number("measured", .loss) { $0.run.loss },
  .number("predicted", .loss, interval: { $0.interval }) { $0.predicted },
  .number("relative_error", .signedPercent(2)) { $0.relativeError },
  .number("published_prediction", .loss) { $0.publishedPrediction }.only([.json, .csv]),
  .number("published_error", .signedPercent(2)) { held in
    held.publishedPrediction.map { $0 / held.run.loss - 1 }
  }.only(.prose),
]
