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
/// through the door that `LogFiles` holds.
package struct LogFormat: Sendable {
  /// Takes a record and the file that it is in, from the run's folder.
  package typealias Receiver = (LogRecord, String) throws -> Void

  /// The format's name for people.
  package let name: String
  /// Which log of a folder is read where there are several: that of the least rank. Rows that a
  /// trainer wrote come before a summary of them, and that before event files, which hold the same
  /// numbers as floats.
  package let rank: Int
  /// Whether the format is binary, so that `Row.line` is the number of a record, from 1.
  package let countsRecords: Bool
  /// Whether several files of this format in one folder are one log, which goes on from file to
  /// file in the order of their names.
  package let isContinued: Bool
  /// What a file of this name, without the ending .gz, holds; nil if the format writes no such
  /// files.
  package let role: @Sendable (_ name: String) -> LogRole?
  /// The run's log among the names in its folder: files, or a folder that the format knows.
  package let find: @Sendable (_ names: [String]) -> [String]
  /// Where below a run's folder, with these names in it, the format's log may be, best first.
  package let places: @Sendable (_ names: [String]) -> [String]
  /// The names of a table's columns, where its first line gives them.
  package let header: @Sendable (ByteStream) throws -> [String]?
  /// Reads all records in order. Throws a `Fault` where the log as a whole cannot be read,
  /// and whatever the receiver throws.
  package let read: @Sendable (LogFiles, Receiver) throws -> Void
  /// The run's constants in the log itself, of which the first of a name counts.
  package let constants: @Sendable (LogFiles) throws -> [Configuration.Constant]
}

/// Files of a run's log, from the folder of the run.
package struct LogFiles {
  package let folder: Door
  package let paths: [String]

  package init(_ paths: [String], in folder: Door) {
    self.folder = folder
    self.paths = paths
  }
}

extension LogFiles {
  private static let mostFiles = 100_000

  /// The files below a folder, at most 8 folders deep, without those that start with a dot; what is
  /// no folder counts as a file. Throws a `Fault`.
  func all(below path: String) throws -> [String] {
    guard folder.kind(path) != .absent else { return [] }
    var paths: [String] = []
    func add(_ path: String, _ depth: Int) throws(Fault) {
      for name in try folder.names(in: path) {
        let inner = path + "/" + name
        if folder.kind(inner) == .folder {
          if depth < 8 { try add(inner, depth + 1) }
        } else {
          guard paths.count < Self.mostFiles else {
            throw Fault("there are more than \(grouped(Double(Self.mostFiles))) files")
          }
          paths.append(inner)
        }
      }
    }
    try folder.within(path) { try add(path, 1) }
    return paths
  }
}

extension LogFormat {
  /// A format of single files, each read as a stream.
  init(
    name: String, rank: Int = 1, countsRecords: Bool = false, isContinued: Bool = false,
    places: @escaping @Sendable ([String]) -> [String] = { _ in [] },
    role: @escaping @Sendable (String) -> LogRole?,
    constants: (@Sendable (ByteStream) throws -> [Configuration.Constant])? = nil,
    header: @escaping @Sendable (ByteStream) throws -> [String]? = { _ in nil },
    read: @escaping @Sendable (ByteStream, (LogRecord) throws -> Void) throws -> Void
  ) {
    self.init(
      name: name, rank: rank, countsRecords: countsRecords, isContinued: isContinued, role: role,
      find: { names in
        names.filter { role(LogFormats.withoutCompression($0)) == .history }
      },
      places: places, header: header,
      read: { files, record in
        for path in files.paths {
          try files.folder.within(path) {
            try read(files.folder.stream(path)) { try record($0, path) }
          }
        }
      },
      constants: { files in
        guard let constants else { return [] }
        // What a later file says counts.
        return try files.paths.reversed().flatMap { path in
          try files.folder.within(path) {
            try constants(files.folder.stream(path)).map {
              var constant = $0
              constant.file = path
              return constant
            }
          }
        }
      })
  }
}

/// The log of one run: which files it is in and how they are read.
package struct RunLog: Sendable {
  /// The format's name for people.
  package let formatName: String
  /// The files, from the run's folder; the first stands for the log.
  package let files: [String]
  /// What to do where the run's constants are missing; nil for the usual advice.
  package var adviceOnConstants: String?
  /// Reads all records in order.
  package let read: @Sendable (Door, LogFormat.Receiver) throws -> Void
  /// The constants in the log itself.
  package var constants: @Sendable (Door) throws -> [Configuration.Constant]
}

extension RunLog {
  /// Files of a format.
  package init(_ format: LogFormat, _ files: [String]) {
    self.init(
      formatName: format.name, files: files,
      read: { try format.read(LogFiles(files, in: $0), $1) },
      constants: { try format.constants(LogFiles(files, in: $0)) })
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
    TrainerStateFormat.format, WandbSummaryFormat.format, WandbRunFormat.format,
    TensorBoardFormat.format, OutcomeFormat.format, JSONTableFormat.format,
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

  /// The log that is read among the names in a run's folder; throws a `Fault` where it is not
  /// clear which.
  ///
  /// - Parameter prefix: what to put before the names of its files.
  package static func log(_ names: [String], _ prefix: String) throws(Fault) -> RunLog {
    var found: [(format: LogFormat, files: [String])] = []
    for format in all {
      let files = format.find(names)
      if !files.isEmpty { found.append((format, files)) }
    }
    guard let rank = found.map(\.format.rank).min() else {
      throw Fault(
        "the run folder holds no log",
        fix: "it needs a metrics.jsonl, a metrics.csv or another log that is known")
    }
    let best = found.filter { $0.format.rank == rank }
    let files = best.flatMap(\.files).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard best.count == 1, files.count == 1 || best[0].format.isContinued else {
      throw Fault(
        "the run folder holds \(files.map(\.quoted).joined(separator: " and "))",
        fix: "keep one of them")
    }
    return RunLog(best[0].format, files.map { prefix + $0 })
  }

  /// A file's name without the ending .gz.
  package static func withoutCompression(_ name: String) -> String {
    name.lowercased().hasSuffix(".gz") ? String(name.dropLast(3)) : name
  }
}
