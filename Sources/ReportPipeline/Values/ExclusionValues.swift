import RunLogs
import ScalingLaws

/// What was left out, and what rests on that.
func exclusionValues(_ analysis: SweepAnalysis) -> TemplateValues {
  let groups = ExclusionGroup.grouping(analysis.sweep.exclusions)
  let listed = groups.count > shownGroups + 1 ? shownGroups : groups.count
  let hidden = groups.dropFirst(listed).reduce(0) { $0 + $1.runs.count }
  let ledger = analysis.exclusionLedger
  let refitted = ledger?.entries.filter { $0.outcome.moves != nil } ?? []
  return [
    "exclusions": .list(
      Array(groups.prefix(listed)),
      [
        "excluded_runs": { .text(names($0.runs)) },
        "excluded_count": { .text(Words.count($0.runs.count, "run")) },
        "excluded_why": { .text(Markdown.escape($0.why)) },
      ]),
    "has_hidden_exclusions": .flag(hidden > 0),
    "hidden_exclusions": .text(Words.count(hidden, "run")),
    "has_ledger": .flag(ledger != nil),
    "ledger_table": .chapter(
      refitted.isEmpty ? nil : refitted,
      [
        "ledger_columns": { entries in
          .list(
            keys(entries[0]),
            [
              "ledger_quantity": { .text(QuantityText.name($0.quantity)) },
              "ledger_estimate": { .text(QuantityText.value($0.quantity, $0.estimate)) },
            ])
        },
        "ledger_rows": { entries in
          .list(
            entries,
            [
              "ledger_cause": { .text(CauseText.name($0.cause)) },
              "ledger_runs": { .text(NumberText.count($0.singles.count)) },
              "ledger_error": { .text(NumberText.percent($0.rmsRelativeError)) },
              "ledger_cells": { entry in
                .list(
                  keys(entry),
                  [
                    "ledger_value": { .text(QuantityText.value($0.quantity, $0.putBack)) },
                    "ledger_move": { .text($0.share.map(share) ?? relative($0)) },
                  ])
              },
            ])
        },
        "ledger_has_shares": { entries in
          .flag(entries.contains { $0.outcome.verdict != nil })
        },
      ]),
    "ledger_verdicts": .list(
      ledger?.entries ?? [],
      [
        "verdict_cause": { .text(CauseText.name($0.cause)) },
        "verdict_runs": { .text(Words.count($0.runs.count, "run")) },
        "verdict_is_independent": { .flag($0.outcome.verdict == .independent) },
        "verdict_is_coefficients": { .flag($0.outcome.verdict == .coefficientsDepend) },
        // The summary names causes; all together only where no single one decides.
        "verdict_is_cited": { entry in
          .flag(
            entry.outcome.verdict == .depends
              && (entry.cause != nil
                || !(ledger?.entries ?? []).contains {
                  $0.cause != nil && $0.outcome.verdict == .depends
                })
          )
        },
        "verdict_is_dependent": { .flag($0.outcome.verdict == .depends) },
        "verdict_is_relative": {
          .flag($0.outcome.moves != nil && $0.outcome.verdict == nil)
        },
        "verdict_no_numbers": { .flag($0.outcome.key == "no-numbers") },
        "verdict_other_form": { .flag($0.outcome.key == "other-form") },
        "verdict_not_tried": { .flag($0.outcome.key == "not-tried") },
        "verdict_leaving": { entry in
          .text(Words.list(entry.outcome.leaving.map { QuantityText.name($0.quantity) }))
        },
        "verdict_largest": { .text(largest($0.outcome)) },
        "verdict_single": { entry in
          .chapter(
            mostMoving(entry),
            [
              "single_run": { .text(Markdown.code($0.run.name)) },
              "single_error": { .text(NumberText.signedPercent($0.relativeError)) },
              "single_largest": { .text(largest($0.outcome)) },
            ])
        },
      ]),
    "has_singles_not_tried": .flag((ledger?.singlesNotTried ?? 0) > 0),
    "singles_not_tried": .text(Words.count(ledger?.singlesNotTried ?? 0, "run")),
  ]
}

