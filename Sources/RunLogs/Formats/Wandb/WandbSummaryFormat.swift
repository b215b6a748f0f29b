/// Weights & Biases' files/wandb-summary.json: the last value of each metric, a single row.
package enum WandbSummaryFormat {
  static let format = LogFormat(
    name: "Weights & Biases summary", rank: 3, places: { $0.contains("files") ? ["files"] : [] },
    role: { $0 == "wandb-summary.json" ? .history : nil }, read: read)

  @Sendable private static func read(_ bytes: ByteStream, record: (LogRecord) throws -> Void) throws
  {
    let text = try bytes.all(atMost: JSONTableFormat.largest)
    do {
      guard case .object(let members) = try JSONParser.parse(text) else {
        throw LogFault(line: 1, "the summary is not a JSON object")
      }
      let cells = JSONValue.flatten(members)
      guard !cells.isEmpty else { return }
      try record(
        .row(Row(columns: ColumnNames(cells.map(\.name)), values: cells.map(\.value), line: 1)))
    } catch let failure as JSONParser.Failure {
      throw TextPlaces(text).fault(failure)
    }
  }
}
