import RunLogs
import ScalingLaws

/// What was left out, and what rests on that.
let exclusionFields: [Field<SweepAnalysis>] = [
  .rows(
    "exclusion_groups", { ExclusionGroups($0.sweep.exclusions).shown },
    [
      .count("count", "run") { $0.runs.count },
      .texts("runs") { $0.listed.map(Wording.code) },
      .number("hidden", .count("")) { $0.hidden > 0 ? Double($0.hidden) : nil },
      .text("why") { $0.why },
    ]
  ).only(.prose),
  .number("hidden_exclusions", .count("run")) {
    let hidden = ExclusionGroups($0.sweep.exclusions).hidden
    return hidden > 0 ? Double(hidden) : nil
  }.only(.prose),
  .record(
    "exclusion_ledger", { $0.exclusionLedger },
    [
      .rows("entries", { $0.entries }, entryFields),
      .number("singles_not_tried", .count("run")) { Double($0.singlesNotTried) },
      .record("refitted", { Refitted($0) }, refittedFields).only(.prose),
      .rows("exclusion_moves", table: "exclusion-ledger", { $0.moves }, moveFields).only(.csv),
    ]),
]

private let entryFields: [Field<ExclusionLedger.Entry>] = [
  .text("cause") { $0.cause.key },
  .text("rule") { $0.cause.rule },
  .texts("runs") { $0.runs.map(Wording.code) },
  .number("rms_relative_error", .percent(2)) { $0.singles.isEmpty ? nil : $0.rmsRelativeError },
  .record("put_back", { $0.outcome }, outcomeFields),
  .rows(
    "singles", { $0.singles },
    [
      .code("run") { $0.run.name },
      .number("relative_error", .signedPercent(2)) { $0.relativeError },
      .record("put_back", { $0.outcome }, outcomeFields),
    ]
  ).only([.json, .csv]),
  .text("name") { $0.cause.name }.only(.prose),
  .count("count", "run") { $0.runs.count }.only(.prose),
  .flag("unweighed") { $0.outcome.moves != nil && $0.outcome.verdict == nil }.only(.prose),
  .record(
    "mover", { $0.mover },
    [
      .code("run") { $0.run.name },
      .number("relative_error", .signedPercent(2)) { $0.relativeError },
      .record("put_back", { $0.outcome }, outcomeFields),
    ]
  ).only(.prose),
]

private let outcomeFields: [Field<ExclusionLedger.Outcome>] = [
  .choice("outcome") { ExclusionLedger.Outcome.Kind(rawValue: $0.key) },
  .choice("verdict") { $0.verdict },
  .rows("moves", { $0.moves ?? [] }, cellFields),
  .texts("leaving") { $0.leaving.map { .inline($0.quantity.name) } }.only(.prose),
  .record("largest", { $0.largest }, cellFields).only(.prose),
  .record("largest_of_conclusions", { $0.largestOfConclusions }, cellFields).only(.prose),
  .record("largest_of_coefficients", { $0.largestOfCoefficients }, cellFields).only(.prose),
]

private let refittedFields: [Field<Refitted>] = [
  .rows("columns", { $0.columns }, cellFields),
  .rows(
    "rows", { $0.entries },
    [
      .text("name") { $0.cause.name },
      .count("runs") { $0.singles.count },
      .number("rms_relative_error", .percent(2)) { $0.rmsRelativeError },
      .rows("cells", { ($0.outcome.moves ?? []).filter(\.quantity.isKey) }, cellFields),
    ]),
  .flag("has_shares") { $0.entries.contains { $0.outcome.verdict != nil } },
]

private let cellFields: [Field<ExclusionLedger.Move>] = [
  .text("quantity") { $0.quantity.key },
  .text("accounting") { $0.quantity.accounting },
  .number("sparsity", .sparsity) { $0.quantity.sparsity },
  .number("estimate", .significant(4)) { $0.estimate },
  .number("put_back", .significant(4)) { $0.putBack },
  .number("relative_change", .signedPercent(1)) { $0.relativeChange },
  .number("interval_share", .significant(2)) { $0.share }.only([.json, .csv]),
  .wording("name") { .inline($0.quantity.name) }.only(.prose),
  .text("change") { $0.changeText }.only(.prose),
  .wording("estimate_text") { .number($0.estimate, $0.quantity.style) }.only(.prose),
  .wording("put_back_text") { .number($0.putBack, $0.quantity.style) }.only(.prose),
]

/// A row for each quantity, of each cause and of each run that was put back alone.
private let moveFields: [Field<PutBack>] =
  [
    .text("cause") { $0.entry.cause.key },
    .text("rule") { $0.entry.cause.rule ?? "" },
    .text("run") { $0.run },
  ] + cellFields.map { $0.of { $0.move } }

private struct PutBack: Sendable {
  var entry: ExclusionLedger.Entry
  /// Empty for all runs of the cause together.
  var run: String
  var move: ExclusionLedger.Move
}

extension ExclusionLedger {
  fileprivate var moves: [PutBack] {
    entries.flatMap { entry in
      func rows(_ run: String, _ outcome: Outcome) -> [PutBack] {
        (outcome.moves ?? []).map { PutBack(entry: entry, run: run, move: $0) }
      }
      return rows("", entry.outcome)
        + (entry.cause == nil
          ? [] : entry.singles.flatMap { rows($0.run.name, $0.outcome) })
    }
  }
}

/// The causes with which the fit could be made again.
private struct Refitted: Sendable {
  var entries: [ExclusionLedger.Entry]
  var columns: [ExclusionLedger.Move]

