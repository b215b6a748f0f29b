/// What a log file holds.
package enum LogRole: Sendable {
  /// One finished run per row.
  case table
  /// The logged steps of one run, in a folder of its own.
  case history
}

/// A way of writing training logs: a value in a file of its own, and one line in `LogFormats.all`.
///
/// A reader is a function from files to records. It keeps no more than one record in memory where
/// the format allows it, goes on after a record at fault, and never traps. What it reads comes
/// through the door that it is given, which stands in the run's folder.
package struct LogFormat: Sendable {
  /// Takes a record and the file that it is in, from the run's folder.
  package typealias Receiver = (LogRecord, String) throws -> Void

  /// The format's name for people.
  package var name: String
  /// Which log of a folder is read where there are several: that of the least rank. Rows that a
  /// trainer wrote come before a summary of them, and that before event files, which hold the same
  /// numbers as floats.
  var rank = 1
  /// Whether the format is binary, so that `Row.line` is the number of a record, from 1.
  var countsRecords = false
  /// Whether several files of this format in one folder are one log, which goes on from file to
  /// file in the order of their names.
  var isContinued = false
  /// What a file of this name, without the ending .gz, holds; nil if the format writes no such
  /// files.
  package var role: @Sendable (_ name: String) -> LogRole? = { _ in nil }
  /// The run's log among the names in its folder: files, or a folder that the format knows.
  var find: @Sendable (_ names: [String]) -> [String] = { _ in [] }
  /// Where below a run's folder, with these names in it, the format's log may be, best first.
  var places: @Sendable (_ names: [String]) -> [String] = { _ in [] }
  /// The names of a table's columns, where its first line gives them.
  var header: @Sendable (ByteStream) throws -> [String]? = { _ in nil }
  /// The run's constants in the log itself, of which the first of a name counts.
  var constants: @Sendable (Door, [String]) throws -> [Constant] = { _, _ in [] }
  /// Reads all records in order. Throws a `Fault` where the log as a whole cannot be read, and
  /// whatever the receiver throws.
  var read: @Sendable (Door, [String], Receiver) throws -> Void
}

extension LogFormat {
  /// A format of single files, each read as a stream.
  init(
    name: String, rank: Int = 1, countsRecords: Bool = false, isContinued: Bool = false,
    role: @escaping @Sendable (String) -> LogRole? = { _ in nil },
    find: (@Sendable ([String]) -> [String])? = nil,
    places: @escaping @Sendable ([String]) -> [String] = { _ in [] },
    header: @escaping @Sendable (ByteStream) throws -> [String]? = { _ in nil },
    constants: @escaping @Sendable (ByteStream) throws -> [Constant] = { _ in [] },
    stream read: @escaping @Sendable (ByteStream, (LogRecord) throws -> Void) throws -> Void
  ) {
    self.init(
      name: name, rank: rank, countsRecords: countsRecords, isContinued: isContinued, role: role,
      find: find ?? { $0.filter { role(LogFormats.withoutCompression($0)) == .history } },
      places: places, header: header,
      constants: { folder, files in
        // What a later file says counts.
        try files.reversed().flatMap { path in
          try folder.within(path) {
            try constants(folder.stream(path)).map {
              var constant = $0
              constant.file = path
              return constant
            }
          }
        }
      },
      read: { folder, files, record in
        for path in files {
          try folder.within(path) { try read(folder.stream(path)) { try record($0, path) } }
        }
      })
  }
}

/// One record of a log: a row, or what is wrong with it.
package enum LogRecord {
  case row(Row)
  /// The record, and with it the run, is at fault.
  case fault(Fault)
  /// Something was passed over that does not cost the run.
  case note(String)
}

/// The formats that are recognised.
package enum LogFormats {
  /// The list, in which the first that knows a file by its name has it.
  package static let all: [LogFormat] = [
    MLflowFormat.format, DVCLiveFormat.format, JSONLinesFormat.format, DelimitedFormat.format,
    TrainerStateFormat.format, SummaryFormats.wandb, WandbRunFormat.format,
    TensorBoardFormat.format, SummaryFormats.outcome, JSONTableFormat.format,
  ]

  /// The format of a file and what it holds, by its name.
  package static func recognise(fileNamed name: String) -> (format: LogFormat, role: LogRole)? {
    let plain = withoutCompression(name)
    for format in all {
      if let role = format.role(plain) { return (format, role) }
    }
    return nil
  }

  /// Whether a folder with these names in it holds a run's log.
  package static func isLog(_ names: [String]) -> Bool {
    all.contains { !$0.find(names).isEmpty }
  }

  /// Where below a folder with these names a run's log may be, best first.
  package static func places(_ names: [String]) -> [String] { all.flatMap { $0.places(names) } }

  /// The log that is read among the names in a run's folder; throws where it is not clear which.
  ///
  /// - Parameter prefix: what to put before the names of its files.
  static func log(_ names: [String], _ prefix: String) throws(Fault) -> RunLog {
    let found = all.map { (format: $0, files: $0.find(names)) }.filter { !$0.files.isEmpty }
    guard let rank = found.map(\.format.rank).min() else { throw noLog }
    let best = found.filter { $0.format.rank == rank }
    let files = best.flatMap(\.files).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard best.count == 1, files.count == 1 || best[0].format.isContinued else {
      throw Fault(
        "the run folder holds \(files.map(\.quoted).joined(separator: " and "))",
        fix: "keep one of them")
    }
    return RunLog(best[0].format, files.map { prefix + $0 })
  }

  static let noLog = Fault(
    "the run folder holds no log",
    fix: "it needs a metrics.jsonl, a metrics.csv or another log that is known")

  /// The names in a folder that are wanted, with the ending .gz too, in the order of the wanted.
  static func called(_ wanted: [String], among names: [String]) -> [String] {
    wanted.flatMap { name in names.filter { withoutCompression($0) == name } }
  }

  /// A file's name without the ending .gz.
  package static func withoutCompression(_ name: String) -> String {
    name.lowercased().hasSuffix(".gz") ? String(name.dropLast(3)) : name
  }
}
