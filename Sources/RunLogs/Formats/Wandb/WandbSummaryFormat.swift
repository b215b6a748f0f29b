/// Weights & Biases' files/wandb-summary.json: the last value of each metric, a single row.
package enum WandbSummaryFormat {
  static let format = LogFormat(
    name: "Weights & Biases summary", rank: 3, places: { $0.contains("files") ? ["files"] : [] },
    role: { $0 == "wandb-summary.json" ? .history : nil }, read: read)

  @Sendable static func read(_ bytes: ByteStream, record: (LogRecord) throws -> Void) throws {
    var json = JSONReader(bytes)
    if let first = try json.peek(), first != UInt8(ascii: "{") {
      throw LogFault(line: 1, "the summary is not a JSON object")
    }
    var rows = JSONRows()
    let row = try rows.row(&json, line: 1)
    try json.finish()
    if let row, !row.columns.names.isEmpty { try record(.row(row)) }
  }
}

/// A run's outcome in one JSON object, as scripts leave it beside the run's configuration:
/// `config.yaml` and `results.json`.
enum OutcomeFormat {
  static let format = LogFormat(
    name: "JSON outcome", rank: 4, countsRecords: false, isContinued: false, role: { _ in nil },
    find: { names in
      guard let configurations = try? Sidecars.among(names), !configurations.isEmpty else {
        return []
      }
      return outcomes.flatMap { name in
        names.filter { LogFormats.withoutCompression($0) == name }
      }.prefix(1).map { $0 }
    },
    places: { _ in [] }, header: { _ in nil },
    read: { files, record in
      for path in files.paths {
        try LocatedFault.within(path) {
          try WandbSummaryFormat.read(files.folder.stream(path)) { try record($0, path) }
        }
      }
    },
    constants: { _ in [] })

  /// First the one that is read where there are several.
  private static let outcomes = [
    "results.json", "result.json", "final.json", "all_results.json", "eval_results.json",
    "summary.json",
  ]
}