  init?(_ ledger: ExclusionLedger) {
    entries = ledger.entries.filter { $0.outcome.moves != nil }
    guard let first = entries.first else { return nil }
    columns = (first.outcome.moves ?? []).filter(\.quantity.isKey)
  }
}

/// Exclusions that decide some number, for the summary.
let decidingFields: [Field<ExclusionLedger.Entry>] = [
  .text("name") { $0.cause.name },
  .count("count", "run") { $0.runs.count },
  .texts("leaving") { $0.outcome.leaving.map { .inline($0.quantity.name) } },
]

extension ExclusionLedger {
  /// The causes that decide; all together only where no single one does.
  var deciding: [Entry] {
    let deciding = entries.filter { $0.outcome.verdict == .depends }
    let single = deciding.filter { $0.cause != nil }
    return single.isEmpty ? deciding : single
  }
}

extension ExclusionLedger.Entry {
  /// The run that moves its `largest` furthest when it alone is put back; nil for fewer than two.
  fileprivate var mover: ExclusionLedger.Single? {
    func move(_ single: ExclusionLedger.Single) -> Double { single.outcome.largest?.distance ?? 0 }
    let tried = singles.filter { $0.outcome.moves != nil }
    guard tried.count > 1, let first = tried.first else { return nil }
    return tried.dropFirst().reduce(first) { move($1) > move($0) ? $1 : $0 }
  }
}

extension ExclusionLedger.Outcome {
  fileprivate enum Kind: String, CaseIterable {
    case refitted
    case noNumbers = "no-numbers"
    case otherForm = "other-form"
    case notTried = "not-tried"
  }

  fileprivate var key: String {
    switch self {
    case .refitted: Kind.refitted.rawValue
    case .noNumbers: Kind.noNumbers.rawValue
    case .otherForm: Kind.otherForm.rawValue
    case .notTried: Kind.notTried.rawValue
    }
  }
}

extension ExclusionLedger.Move {
  /// `+22.3 %; 0.27`: the relative change, then as a share of the way to the interval's end.
  fileprivate var changeText: String {
    let change = relativeChange.map(Style.signedPercent(1).text) ?? "–"
    return share.map { "\(change); \(Style.fixed(2).text(min($0, 1e6)))" } ?? change
  }
}

extension ExclusionLedger.Quantity {
  fileprivate var key: String {
    switch self {
    case .coefficient(let name): name
    case .multiplier: "multiplier"
    case .threshold: "threshold"
    }
  }

  fileprivate var accounting: String? {
    if case .threshold(let accounting, _) = self { return accounting }
    return nil
  }

  fileprivate var sparsity: Double? {
    switch self {
    case .coefficient: nil
    case .multiplier(let sparsity), .threshold(_, let sparsity): sparsity
    }
  }

  fileprivate var style: Style { sparsity == nil ? .significant(4) : .multiple }

  /// In tables and sentences.
  fileprivate var name: String {
    switch self {
    case .coefficient(let name): CoefficientText.symbol(name)
    case .multiplier(let sparsity): "multiplier at \(Style.sparsity.text(sparsity))"
    case .threshold(let accounting, let sparsity):
      "threshold of \(Style.sparsity.text(sparsity)) "
        + "(\(accounting == "dense" ? "dense" : "non-zero") FLOPs)"
    }
  }
}

extension Exclusion.Cause? {
  fileprivate var key: String {
    switch self {
    case .rule: "rule"
    case .unfinished: "unfinished"
    case .diverged: "diverged"
    case .fault: "fault"
    case nil: "all"
    }
  }

  /// The conditions of a rule.
  fileprivate var rule: String? {
    if case .rule(let conditions, _) = self { return conditions }
    return nil
  }

  /// In tables and sentences.
  fileprivate var name: String {
    switch self {
    case .rule(let conditions, _): conditions
    case .unfinished: "unfinished"
    case .diverged: "diverged"
    case .fault: "faults of logs"
    case nil: "all of these"
    }
  }
}

/// Runs left out for one reason.
private struct ExclusionGroup: Sendable {
  var why: String
  var runs: [String]

  private static let mostNames = 12

  var listed: ArraySlice<String> {
    runs.prefix(runs.count > Self.mostNames + 1 ? Self.mostNames : runs.count)
  }
  var hidden: Int { runs.count - listed.count }
}

private struct ExclusionGroups {
  var shown: [ExclusionGroup]
  /// Runs of groups that are not shown.
  var hidden: Int

  /// How many groups a report lists.
  private static let most = 30

  /// Runs of one rule are one group, whatever values made it apply. Rules come first.
  init(_ exclusions: [Exclusion]) {
    var groups: [ExclusionGroup] = []
    var places: [String: Int] = [:]
    let byRule = exclusions.filter { $0.cause.isRule } + exclusions.filter { !$0.cause.isRule }
    for exclusion in byRule {
      var why = exclusion.why
      if case .rule(let conditions, let reason) = exclusion.cause {
        why = "\(conditions): \(reason)"
      }
      if let place = places[why] {
        groups[place].runs.append(exclusion.run)
      } else {
        places[why] = groups.count
        groups.append(ExclusionGroup(why: why, runs: [exclusion.run]))
      }
    }
    let listed = groups.count > Self.most + 1 ? Self.most : groups.count
    shown = Array(groups.prefix(listed))
    hidden = groups.dropFirst(listed).reduce(0) { $0 + $1.runs.count }
  }
}

extension Exclusion.Cause {
  fileprivate var isRule: Bool {
    if case .rule = self { return true }
    return false
  }
}
