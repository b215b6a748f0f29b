/// MLflow's file store: a run is a folder with meta.yaml, metrics/, params/ and tags/.
///
/// A metric is a file of lines `milliseconds value step`, and its name is the path below metrics/;
/// the metrics' rows are put together by step, in memory.
enum MLflowFormat {
  static let format = LogFormat(
    name: "MLflow file store", rank: 0,
    find: { $0.contains("meta.yaml") && $0.contains("metrics") ? ["metrics"] : [] },
    constants: constants, read: read)

  /// The most bytes of one parameter's file.
  private static let longestParameter = 1 << 20

  @Sendable private static func read(
    _ folder: Door, _ found: [String], record: LogFormat.Receiver
  ) throws {
    guard let metrics = found.first else { return }
    let paths = try folder.files(below: metrics)
    var rows = StepRows(
      axis: "step", metrics: paths.map { String($0.dropFirst(metrics.utf8.count + 1)) })
    for (index, path) in paths.enumerated() {
      try folder.within(path) {
        try readMetric(index, folder.stream(path), into: &rows)
      }
    }
    let repeated = try rows.read { row, file in try record(.row(row), paths[file]) }
    if repeated > 0 {
      try record(
        .note("\(repeated) values of repeated steps were dropped; the last written count"), metrics)
    }
  }

  private static func readMetric(
    _ metric: Int, _ stream: ByteStream, into rows: inout StepRows
  ) throws {
    var lines = LineReader(stream)
    var text: [UInt8] = []
    while true {
      let status = try lines.next(into: &text)
      guard status != .end else { return }
      guard status == .line else { throw Fault(line: lines.number, "the line is too long") }
      let fields = text.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D })
      guard !fields.isEmpty else { continue }
      guard (2...3).contains(fields.count), let time = number(fields[0]), time.isFinite,
        let value = number(fields[1]),
        let step = fields.count == 3 ? number(fields[2]) : 0, step.isFinite
      else { throw Fault(line: lines.number, "is not a metric: `time value step`") }
      try rows.add(
        step: step, order: time, metric: metric, value: value, line: lines.number, file: metric)
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
  /// Throws a fault for a run that was deleted.
  @Sendable private static func constants(
    _ folder: Door, _ found: [String]
  ) throws -> [Constant] {
    let above = found.first?.parentFolder ?? "."
    let prefix = above == "." ? "" : above + "/"
    let path = prefix + "meta.yaml"
    var constants = try folder.within(path) {
      let meta = try Hyperparameters(
        folder.stream(path).all(atMost: YAMLDocument.largest), isYAML: true)
      guard meta["lifecycle_stage"]?.value.text != "deleted" else {
        throw Fault("the run was deleted in MLflow", fix: "restore it if it is wanted")
      }
      guard var status = meta["status"] else { return [meta["run_name"]].compactMap { $0 } }
      status.value = .text(statusName(status.value.text ?? ""))
      return [meta["run_name"], status].compactMap { $0 }
    }
    for index in constants.indices { constants[index].file = path }
    let parameters = prefix + "params"
    for path in try folder.files(below: parameters) {
      try folder.within(path) {
        let bytes = try folder.stream(path).all(atMost: longestParameter)
        guard let text = UTF8Text.read(bytes[...]) else { return }
        constants.append(
          Constant(
            name: String(path.dropFirst(parameters.utf8.count + 1)), value: .text(text.trimmed),
            line: 1, file: path))
      }
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
