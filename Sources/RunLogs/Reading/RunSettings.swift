/// What a run was trained with, so that runs which differ in their seed alone can be told from
/// those that differ in a learning rate or a shape.
enum RunSettings {
  /// All constants of a run but its seed, its identity, and what its end says of it.
  static func of(_ configuration: Configuration) -> [String: String] {
    var settings: [String: String] = [:]
    for constant in configuration.constants where !isAside(constant.name) {
      settings[constant.name] = constant.value.text
    }
    return settings
  }

  /// The cells of a table's row that name a setting; a table's other columns are measurements.
  ///
  /// - Parameter named: columns that are settings whatever their names.
  static func of(_ row: Row, mapped: Set<String>, named: [String] = []) -> [String: String] {
    var settings: [String: String] = [:]
    for name in row.columns.names where !mapped.contains(name) && !isAside(name) {
      guard isSetting(name) else { continue }
      settings[name] = row[name].text
    }
    for name in named where row.columns.position(of: name) != nil {
      settings[name] = row[name].text
    }
    return settings
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
