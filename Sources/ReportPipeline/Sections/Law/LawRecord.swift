import RunLogs
import ScalingLaws

/// The law, its coefficients beside the published ones, and how sure the optimum is.
let lawFields: [Field<SweepAnalysis>] = [
  // Present where a law was asked for by its name.
  .wording("law_asked_for") { analysis in
    analysis.study.lawName.map { .inline(LawText.name($0)) }
  }.only(.prose),
  .flag("has_constant_multipliers") { $0.law.hasConstantMultipliers }.only(.prose),
  .wording("formula") { .verbatim($0.law.form.formula) }.only(
    .prose),
  .record(
    "fit", { analysis in analysis.checkFit.map { (law: $0, sweep: analysis.sweep) } },
    fitFields(hasMacros: true)),
  .record(
    "refit",
    { analysis in analysis.refit.map { (law: $0, sweep: analysis.sweep) } },
    fitFields(hasMacros: false)),
  .record(
    "published", { analysis in analysis.published.map { ($0, analysis.checkFit) } },
    publishedFields),
  .record("published_fit", { PublishedFit($0) }, publishedFitFields).only(.prose),
  .rows(
    "law_coefficients", table: "law-coefficients",
    { analysis in
      CoefficientRow.names(analysis).map { CoefficientRow(name: $0, analysis: analysis) }
    },
    coefficientFields
  ).only([.prose, .csv]),
  .rows(
    "residual_trends", { $0.trends.isEmpty ? nil : $0.trends },
    trendFields),
  .flag("trends_are_notable") { $0.trends.contains(where: \.isNotable) }.only(.prose),
  .flag("has_shown_trends") { $0.trends.contains(where: \.isShown) }.only(.prose),
  .rows(
    "identifiability", { $0.identifiability?.entries },
    identifiabilityFields),
  .record(
    "determination", { $0.identifiability },
    determinationFields
  ).only(.prose),
  .record(
    "intervals", { $0.finalFit?.uncertainty },
    [
      .text("method") { $0.method },
      .count("replicates") { $0.replicates },
      .number("seed", .setting) { Double($0.distribution.options.seed) },
      .count("checked") { $0.distribution.freshStartCheck.checked },
      .count("improved") { $0.distribution.freshStartCheck.improved },
    ]
  ).only(.prose),
]

/// What one fit says.
///
/// - Parameter hasMacros: whether papers cite the numbers of this fit.
private func fitFields(hasMacros: Bool) -> [Field<(law: FittedLaw, sweep: Sweep)>] {
  func macro(_ words: String) -> String? { hasMacros ? words : nil }
  return [
    .text("law") { $0.law.form.key },
    .text("formula") { $0.law.form.formula },
    .choice("residual") { $0.sweep.residual },
    .number("huber_delta", .setting) { $0.law.huberDelta },
    .count("runs", "run", macro: macro("fitted runs")) { $0.law.runCount },
    .number("objective", .significant(5), macro: macro("objective")) { $0.law.objective },
    .json("coefficients") { coefficients($0.law.coefficients) },
    .json("intervals") { fit in
      fit.law.uncertainty.map { uncertainty in
        var object: [String: JSON] = [
          "level": .number(uncertainty.level), "method": .text(uncertainty.method),
        ]
        for coefficient in uncertainty.coefficients {
          object[coefficient.name] = coefficient.interval.map(JSON.interval)
        }
        return .object(object)
      }
    },
    .record(
      "starts", { $0 },
      [
        .number("tried", .count("start"), macro: macro("starts")) {
          Double($0.law.startsTried)
        },
        .number("reached_best", .count(""), macro: macro("starts at best")) {
          Double($0.law.startsReachedBest)
        },
        .flag("agree") { $0.law.startsReachedBest == $0.law.startsTried }.only(.prose),
      ]),
    .text("termination") { $0.law.termination.rawValue }.only([.json, .csv]),
    .text("ended_because") { $0.law.termination.explanation }.only(.prose),
    .rows(
      "other_minima", { $0.law.otherMinima },
      [
        .number("objective", .significant(5)) { $0.objective },
        .count("starts", "start") { $0.starts },
      ]),
    .number("best_other_minimum", .significant(5)) { $0.law.otherMinima.first?.objective }
      .only(.prose),
    .number("rms_relative_error", .percent(2), macro: macro("rms error")) {
      $0.law.rmsRelativeError
    },
    .number("max_relative_error", .percent(2), macro: macro("max error")) {
      $0.law.maxRelativeError
    },
    .number("condition_number", .significant(2)) { $0.law.conditionNumber },
    .texts("warnings") { Identifiability.warnings(about: $0.law).map(Wording.plain) },
  ]
}

