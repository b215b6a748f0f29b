/// What a run was trained with, so that runs which differ in their seed alone can be told from
/// those that differ in a learning rate or a shape.
enum RunSettings {
  /// All constants of a run but its seed, its identity, and what its end says of it.
  static func of(_ configuration: Hyperparameters) -> [String: String] {
    var settings: [String: String] = [:]
    for constant in configuration.constants where !isAside(constant.name) {
      settings[constant.name] = constant.value.text
    }
    return settings
  }

  /// Whether a table's column is a setting; its other columns are measurements.
  static func isOne(_ name: String) -> Bool { !isAside(name) && isSetting(name) }

  /// The shortest name that speaks of a seed, such as `seed` before `data_seed`.
  static func seedName(among names: [String]) -> String? {
    names.filter { words($0).contains { $0 == "seed" || $0 == "seeds" } }
      .min { ($0.count, $0) < ($1.count, $1) }
  }

  /// A seed as it is shown; nil for a blank one.
  static func seed(_ text: String?) -> String? {
    text.flatMap { $0.trimmed.isEmpty ? nil : $0.trimmed.visible }
  }

  private static func words(_ name: String) -> [Substring] {
    ConventionalNames.normalised(name).split(separator: "_")
  }

  /// Whether a name stands for a seed, the run itself, its surroundings or its outcome.
  private static func isAside(_ name: String) -> Bool {
    let aside: Set<Substring> = [
      "seed", "seeds", "name", "id", "uuid", "status", "state", "time", "timestamp", "date",
      "seconds", "runtime", "duration", "elapsed", "host", "hostname", "user", "dir", "directory",
      "path", "file", "output", "git", "commit", "pid", "device", "gpu", "cuda", "url", "notes",
      "tags", "version", "rank", "wandb", "run", "logging", "best", "loss",
    ]
    return words(name).contains(where: aside.contains)
  }

  /// Whether a name has a word that speaks of how a run is trained.
  private static func isSetting(_ name: String) -> Bool {
    let known: Set<Substring> = [
      "lr", "learning", "rate", "batch", "width", "depth", "layer", "layers", "head", "heads",
      "hidden", "ff", "dff", "mlp", "embd", "dmodel", "model", "optimizer", "optim", "schedule",
      "scheduler", "warmup", "decay", "beta", "beta1", "beta2", "momentum", "dropout", "dataset",
      "corpus", "vocab", "tokenizer", "arch", "architecture", "family", "activation", "init",
      "context", "seq", "ratio", "experts", "expert", "topk", "prune", "pruner", "method", "epochs",
      "precision", "dtype", "clip",
    ]
    return words(name).contains(where: known.contains)
  }
}

/// The cells of a table's rows that are settings.
struct RowSettings {
  private let mapped: Set<String>
  private let named: [String]
  private var columns: ColumnNames?
  private var names: [String] = []
  private var places: [Int] = []

  /// - Parameters:
  ///   - mapped: columns that are no settings whatever their names.
  ///   - named: columns that are settings whatever their names.
  init(mapped: Set<String>, named: [String] = []) {
    self.mapped = mapped
    self.named = named
  }

  /// The settings of a row by their names.
  mutating func settings(of row: Row) -> [String: String] {
    meet(row.columns)
    var settings: [String: String] = [:]
    for (name, place) in zip(names, places) { settings[name] = row[place].text }
    return settings
  }

  /// The values of those that a row has, in the order of their names.
  mutating func values(of row: Row) -> [String] {
    meet(row.columns)
    return places.compactMap { row[$0].text }
  }

  /// Looks at names once for neighbours that have the same ones.
  private mutating func meet(_ columns: ColumnNames) {
    guard columns !== self.columns else { return }
    self.columns = columns
    let found = columns.names.filter { !mapped.contains($0) && RunSettings.isOne($0) }
    names = Set(found + named.filter { columns.position(of: $0) != nil }).sorted()
    places = names.compactMap(columns.position)
  }
}
