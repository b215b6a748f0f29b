/// JSON Lines: one object per line. Blank lines are passed over.
package enum JSONLinesFormat {
  static let format = LogFormat(name: "JSON Lines", role: role, stream: read)

  @Sendable private static func role(ofFileNamed name: String) -> LogRole? {
    switch name.lowercased() {
    case "metrics.jsonl", "metrics.ndjson", "log.jsonl", "history.jsonl": .history
    case let name where name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson"): .table
    default: nil
    }
  }

  @Sendable package static func read(_ bytes: ByteStream, record: (LogRecord) throws -> Void) throws
  {
    var lines = LineReader(bytes)
    var rows = JSONRows()
    var text: [UInt8] = []
    while true {
      let status = try lines.next(into: &text)
      guard status != .end else { return }
      guard status == .line else {
        try record(
          .fault(
            Fault(
              line: lines.number, "the line is longer than \(LineReader.longestLine >> 20) MiB")))
        continue
      }
      guard text.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { continue }
      do {
        var json = JSONReader(text, line: lines.number, what: "line")
        let row = try rows.row(&json, line: lines.number)
        try json.finish()
        guard let row else {
          throw Fault(line: lines.number, column: 1, "the line is not a JSON object")
        }
        try record(.row(row))
      } catch let fault as Fault {
        try record(.fault(fault))
      }
    }
  }
}
