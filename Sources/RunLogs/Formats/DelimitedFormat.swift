/// CSV (RFC 4180) and TSV with a header row, LF or CR LF, fields optionally in quotes.
///
/// Semicolons and vertical bars separate too, as Keras's CSVLogger may be told to write.
package enum DelimitedFormat: LogFormat {
  package static let name = "CSV"

  /// The usual names of one run's log: those of Lightning (metrics) and Keras (the others).
  private static let histories: Set = ["metrics", "history", "training", "training_log", "log"]

  package static func role(ofFileNamed name: String) -> LogRole? {
    let name = name.lowercased()
    if name == "training.log" { return .history }
    guard name.hasSuffix(".csv") || name.hasSuffix(".tsv") else { return nil }
    return histories.contains(String(name.dropLast(4))) ? .history : .table
  }

  package static func read(_ bytes: ByteStream, record: (LogRecord) throws -> Void) throws {
    var lines = LineReader(bytes)
    guard let header = try nextFields(&lines, separator: nil) else { return }
    if let problem = header.problem { throw LogFault(line: header.line, problem) }
    if header.fields.contains(where: { $0.utf8.contains(UInt8(ascii: "\r")) }) {
      throw LogFault(
        line: header.line, "lines end in CR alone", fix: "convert the line endings to LF")
    }
    let columns = ColumnNames(header.fields.map(\.trimmed))
    while let next = try nextFields(
      &lines, separator: header.separator, columns: columns.names.count)
    {
      if let problem = next.problem {
        try record(.fault(LogFault(line: next.line, problem)))
      } else if next.fields.count != columns.names.count {
        let which = next.fields.count < columns.names.count ? "short" : "long"
        try record(
          .fault(
            LogFault(
              line: next.line,
              "the row is too \(which): \(next.fields.count) fields where the header has "
                + "\(columns.names.count)")))
      } else {
        let values = next.fields.map { $0.isEmpty ? Value.missing : .text($0) }
        try record(.row(Row(columns: columns, values: values, line: next.line)))
      }
    }
  }

  private struct Fields {
    var fields: [String] = []
    var line: Int
    var separator: UInt8
    var problem: String?
  }

  /// The fields of the next record, which may span lines inside quotes; blank lines are skipped.
  private static func nextFields(
    _ lines: inout LineReader, separator: UInt8?, columns: Int = 16
  ) throws -> Fields? {
    while let line = try lines.next() {
      let start = lines.number
      guard case .bytes(var text) = line else {
        return Fields(line: start, separator: separator ?? comma, problem: tooLong)
      }
      guard text.contains(where: { $0 != 0x20 && $0 != 0x09 }) else { continue }
      let separator = separator ?? Self.separator(ofHeader: text)
      if let fields = FieldScanner.plain(text, separator: separator, count: columns) {
        return Fields(fields: fields, line: start, separator: separator)
      }
      var scanner = FieldScanner(separator: separator)
      scanner.scan(text)
      while scanner.isInQuotes {
        guard case .bytes(let more)? = try lines.next(),
          scanner.size + more.count <= LineReader.longestLine
        else {
          return Fields(
            line: start, separator: separator, problem: "a quoted field is never closed")
        }
        text = more
        scanner.appendLineBreak()
        scanner.scan(text)
      }
      let (fields, problem) = scanner.finish()
      return Fields(fields: fields, line: start, separator: separator, problem: problem)
    }
    return nil
  }

  /// A tab decides, as names hold commas more often than tabs; else the mark that is there most.
  private static func separator(ofHeader header: [UInt8]) -> UInt8 {
    if header.contains(tab) { return tab }
    var best = (mark: comma, count: 0)
    for mark in [comma, UInt8(ascii: ";"), UInt8(ascii: "|")] {
      let count = header.count { $0 == mark }
      if count > best.count { best = (mark, count) }
    }
    return best.mark
  }

  private static let comma = UInt8(ascii: ",")
  private static let tab = UInt8(ascii: "\t")
  private static let tooLong = "the line is longer than \(LineReader.longestLine >> 20) MiB"
}