/// Coefficients under their names.
func coefficients(_ coefficients: [Coefficient]) -> JSON {
  .object(
    Dictionary(
      coefficients.filter(\.value.isFinite).map { ($0.name, .number($0.value)) },
      uniquingKeysWith: { first, _ in first }))
}

/// A coefficient in the fits and in the literature.
private struct CoefficientRow: Sendable {
  /// All seven of the paper's law, also where the runs determine fewer of them, unless nothing of
  /// the sweep is sparse; those of a law that was asked for.
  static func names(_ analysis: SweepAnalysis) -> [String] {
    let own = analysis.law.form.coefficientNames
    guard analysis.study.lawName == nil, isPaper(analysis.law.form) else { return own }
    let published = analysis.published?.law.form.coefficientNames ?? []
    return Laws.sparsity.coefficientNames.filter {
      !analysis.isDense || own.contains($0) || published.contains($0)
    }
  }

  var name: String
  var analysis: SweepAnalysis

  func value(in coefficients: [Coefficient]?) -> Double? {
    coefficients?.first { $0.name == name }?.value
  }

  /// Of the same law: under other laws the same name means another thing.
  var publishedCoefficients: [Coefficient]? {
    let law = analysis.published?.law
    guard let law else { return nil }
    let isPaper = Self.isPaper(law.form) && Self.isPaper(analysis.law.form)
    return isPaper || law.form.key == analysis.law.form.key ? law.coefficients : nil
  }

  private static func isPaper(_ form: LawForm) -> Bool {
    [Laws.sparsity, Laws.withoutSaturation, Laws.dense].contains { $0.key == form.key }
  }

  /// Published coefficients have the macros of the law where they are the law.
  var publishedMacro: String? { analysis.finalFit == nil ? name : nil }

  var meaning: String {
    let sweep = analysis.sweep
    return switch name {
    case "a_S": "part of the size term that sparsity removes"
    case "b_S": "exponent of density 1 − S"
    case "c_S":
      analysis.isDense ? "size scale" : "part of the size term that stays at any sparsity"
    case "b_N": "exponent of \(analysis.parameterWords) N"
    case "a_D": "data scale (\(sweep.dataUnit.isEmpty ? "data" : sweep.dataUnit))"
    case "b_D": "exponent of data D"
    case "c", "E": "irreducible loss" + (sweep.lossUnit.isEmpty ? "" : " (\(sweep.lossUnit))")
    case "k": "exponent of the sum of size and data term"
    case "b_SD": "exponent of density in the data term"
    case "b_SN": "further exponent of N on the part that sparsity removes"
    case "A": "size term of a dense model"
    case "P": "part of the size term that grows with sparsity, over the dense one"
    case "B": "data term"
    case "eps": "exponent of density"
    case "mu": "exponent of sparsity"
    case "alpha": "exponent of N and of D"
    default:
      name.hasPrefix("m_")
        ? "multiplier at \(Style.sparsity.text(Double(name.dropFirst(2)) ?? .nan))" : name
    }
  }
}

extension SweepAnalysis {
  /// Where nothing is sparse, one level of sparsity is no trend.
  fileprivate var trends: [ResidualTrend] {
    residualTrends.filter { !isDense || $0.axis != .sparsity }
  }
}

extension ResidualTrend {
  /// Whether the appendix lists it.
  fileprivate var isShown: Bool { axis == .sparsity || isNotable }

