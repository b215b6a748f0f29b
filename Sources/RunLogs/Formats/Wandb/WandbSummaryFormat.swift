/// Weights & Biases' files/wandb-summary.json: the last value of each metric, a single row.
package enum WandbSummaryFormat {
  static let format = LogFormat(
    name: "Weights & Biases summary", rank: 3, places: { $0.contains("files") ? ["files"] : [] },
    role: { $0 == "wandb-summary.json" ? .history : nil }, read: read)

  @Sendable static func read(_ bytes: ByteStream, record: (LogRecord) throws -> Void) throws {
    var json = JSONReader(bytes)
    if let first = try json.peek(), first != UInt8(ascii: "{") {
      throw Fault(line: 1, "the summary is not a JSON object")
    }
    var rows = JSONRows()
    let row = try rows.row(&json, line: 1)
    try json.finish()
    if let row, !row.columns.names.isEmpty { try record(.row(row)) }
  }
}
