/// A run's outcome in one JSON object, which is a single row.
enum SummaryFormats {
  /// Weights & Biases' files/wandb-summary.json: the last value of each metric.
  static let wandb = LogFormat(
    name: "Weights & Biases summary", rank: 3, role: { $0 == wandbFile ? .history : nil },
    places: { $0.contains("files") ? ["files"] : [] }, stream: read)
  private static let wandbFile = "wandb-summary.json"

  /// What scripts leave beside the run's configuration: `config.yaml` and `results.json`.
  static let outcome = LogFormat(
    name: "JSON outcome", rank: 4,
    find: { names in
      let beside = (try? Hyperparameters.files(among: names)) ?? []
      return beside.isEmpty ? [] : Array(LogFormats.called(outcomes, among: names).prefix(1))
    },
    stream: read)

  /// First the one that is read where there are several.
  private static let outcomes = [
    "results.json", "result.json", "final.json", "all_results.json", "eval_results.json",
    "summary.json",
  ]

  @Sendable private static func read(
    _ bytes: ByteStream, record: (LogRecord) throws -> Void
  ) throws {
    var json = JSONReader(bytes)
    if let first = try json.peek(), first != UInt8(ascii: "{") {
      throw Fault(line: 1, "the summary is not a JSON object")
    }
    var rows = JSONRows()
    let row = try rows.row(&json, line: 1)
    try json.finish()
    if let row, !row.columns.names.isEmpty { try record(.row(row)) }
  }
}
