/// Weights & Biases' files/wandb-summary.json: the last value of each metric, a single row.
package enum WandbSummaryFormat: LogFormat {
  package static let name = "Weights & Biases summary"
  package static let fileName = "wandb-summary.json"

  package static func role(ofFileNamed name: String) -> LogRole? {
    name == fileName ? .history : nil
  }

  package static func read(_ bytes: ByteStream, record: (LogRecord) throws -> Void) throws {
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