/// How many groups of excluded runs, and how many names of each, a report lists.
private let shownGroups = 40
private let shownNames = 12

private func names(_ runs: [String]) -> String {
  let listed = runs.count > shownNames + 1 ? shownNames : runs.count
  let rest = runs.count - listed
  return runs.prefix(listed).map(Markdown.code).joined(separator: ", ")
    + (rest > 0 ? " and \(NumberText.count(rest)) more" : "")
}

private func keys(_ entry: ExclusionLedger.Entry) -> [ExclusionLedger.Move] {
  (entry.outcome.moves ?? []).filter(\.quantity.isKey)
}

private func share(_ share: Double) -> String { NumberText.fixed(min(share, 1e6), 2) }

private func relative(_ move: ExclusionLedger.Move) -> String {
  move.relativeChange.map { NumberText.signedPercent($0, 1) } ?? "–"
}

/// `*b*<sub>S</sub> (0.31)`: the quantity that moves most, by the share of its interval or,
/// without intervals, by its relative change.
private func largest(_ outcome: ExclusionLedger.Outcome) -> String {
  guard let moves = outcome.moves, !moves.isEmpty else { return "–" }
  if outcome.verdict != nil, let largest = outcome.largest, let value = largest.share {
    return "\(QuantityText.name(largest.quantity)) (\(share(value)))"
  }
  let most = moves.max { abs($0.relativeChange ?? 0) < abs($1.relativeChange ?? 0) } ?? moves[0]
  return "\(QuantityText.name(most.quantity)) (\(relative(most)))"
}

/// The run that moves some quantity most when it alone is put back; nil for fewer than two.
private func mostMoving(_ entry: ExclusionLedger.Entry) -> ExclusionLedger.Single? {
  func move(_ single: ExclusionLedger.Single) -> Double {
    if let share = single.outcome.largest?.share { return share }
    return (single.outcome.moves ?? []).compactMap(\.relativeChange).map(abs).max() ?? 0
  }
  let tried = entry.singles.filter { $0.outcome.moves != nil }
  guard tried.count > 1, let first = tried.first else { return nil }
  return tried.dropFirst().reduce(first) { move($1) > move($0) ? $1 : $0 }
}

/// What quantities of the ledger are called in tables and sentences.
enum QuantityText {
  static func name(_ quantity: ExclusionLedger.Quantity) -> String {
    switch quantity {
    case .coefficient(let name): CoefficientText.symbol(name)
    case .multiplier(let sparsity): "multiplier at \(NumberText.sparsity(sparsity))"
    case .threshold(let accounting, let sparsity):
      "threshold of \(NumberText.sparsity(sparsity)) "
        + "(\(accounting == "dense" ? "dense" : "non-zero") FLOPs)"
    }
  }

  static func value(_ quantity: ExclusionLedger.Quantity, _ value: Double) -> String {
    if case .coefficient = quantity { return NumberText.significant(value) }
    return NumberText.multiple(value)
  }
}

/// What causes of exclusion are called in tables and sentences.
enum CauseText {
  static func name(_ cause: Exclusion.Cause?) -> String {
    switch cause {
    case .rule(let conditions, _): Markdown.escape(conditions)
    case .unfinished: "unfinished"
    case .diverged: "diverged"
    case .fault: "faults of logs"
    case nil: "all of these"
    }
  }
}

extension Exclusion.Cause {
  fileprivate var isRule: Bool {
    if case .rule = self { return true }
    return false
  }
}

/// Runs left out for one reason.
private struct ExclusionGroup {
  var why: String
  var runs: [String]

  /// Runs of one rule are one group, whatever values made it apply. Rules come first.
  static func grouping(_ exclusions: [Exclusion]) -> [Self] {
    var groups: [Self] = []
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
        groups.append(Self(why: why, runs: [exclusion.run]))
      }
    }
    return groups
  }
}
