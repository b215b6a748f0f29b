import RunLogs
import ScalingLaws

/// What was noticed about single runs, and the check for outliers.
let findingFields: [Field<SweepAnalysis>] = [
  .rows(
    "findings", table: "findings", { $0.findings.isEmpty ? nil : $0.findings }, singleFindingFields),
  .rows("shown_findings", { FindingChoice($0.findings).shown }, singleFindingFields).only(.prose),
  .texts("hidden_findings") { FindingChoice($0.findings).hidden.map(Wording.plain) }.only(.prose),
  .record(
    "outliers",
    { analysis in
      analysis.outliers.map { (check: $0, residual: analysis.sweep.residual) }
    },
    outlierFields),
]

private let singleFindingFields: [Field<Finding>] = [
  .code("run") { $0.run },
  .choice("kind") { $0.kind },
  .code("file") { $0.location.file },
  // From 1; absent where none is known. In a binary log the number of the record instead.
  .number("line", .setting) {
    $0.location.countsRecords ? nil : $0.location.line.map(Double.init)
  },
  .number("record", .setting) {
    $0.location.countsRecords ? $0.location.line.map(Double.init) : nil
  }.only([.json, .csv]),
  .code("place") { "\($0.location)" }.only(.prose),
  .text("message") { $0.message },
  .text("action") { $0.action },
]

/// The findings that a report lists: a long list of one kind says no more than its beginning and
/// its length.
private struct FindingChoice {
  var shown: [Finding] = []
  var hidden: [String] = []

  private static let mostOfAKind = 6

  init(_ findings: [Finding]) {
    for kind in Finding.Kind.allCases {
      let members = findings.filter { $0.kind == kind }
      let limit = members.count > Self.mostOfAKind + 1 ? Self.mostOfAKind : members.count
      shown += members.prefix(limit)
      if members.count > limit {
        let name = kind.rawValue.replacing("-", with: " ")
        hidden.append("\(name) (\(NumberText.count(members.count - limit)) more)")
      }
    }
  }
}

private let outlierFields: [Field<(check: OutlierCheck, residual: ResidualKind)>] = [
  .count("runs", "run") { $0.check.runs },
  .number("scale", .significant(2)) { $0.check.scale },
  // In logarithms it is a relative error.
  .number("relative_scale", .percent(2)) { $0.residual == .log ? $0.check.scale : nil }
    .only(.prose),
  .number("threshold", .fixed(1)) { $0.check.threshold },
  .rows(
    "table", { $0.check.outliers },
    [
      .code("run") { $0.run.name },
      .number("relative_error", .signedPercent(2)) { $0.relativeError },
      .number("deviations", .fixed(1)) { $0.deviations },
      .number("weight", .significant(2)) { $0.weight },
    ]
  ).only([.json, .csv]),
  .count("count", "run") { $0.check.outliers.count }.only(.prose),
]
