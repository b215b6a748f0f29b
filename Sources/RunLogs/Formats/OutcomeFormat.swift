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
        try files.folder.within(path) {
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
