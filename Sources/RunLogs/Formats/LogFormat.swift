/// What a log file holds.
package enum LogRole: Sendable {
  /// One finished run per row.
  case table
  /// The logged steps of one run, in a folder of its own.
  case history
}

/// A way of writing training logs: one conforming type, in one file, for each.
///
/// A reader is a function from bytes to records. It keeps no more than one record in memory
/// where the format allows it, goes on after a record at fault, and never traps.
package protocol LogFormat: Sendable {
  /// What a file of this name holds, or nil if this format does not write such files.
  static func role(ofFileNamed name: String) -> LogRole?

  /// Reads all records in order.
  ///
  /// Throws a `LogFault` where the file as a whole cannot be read, and whatever `record` throws.
  static func read(_ bytes: ByteStream, record: (LogRecord) throws -> Void) throws
}

/// One record of a log: a row, or what is wrong with it.
package enum LogRecord {
  case row(Row)
  case fault(LogFault)
}

/// What is wrong with a record or a file, and where in it.
package struct LogFault: Error, Equatable {
  package var line: Int?
  package var column: Int?
  package var message: String
  package var fix: String?
  /// The operating system would not open or read the file.
  package var isUnreadable = false

  package init(
    line: Int? = nil, column: Int? = nil, _ message: String, fix: String? = nil,
    isUnreadable: Bool = false
  ) {
    self.line = line
    self.column = column
    self.message = message
    self.fix = fix
    self.isUnreadable = isUnreadable
  }
}

/// The formats that are recognised, in order of precedence.
package enum LogFormats {
  package static let all: [any LogFormat.Type] = [
    JSONLinesFormat.self, DelimitedFormat.self, JSONTableFormat.self,
  ]

  /// The format of a file and what it holds, by its name.
  package static func recognise(fileNamed name: String) -> (
    format: any LogFormat.Type, role: LogRole
  )? {
    for format in all {
      if let role = format.role(ofFileNamed: name) { return (format, role) }
    }
    return nil
  }
}
