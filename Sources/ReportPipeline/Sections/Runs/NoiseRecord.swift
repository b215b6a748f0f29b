import Fitting
import RunLogs
import ScalingLaws

/// How much the loss varies between seeds, where, and what changes where runs count by it.
let noiseSectionFields: [Field<SweepAnalysis>] = [
  .record(
    "noise", { analysis in analysis.noiseByCell.map { (noise: $0, analysis: analysis) } },
    noiseFields),
  .record("weighted", { $0.weighted }, weightedFields),
]

private let noiseFields: [Field<(noise: NoiseByCell, analysis: SweepAnalysis)>] = [
  .count("groups", "setting") { $0.noise.pooled.groups },
  .count("runs", "run") { $0.noise.pooled.runs },
  .number(
    "relative_sd", .percent(2), macro: "seed noise", interval: { $0.noise.pooled.interval }
  ) { $0.noise.pooled.relativeDeviation },
  .texts("sizes") { Level.grouping($0.noise.pooled.sizes).map { .number($0.value, .size) } }
    .only(.prose),
  .number("degrees_of_freedom", .count("degree")) { $0.noise.pooled.degreesOfFreedom }.only(.prose),
  .choice("misfit") { Misfit($0.analysis, $0.noise.pooled) }.only(.prose),
  .number("equality_p", .significant(2)) { $0.noise.equality },
  .choice("spread") { Spread($0.noise) }.only(.prose),
  .number("least", .percent(2)) { $0.noise.range?.lowerBound }.only(.prose),
  .number("most", .percent(2)) { $0.noise.range?.upperBound }.only(.prose),
  .rows("cells", table: "noise-by-cell", { $0.noise.cells }, cellFields).only([.json, .csv]),
  .rows("repeated", { $0.noise.cells.filter { $0.noise != nil } }, cellFields)
    .only(.prose),
  .rows(
    "settings", { $0.analysis.repeatedSettings.groups },
    [
      .texts("runs") { $0.runs.map { .code($0.name) } },
      .number("nonzero_params", .size) { $0.runs.first?.nonZeroParameters },
      .number("sparsity", .sparsity) { $0.runs.first?.sparsity },
      .number("data", .size) { $0.runs.first?.data },
      .number("relative_sd", .percent(2)) { $0.relativeDeviation },
    ]),
]

private let cellFields: [Field<NoiseByCell.Cell>] = [
  .number("nonzero_params", .size) { $0.nonZeroParameters },
  .number("sparsity", .sparsity) { $0.sparsity },
  .count("runs") { $0.runs },
  .number("degrees_of_freedom", .count("")) { $0.noise?.degreesOfFreedom },
  .number("relative_sd", .percent(2), interval: { $0.noise?.interval }) {
    $0.noise?.relativeDeviation
  },
  .number("rms_relative_error", .percent(2)) { $0.misfit },
  .number("ratio", .multiple) { $0.misfitOverNoise },
  .number("shrunk_sd", .percent(2)) { $0.shrunkDeviation }.only([.json, .csv]),
]

/// Whether chance explains how the noise differs between cells.
private enum Spread: String, CaseIterable {
  case equal, unequal

  /// Nil where it was not tested.
  init?(_ noise: NoiseByCell) {
    guard let isUnequal = noise.isUnequal else { return nil }
    self = isUnequal ? .unequal : .equal
  }
}

/// The misfit of the law beside the interval of the noise.
private enum Misfit: String, CaseIterable {
  case below, within, above

  init?(_ analysis: SweepAnalysis, _ noise: NoiseFloor) {
    guard let misfit = analysis.checkFit?.rmsRelativeError, let interval = noise.interval else {
      return nil
    }
    self =
      interval.contains(misfit) ? .within : misfit > interval.upperBound ? .above : .below
  }
}

private let weightedFields: [Field<WeightedRefit>] =
  [
    .number("sparsity", .sparsity) { $0.questions.sparsity },
    .number("over", .sparsity) { $0.questions.over },
    .wording("denser") { .plain(sparsityOrDense($0.questions.over)) }.only(.prose),
    .number("multiplier_sparsity", .sparsity) { $0.questions.multiplierSparsity },
  ] + questionFields.map { $0.of(\.equal) } + [
    .record(
      "by_noise", { $0.weighted },
      [
        .number("overtake", .multiple) { $0.overtake.value },
        .number("multiplier", .multiple) { $0.multiplier.value },
        .number("threshold", .multiple) { $0.threshold.value },
      ]),
    .count("outside") { $0.outside.count }.only([.json, .csv]),
  ]
