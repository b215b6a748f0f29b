/// JSON Lines: one object per line. Blank lines are passed over.
package enum JSONLinesFormat: LogFormat {
  package static let name = "JSON Lines"

  package static func role(ofFileNamed name: String) -> LogRole? {
    switch name.lowercased() {
    case "metrics.jsonl", "metrics.ndjson", "log.jsonl", "history.jsonl": .history
    case let name where name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson"): .table
    default: nil
    }
  }

  package static func read(_ bytes: ByteStream, record: (LogRecord) throws -> Void) throws {
    var lines = LineReader(bytes)
    var columns = ColumnNames([])
    while let line = try lines.next() {
      guard case .bytes(let text) = line else {
        try record(
          .fault(
            LogFault(
              line: lines.number, "the line is longer than \(LineReader.longestLine >> 20) MiB")))
        continue
      }
      guard text.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { continue }
      do {
        guard case .object(let members) = try JSONParser.parse(text) else {
          throw JSONParser.Failure(offset: 0, message: "the line is not a JSON object")
        }
        let cells = JSONValue.flatten(members)
        if !columns.names.elementsEqual(cells.lazy.map(\.name)) {
          columns = ColumnNames(cells.map(\.name))
        }
        try record(
          .row(Row(columns: columns, values: cells.map(\.value), line: lines.number)))
      } catch let failure as JSONParser.Failure {
        try record(.fault(fault(failure, line: lines.number)))
      }
    }
  }

  private static func fault(_ failure: JSONParser.Failure, line: Int) -> LogFault {
    let what = failure.isTruncated ? "the JSON line is cut off" : failure.message
    return LogFault(line: line, column: failure.offset + 1, what)
  }
}
