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
  /// The format's name for people.
  static var name: String { get }

  /// Whether the format is binary, so that `Row.line` is the number of a record, from 1.
  static var countsRecords: Bool { get }

  /// What a file of this name, without the ending .gz, holds, or nil if this format does not
  /// write such files.
  static func role(ofFileNamed name: String) -> LogRole?

  /// Reads all records in order.
  ///
  /// Throws a `LogFault` where the file as a whole cannot be read, and whatever `record` throws.
  static func read(_ bytes: ByteStream, record: (LogRecord) throws -> Void) throws
}

extension LogFormat {
  package static var countsRecords: Bool { false }
}

/// One record of a log: a row, or what is wrong with it.
package enum LogRecord {
  case row(Row)
  /// The record, and with it the run, is at fault.
  case fault(LogFault)
  /// Something was passed over that does not cost the run.
  case note(String)
}

/// What is wrong with a record or a file, and where in it.
package struct LogFault: Error, Equatable {
  package var line: Int?
  package var column: Int?
  package var message: String
  package var fix: String?
  /// The operating system would not open or read the file.
  package var isUnreadable = false
  /// Nothing is there.
  package var isAbsent = false
  /// A symbolic link is there or on the way there.
  package var isLink = false

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
    JSONLinesFormat.self, DelimitedFormat.self, TrainerStateFormat.self,
    WandbSummaryFormat.self, WandbRunFormat.self, TensorBoardFormat.self, JSONTableFormat.self,
  ]

  /// The format of a file and what it holds, by its name.
  package static func recognise(fileNamed name: String) -> (
    format: any LogFormat.Type, role: LogRole
  )? {
    let plain = withoutCompression(name)
    for format in all {
      if let role = format.role(ofFileNamed: plain) { return (format, role) }
    }
    return nil
  }

  /// A file's name without the ending .gz.
  package static func withoutCompression(_ name: String) -> String {
    name.lowercased().hasSuffix(".gz") ? String(name.dropLast(3)) : name
  }
}
