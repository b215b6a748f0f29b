import Foundation
import ReportPipeline
import RunLogs
import ScalingLaws

/// What was read of a sweep and whether it can be fitted: one value, written for programs as JSON
/// and for people as text.
struct Inspection: Encodable {
  struct Column: Encodable {
    var quantity: String
    var column: String
    var times: Double
    var byConvention: Bool
  }
  struct Run: Encodable {
    var run: String
    var nonzeroParams: Double
    var denseParams: Double
    var sparsity: Double
    var data: Double
    var loss: Double
    var pattern: String
    var parent: String?
    var role: String
    var location: String
    var checkpoints: Int
    var standsFor: Int?
  }
  struct Excluded: Encodable {
    var run: String
    var why: String
  }
  struct Noticed: Encodable {
    var run: String
    var kind: String
    var file: String
    var line: Int?
    var record: Int?
    var message: String
    var action: String
  }
  struct Missing: Encodable {
    var path: String
    var get: String?
  }

  var name: String
  var title: String
  var lossUnit: String
  var dataUnit: String
  var runsRead: Int
  /// Whether a law would be fitted, and why not, or what the law then leaves out.
  var canBeFitted: Bool
  var verdict: [String]
  var columns: [Column]
  var runs: [Run]
  var excluded: [Excluded]
  var findings: [Noticed]
  var missingFiles: [Missing]
  var inputs: [String]
  var warnings: [String]
  /// For the text alone.
  private var holdout: String
  private var isDense: Bool
  private var kinds: [String?]
  private var places: [String]

  private enum CodingKeys: String, CodingKey {
    case name, title, lossUnit, dataUnit, runsRead, canBeFitted, verdict, columns, runs, excluded
    case findings, missingFiles, inputs, warnings
  }

  init(_ sweep: Sweep) {
    name = sweep.name
    title = sweep.title
    lossUnit = sweep.lossUnit
    dataUnit = sweep.dataUnit
    runsRead = sweep.runsRead
    let prospect = Study.prospect(of: sweep)
    canBeFitted = prospect.canBeFitted
    verdict = prospect.remarks
    holdout = "\(sweep.holdout)"
    isDense = sweep.isDense
    columns = sweep.columns.map {
      Column(
        quantity: $0.quantity, column: $0.column, times: $0.times, byConvention: $0.byConvention)
    }
    runs = sweep.runs.map {
      Run(
        run: $0.name, nonzeroParams: $0.nonZeroParameters, denseParams: $0.denseParameters,
        sparsity: $0.sparsity, data: $0.data, loss: $0.loss,
        pattern: $0.pattern.description, parent: $0.parent, role: $0.role.rawValue,
        location: $0.location.description, checkpoints: $0.history.count,
        standsFor: $0.standsFor > 1 ? $0.standsFor : nil)
    }
    excluded = sweep.exclusions.map { Excluded(run: $0.run, why: $0.why) }
    kinds = sweep.exclusions.map(\.kind)
    let found = sweep.findingsWithoutFit
    places = found.map(\.location.description)
    findings = found.map { finding in
      let number = finding.location.line
      let isRecord = finding.location.countsRecords
      return Noticed(
        run: finding.run, kind: finding.kind.rawValue, file: finding.location.file,
        line: isRecord ? nil : number, record: isRecord ? number : nil,
        message: finding.message, action: finding.action)
    }
    missingFiles = sweep.missingFiles.map { Missing(path: $0.path, get: $0.get) }
    inputs = sweep.inputs.map(\.path)
    warnings = sweep.warnings
  }

  /// An object with a list of sweeps; keys are sorted, so that the text depends on the data alone.
  static func json(_ sweeps: [Inspection]) throws -> String {
    struct Document: Encodable {
      var schema = 1
      var sweeps: [Inspection]
    }
    return String(
      decoding: try JSONText.encode(Document(sweeps: sweeps), keys: .convertToSnakeCase),
      as: UTF8.self)
  }
}

/// For a terminal.
extension Inspection {
  /// The lines of a screen.
  private static let screen = 40

  /// What was read of sweeps; without `all` a screen of it, what matters most first.
  static func text(_ sweeps: [Inspection], all: Bool) -> String {
    let most = all ? .max : max(12, screen / max(1, sweeps.count) - 1)
    return sweeps.map { $0.lines(atMost: most).joined(separator: "\n") }.joined(separator: "\n\n")
  }

