import Foundation

/// A run folder of MLflow's file store: meta.yaml, metrics/, params/ and tags/.
///
/// A metric is a file of lines `milliseconds value step`; the metrics' rows are put together by
/// step, in memory.
package enum MLflowRun {
  package static let name = "MLflow file store"

  package static func isOne(_ names: [String]) -> Bool {
    names.contains("meta.yaml") && names.contains("metrics")
  }

  /// The files of a folder and the folders below it, at most 8 deep, without links.
  package static func files(
    in folder: Door, below prefix: String
  ) throws(LogFault) -> [String] {
    guard prefix.split(separator: "/").count <= 8 else { return [] }
    switch folder.kind(prefix) {
    case .folder: break
    case .absent: return []
    case .link: throw .link
    default: throw LogFault("\(prefix) is not a folder")
    }
    var paths: [String] = []
    for name in try folder.names(in: prefix) {
      let path = prefix + "/" + name
      if folder.kind(path) == .folder {
        paths += try files(in: folder, below: path)
      } else {
        paths.append(path)
      }
    }
    return paths
  }

  /// Reads metrics, given by their paths below the run's folder, as rows by step.
  package static func read(
    _ paths: [String], in folder: Door, record: (LogRecord) throws -> Void
  ) throws {
    var rows = StepRows(axis: "step", metrics: paths.map { String($0.dropFirst("metrics/".count)) })
    for (metric, path) in paths.enumerated() {
      var lines = LineReader(try folder.stream(path))
      while let line = try lines.next() {
        guard case .bytes(let text) = line else {
          throw LogFault(line: lines.number, "\(path) has a line that is too long")
        }
        let fields = text.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D })
        guard !fields.isEmpty else { continue }
        guard (2...3).contains(fields.count), let time = number(fields[0]), time.isFinite,
          let value = number(fields[1]),
          let step = fields.count == 3 ? number(fields[2]) : 0, step.isFinite
        else {
          try record(
            .fault(
              LogFault(
                line: nil,
                "\(path), line \(lines.number), is not a metric: `time value step`")))
          return
        }
        try rows.add(step: step, order: time, metric: metric, value: value)
      }
    }
    let repeated = try rows.read { row, _ in try record(.row(row)) }
    if repeated > 0 {
      try record(
        .note("\(repeated) values of repeated steps were dropped; the last written count"))
    }
  }

  private static func number(_ text: ArraySlice<UInt8>) -> Double? {
    if let value = text.withUnsafeBufferPointer(DecimalNumber.parse) { return value }
    switch UTF8Text.read(text)?.lowercased() {
    case "nan": return .nan
    case "inf", "infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    default: return nil
    }
  }

  /// The constants of a run: its parameters, and its name and status from meta.yaml.
  ///
  /// Throws a `LogFault` for a run that was deleted.
  package static func constants(
    in folder: Door
  ) throws -> [Configuration.Constant] {
    let meta = try Configuration(
      folder.stream("meta.yaml").all(atMost: YAMLDocument.largest), isYAML: true)
    guard meta["lifecycle_stage"]?.value.text != "deleted" else {
      throw LogFault("the run was deleted in MLflow", fix: "restore it if it is wanted")
    }
    var constants: [Configuration.Constant] = []
    if let name = meta["run_name"] { constants.append(name) }
    if var status = meta["status"] {
      status.value = .text(statusName(status.value.text ?? ""))
      constants.append(status)
    }
    for index in constants.indices { constants[index].file = "meta.yaml" }
    for path in try files(in: folder, below: "params") {
      let bytes = try folder.stream(path).all(atMost: 1 << 20)
      guard let text = UTF8Text.read(bytes[...]) else { continue }
      constants.append(
        Configuration.Constant(
          name: String(path.dropFirst("params/".count)), value: .text(text.trimmed), line: 1,
          file: path))
    }
    return constants
  }

  /// A status as MLflow's enumeration numbers it.
  private static func statusName(_ number: String) -> String {
    switch number {
    case "1": "running"
    case "2": "scheduled"
    case "3": "finished"
    case "4": "failed"
    case "5": "killed"
    default: number.lowercased()
    }
  }
}
