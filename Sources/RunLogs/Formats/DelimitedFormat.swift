/// CSV (RFC 4180) and TSV with a header row, LF or CR LF, fields optionally in quotes.
package enum DelimitedFormat: LogFormat {
  package static func role(ofFileNamed name: String) -> LogRole? {
    switch name.lowercased() {
    case "metrics.csv", "metrics.tsv": .history
    case let name where name.hasSuffix(".csv") || name.hasSuffix(".tsv"): .table
    default: nil
    }
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
    while let next = try nextFields(&lines, separator: header.separator) {
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
    _ lines: inout LineReader, separator: UInt8?
  ) throws -> Fields? {
    while let line = try lines.next() {
      let start = lines.number
      guard case .bytes(var text) = line else {
        return Fields(line: start, separator: separator ?? comma, problem: tooLong)
      }
      guard text.contains(where: { $0 != 0x20 && $0 != 0x09 }) else { continue }
      // A tab in the header decides: names hold commas more often than tabs.
      let separator = separator ?? (text.contains(tab) ? tab : comma)
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

  private static let comma = UInt8(ascii: ",")
  private static let tab = UInt8(ascii: "\t")
  private static let tooLong = "the line is longer than \(LineReader.longestLine >> 20) MiB"
}

/// Cuts one record into fields.
private struct FieldScanner {
  let separator: UInt8
  private(set) var isInQuotes = false
  private(set) var size = 0
  private var fields: [[UInt8]] = [[]]
  private var isFieldStart = true
  private var wasQuoted = false
  private var hasNUL = false
  private var isMalformed = false

  init(separator: UInt8) {
    self.separator = separator
  }

  mutating func appendLineBreak() {
    fields[fields.count - 1].append(UInt8(ascii: "\n"))
    size += 1
  }

  mutating func scan(_ text: [UInt8]) {
    size += text.count
    var field = fields.removeLast()
    var at = 0
    while at < text.count {
      let byte = text[at]
      at += 1
      if byte == 0 { hasNUL = true }
      if isInQuotes {
        if byte != quote {
          field.append(byte)
        } else if at < text.count, text[at] == quote {
          field.append(quote)
          at += 1
        } else {
          isInQuotes = false
          wasQuoted = true
        }
      } else if byte == separator {
        fields.append(field)
        field.removeAll(keepingCapacity: true)
        isFieldStart = true
        wasQuoted = false
        continue
      } else if byte == quote, isFieldStart {
        isInQuotes = true
      } else {
        if wasQuoted { isMalformed = true }
        field.append(byte)
      }
      isFieldStart = false
    }
    fields.append(field)
  }

  consuming func finish() -> ([String], String?) {
    if hasNUL { return ([], "there is a NUL byte") }
    if isMalformed { return ([], "there is text after a closing quote") }
    var texts: [String] = []
    texts.reserveCapacity(fields.count)
    for field in fields {
      guard let text = String(validating: field, as: UTF8.self) else {
        return ([], "the text is not UTF-8")
      }
      texts.append(text)
    }
    return (texts, nil)
  }

  private var quote: UInt8 { UInt8(ascii: "\"") }
}