  private struct Section {
    var title: String
    /// The lines of a header stay.
    var header: [String] = []
    var lines: [String]
    /// How many lines it is given before the others have theirs.
    var first: Int

    var cost: Int { 2 + header.count }
  }

  private func lines(atMost most: Int) -> [String] {
    func count(_ role: RunRole) -> Int { runs.count { $0.role == role.rawValue } }
    var head = ["\(name): \(title)".visible]
    head.append(canBeFitted ? "  a law can be fitted" : "  no law can be fitted")
    for remark in verdict.prefix(3) { head[1] += (remark == verdict.first ? ": " : "; ") + remark }
    head[1] = head[1].visible
    head.append(
      "  runs: \(runsRead) read, \(count(.fitted)) to fit, \(count(.heldOut)) held out "
        + "(\(holdout)), \(excluded.count) excluded, \(count(.other)) other")
    let sections = [
      Section(title: "warnings", lines: warnings, first: 4),
      Section(title: "excluded", lines: excludedLines(), first: 4),
      Section(
        title: "missing", lines: missingFiles.map { $0.path + ($0.get.map { ": \($0)" } ?? "") },
        first: 2),
      table(
        "what was read as what", ["quantity", "column", "times", "chosen"],
        columns.map { column in
          [
            column.quantity, column.column, column.times == 1 ? "" : "\(column.times)",
            column.byConvention ? "by its name" : "by sweep.yml",
          ]
        }, first: 6),
      table(
        "findings", ["run", "finding", "what was done"],
        zip(findings, places).map { finding, place in
          [finding.run, "\(finding.kind): \(place): \(finding.message)", finding.action]
        }, first: 3),
      runTable(),
    ].filter { !$0.lines.isEmpty }
    // Each section is given its share, and what is left goes to the runs, which come last.
    var left = most == .max ? Int.max : most - head.count - 1
    var given = [Int](repeating: 0, count: sections.count)
    for (index, section) in sections.enumerated() where left > section.cost {
      if left != .max { left -= section.cost }
      given[index] = min(section.lines.count, section.first, left)
      if left != .max { left -= given[index] }
    }
    for index in sections.indices.reversed() where given[index] > 0 {
      let more = min(left, sections[index].lines.count - given[index])
      given[index] += more
      if left != .max { left -= more }
    }
    var hidden = 0
    for (section, given) in zip(sections, given) {
      guard given > 0 else {
        hidden += section.lines.count
        continue
      }
      head += ["", "  " + section.title] + section.header.map { "    " + $0 }
      // The line that says that there are more takes the place of one of them.
      let isWhole = given >= section.lines.count
      let shown = isWhole ? given : max(0, given - 1)
      head += section.lines.prefix(shown).map { "    " + $0.visible }
      if !isWhole { head.append("    ... \(section.lines.count - shown) more: --all shows them") }
    }
    if hidden > 0 { head.append("  ... \(hidden) more lines: --all shows them") }
    return head
  }

  private func table(
    _ title: String, _ header: [String], right: ClosedRange<Int>? = nil, _ rows: [[String]],
    first: Int
  ) -> Section {
    let lines =
      right.map { TextTable.lines(header: header, right: $0, rows) }
      ?? TextTable.lines(header: header, rows)
    return Section(
      title: title, header: Array(lines.prefix(1)), lines: Array(lines.dropFirst()), first: first)
  }

  /// One fault of many runs is one line.
  private func excludedLines() -> [String] {
    zip(excluded, kinds).groups { $1 ?? $0.why }.map { _, group in
      let first = group[0].0
      return group.count == 1
        ? "\(first.run): \(first.why)"
        : "\(group.count) runs, the first \(first.run): \(first.why)"
    }
  }

  private func runTable() -> Section {
    if isDense {
      return table(
        "runs", ["run", "N", "D", "loss", "role"], right: 1...3,
        runs.map { run in
          [
            run.run, NumberText.size(run.nonzeroParams), NumberText.size(run.data),
            NumberText.significant(run.loss, 5), run.role,
          ]
        }, first: 3)
    }
    return table(
      "runs", ["run", "N", "S", "D", "loss", "pattern", "role"], right: 1...4,
      runs.map { run in
        [
          run.run, NumberText.size(run.nonzeroParams), NumberText.sparsity(run.sparsity),
          NumberText.size(run.data), NumberText.significant(run.loss, 5), run.pattern, run.role,
        ]
      }, first: 3)
  }
}
