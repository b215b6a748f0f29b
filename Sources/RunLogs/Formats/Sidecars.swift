/// The files beside a log that hold a run's constants.
package enum Sidecars {
  /// At most one of these: they are ways to write the same thing.
  package static let configurations = ["config.json", "config.yaml", "config.yml"]
  /// What loggers and training scripts write of their own accord, in order of precedence.
  private static let others = [
    "hparams.yaml", "hparams.yml", "hparams.json", "params.json", "params.yaml", "args.json",
    "args.yaml", "hyperparameters.json", "hyperparams.json", "training_args.json",
  ]

  package static func isOne(_ name: String) -> Bool {
    let name = LogFormats.withoutCompression(name)
    return configurations.contains(name) || others.contains(name) || name == "wandb-metadata.json"
      || name == "meta.yaml"
  }

  /// Those among the names in a folder, with the ending .gz too, first the one that wins.
  ///
  /// Throws a `Fault` where several files claim to be the configuration.
  package static func among(_ names: [String]) throws(Fault) -> [String] {
    func present(_ wanted: [String]) -> [String] {
      wanted.flatMap { name in
        names.filter { LogFormats.withoutCompression($0) == name }
      }
    }
    let found = present(configurations)
    guard found.count <= 1 else {
      throw Fault(
        "the run folder holds \(found.map(\.quoted).joined(separator: " and "))",
        fix: "keep one of them")
    }
    return found + present(others)
  }
}
