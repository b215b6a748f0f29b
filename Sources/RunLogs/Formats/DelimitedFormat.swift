/// CSV (RFC 4180) and TSV with a header row, LF or CR LF, fields optionally in quotes.
///
/// Semicolons and vertical bars separate too, as Keras's CSVLogger may be told to write.
package enum DelimitedFormat {
  static let format = LogFormat(name: "CSV", role: role, header: header, stream: read)

  /// The usual names of one run's log: those of Lightning (metrics) and Keras (the others).
  private static let histories: Set = ["metrics", "history", "training", "training_log", "log"]

  @Sendable private static func role(ofFileNamed name: String) -> LogRole? {
    let name = name.lowercased()
    if name == "training.log" { return .history }
    guard name.hasSuffix(".csv") || name.hasSuffix(".tsv") else { return nil }
    return histories.contains(String(name.dropLast(4))) ? .history : .table
  }

  @Sendable private static func header(_ bytes: ByteStream) throws -> [String]? {
    var reader = DelimitedReader(bytes)
    guard try reader.nextHeader(), reader.problem == nil else { return nil }
    return reader.fields.texts.map(\.trimmed)
  }

  @Sendable package static func read(_ bytes: ByteStream, record: (LogRecord) throws -> Void) throws
  {
    var reader = DelimitedReader(bytes)
    guard try reader.nextHeader() else { return }
    if let problem = reader.problem { throw Fault(line: reader.line, problem) }
    let names = reader.fields.texts
    if names.contains(where: { $0.utf8.contains(UInt8(ascii: "\r")) }) {
      throw Fault(
        line: reader.line, "lines end in CR alone", fix: "convert the line endings to LF")
    }
    let columns = ColumnNames(names.map(\.trimmed))
    var mark = DecimalMark()
    while try reader.next() {
      let fields = reader.fields
      if let problem = reader.problem {
        try record(.fault(Fault(line: reader.line, problem)))
      } else if fields.count != columns.names.count {
        let which = fields.count < columns.names.count ? "short" : "long"
        try record(
          .fault(
            Fault(
              line: reader.line,
              "the row is too \(which): \(fields.count) fields where the header has "
                + "\(columns.names.count)")))
      } else {
        let row = Row(columns: columns, fields: fields, line: reader.line)
        guard reader.hasSemicolons else {
          try record(.row(row))
          continue
        }
        try mark.add(row) { try record(.row($0)) }
      }
    }
    try mark.finish { try record(.row($0)) }
    if mark.commas > 0 {
      try record(
        .note(
          "fields are parted by semicolons, and commas are read as decimal marks in \(mark.commas) "
            + "row\(mark.commas == 1 ? "" : "s"): 0,5 is 0.5, and 1.000.000 a million"))
    }
    if !reader.isEndMarked {
      try record(
        .note(
          "the last line has no newline at its end: if the file was cut off there, its last number "
            + "may be wrong"))
    }
  }
}