  /// A level of an axis, such as *S* = 75 %, with a dagger where the law is off there.
  fileprivate var level: Wording {
    let text =
      switch axis {
      case .sparsity: "*S* = \(Style.sparsity.text(value))"
      case .nonZeroParameters: "*N* = \(Style.size.text(value))"
      case .data: "*D* = \(Style.size.text(value))"
      }
    return .inline(isNotable ? text + " †" : text)
  }
}

private let coefficientFields: [Field<CoefficientRow>] = [
  .text("coefficient") { $0.name }.only(.csv),
  .wording("symbol") { .inline(CoefficientText.symbol($0.name)) }.only(.prose),
  .text("meaning") { $0.meaning }.only(.prose),
  .number(
    "value", .significant(4),
    interval: { $0.analysis.finalFit?.uncertainty?.interval(of: $0.name) }
  ) { $0.value(in: $0.analysis.finalFit?.coefficients) }
  .absent("not identified")
  .macro { $0.name },
  .number("without_held_out", .significant(4)) {
    $0.value(in: $0.analysis.checkFit?.coefficients)
  }.absent("not identified"),
  .number("published", .significant(4)) {
    $0.value(in: $0.publishedCoefficients)
  }.macro { $0.publishedMacro },
]

private let trendFields: [Field<ResidualTrend>] = [
  .choice("axis") { $0.axis }.only([.json, .csv]),
  .number("value", .significant(4)) { $0.value },
  .count("runs") { $0.runs },
  .count("groups") { $0.error.clusters },
  .number("mean", .signedPercent(2), interval: { $0.error.interval }) { $0.mean },
  .number("standard_error", .percent(2)) { $0.standardError }.only([.json, .csv]),
  .flag("is_notable") { $0.isNotable }.only(.json),
  .wording("level") { $0.level }.only(.prose),
  .flag("is_shown") { $0.isShown }.only(.prose),
]

private let identifiabilityFields: [Field<IdentifiabilityReport.Entry>] = [
  .text("coefficient") { $0.name },
  .choice("verdict") { $0.determination },
  .rows(
    "influences", { $0.influences },
    [.code("run") { $0.run }, .number("relative_change", .signedPercent(1)) { $0.relativeChange }]
  ),
  .wording("symbol") { .inline(CoefficientText.symbol($0.name)) }.only(.prose),
  .number("estimate", .significant(4), interval: { $0.interval }) { $0.estimate }
    .only(.prose),
]

private let determinationFields: [Field<IdentifiabilityReport>] = [
  .flag("is_whole") { $0.entries.allSatisfy { $0.determination == .determined } },
  .texts("undetermined") {
    $0.names(.notDetermined).map { .inline(CoefficientText.symbol($0)) }
  },
  .rows(
    "trade_offs", { $0.tradeOffs },
    [
      .wording("first") { .inline(CoefficientText.symbol($0.first)) },
      .wording("second") { .inline(CoefficientText.symbol($0.second)) },
      .number("correlation", .fixed(2)) { $0.correlation },
    ]),
  .text("rule") { _ in Determination.rule },
]

private let publishedFields: [Field<(LiteratureLaw, FittedLaw?)>] = [
  .text("name") { $0.0.name },
  .json("coefficients") { coefficients($0.0.law.coefficients) },
  .number("objective", .significant(5)) { $0.0.checkObjective },
]

/// A published law beside the fit to the same runs.
private struct PublishedFit: Sendable {
  var published: Double
  var own: Double

  init?(_ analysis: SweepAnalysis) {
    guard let published = analysis.published?.checkObjective,
      let own = analysis.checkFit?.objective
    else { return nil }
    self.published = published
    self.own = own
  }
}

private let publishedFitFields: [Field<PublishedFit>] = [
  .number("objective", .significant(5)) { $0.published },
  .number("objective_ratio", .significant(3)) { $0.published / $0.own },
  .flag("is_worse") { $0.published > $0.own * 1.001 },
]
