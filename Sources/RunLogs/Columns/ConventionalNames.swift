/// The names by which quantities are recognised where sweep.yml does not map them.
///
/// Names are compared in lower case with `-`, `/`, `.`, `:` and blanks as `_`, and without a
/// leading `_`. Within a tier two
/// names that a log both has are ambiguous; a later tier counts where the earlier ones are absent.
package enum ConventionalNames {
  /// The names of a quantity, those that say most first.
  package static func tiers(of quantity: Quantity) -> [[String]] {
    switch quantity {
    // Nobody logs it under a name of its own.
    case .extraFlops: []
    case .loss:
      [
        [
          "eval_loss", "val_loss", "valid_loss", "validation_loss", "loss_val", "loss_eval",
          "loss_valid", "loss_validation", "validation_loss_final", "final_val_loss",
          "final_eval_loss", "eval_eval_loss", "val_loss_epoch", "metrics_eval_loss",
          "lm_loss_validation", "validation_lm_loss", "lm_loss_validation_lm_loss_validation",
        ],
        ["test_loss", "loss_test", "val_bpb", "eval_bpb", "validation_bpb", "test_bpb"],
        bareLosses,
      ]
    case .data:
      [
        [
          "tokens", "tokens_seen", "train_tokens", "training_tokens", "total_tokens", "num_tokens",
          "n_tokens", "num_input_tokens_seen", "consumed_tokens", "train_num_input_tokens_seen",
          "train_tokens_seen", "tokens_processed", "token_count", "examples", "examples_seen",
          "total_examples", "num_examples", "samples_seen", "consumed_samples", "data",
          "consumed_train_samples", "n_examples", "images_seen", "samples", "images", "n_images",
          "num_images", "bytes", "n_bytes", "num_bytes", "bytes_seen", "train_bytes", "characters",
          "n_characters", "characters_seen", "chars", "n_chars", "n_samples", "num_samples",
        ],
        ["d"],
      ]
    case .denseParameters:
      [
        [
          "dense_params", "dense_parameters", "params_dense", "n_dense", "num_dense_params",
          "n_params_dense",
        ],
        // Frameworks count zeroed weights too, so a bare count is the dense one.
        [
          "params", "parameters", "n_params", "num_params", "num_parameters", "total_params",
          "total_parameters", "param_count", "parameter_count", "total_parameter_count",
          "model_size", "params_total", "n",
        ],
      ]
    case .nonZeroParameters:
      [
        [
          "nonzero_params", "non_zero_params", "nonzero_parameters", "non_zero_parameters",
          "params_nonzero", "n_nonzero", "num_nonzero_params", "nnz", "n_params_nonzero",
          "active_params", "remaining_params", "unpruned_params", "params_active",
          "active_parameters", "n_active", "params_effective",
        ]
      ]
    case .sparsity:
      [
        [
          "sparsity", "final_sparsity", "weight_sparsity", "actual_sparsity", "model_sparsity",
          "global_sparsity", "pruning_sparsity", "measured_sparsity", "train_sparsity",
          "sparsity_global", "eval_sparsity", "val_sparsity", "test_sparsity", "mean_sparsity",
        ]
      ]
    case .pattern: [["pattern", "sparsity_pattern"]]
    case .parent: [["parent", "initial_checkpoint", "parent_run"]]
    case .run: [["run", "run_name", "run_id"], ["name"]]
    }
  }

  /// The columns that are named for 1 - S; several are ambiguous.
  package static func densities(among columns: [String]) -> [String] {
    let known = ["density", "final_density", "weight_density", "model_density", "kept_fraction"]
    return columns.filter { known.contains(normalised($0)) }
  }

  /// The names of what a run's data are the product of, when no column counts them.
  package static let steps = [
    "step", "global_step", "steps", "iteration", "iter", "iterations", "update", "num_updates",
    "trainer_global_step", "train_global_step",
  ]
  /// Steps of which a table with many rows for each run is one of checkpoints; `steps` may be those
  /// of finished runs.
  package static let checkpointSteps = [
    "step", "global_step", "iteration", "iter", "update", "trainer_global_step",
    "train_global_step", "checkpoint",
  ]
  /// The names of how many steps were planned.
  package static let plannedSteps = [
    "max_steps", "total_steps", "num_train_steps", "train_steps", "training_steps",
    "num_training_steps", "max_train_steps", "train_iters", "max_iters", "steps", "num_steps",
    "n_steps",
  ]
  package static let batchSizes = [
    "global_batch_size", "total_batch_size", "train_batch_size", "batch_size", "batch",
    "per_device_train_batch_size",
  ]
  package static let contexts = [
    "context", "context_length", "context_size", "seq_len", "seq_length", "sequence_length",
    "max_seq_len", "max_seq_length", "block_size", "max_length", "ctx_len", "n_ctx",
  ]

  /// Columns that count training FLOPs, from which no quantity is read: see `DataCandidates`.
  package static let flops = [
    "total_flos", "train_total_flos", "total_flops", "train_flops", "training_flops", "flops",
    "flops_total", "cumulative_flops", "total_train_flops", "train_total_flops", "num_flops",
    "model_flops", "compute_flops", "c",
  ]

  /// Losses that do not say of what data they are.
  package static let bareLosses = ["loss", "final_loss"]

  /// Columns beside which a bare `loss` in a log is that of training.
  private static let ofTraining: Set = ["grad_norm", "learning_rate", "lr"]

  /// Whether a log's loss column is that of the training data.
  package static func isTrainingLoss(_ column: String, among columns: [String]) -> Bool {
    let name = normalised(column)
    if bareLosses.contains(name) {
      return columns.contains { ofTraining.contains(normalised($0)) }
    }
    let words = name.split(separator: "_")
    return words.contains("loss") && (words.contains("train") || words.contains("training"))
  }

  /// Whether a name may be that of a loss on data kept apart: `eval/x/y_loss`, `val/ce`.
  private static func isValidationLoss(_ name: String) -> Bool {
    let words = name.split(separator: "_")
    guard let first = words.first, let last = words.last else { return false }
    return ["eval", "val", "valid", "validation", "heldout"].contains(first)
      && ["loss", "nll", "ce", "xent"].contains(last)
  }

  /// The unit that a loss column's name tells.
  package static func lossUnit(of column: String) -> String? {
    normalised(column).split(separator: "_").contains("bpb") ? "bits/byte" : nil
  }

  /// A name without the unit in it, and the factor of that: `Params (M)` is `Params` times 1e6.
  package static func unscaled(_ name: String) -> (name: String, times: Double) {
    for (mark, times) in [
      ("(K)", 1e3), ("(M)", 1e6), ("(B)", 1e9), ("(T)", 1e12), ("(%)", 0.01), ("[M]", 1e6),
      ("[B]", 1e9), ("[%]", 0.01),
    ] where name.hasSuffix(mark) {
      let base = String(name.dropLast(mark.count)).trimmed
      if !base.isEmpty { return (base.hasSuffix("_") ? String(base.dropLast()) : base, times) }
    }
    return (name, 1)
  }

  /// The first of the columns that is one of the names, in the order of the names.
  package static func first(of names: [String], among columns: [String]) -> String? {
    // `_step` of Weights & Biases counts calls of its logger: the trainer's own step comes first.
    for own in [false, true] {
      let candidates = columns.filter { $0.hasPrefix("_") == own }
      let normal = candidates.map { normalised($0) }
      for name in names {
        if let index = normal.firstIndex(of: name) { return candidates[index] }
      }
    }
    return nil
  }

  /// The column of the trainer's steps; `_step` of Weights & Biases counts calls of its logger.
  package static func step(among columns: [String]) -> String? {
    first(of: steps, among: columns.filter { !$0.hasPrefix("_") })
  }

  /// The column by which the rows of a log are ordered: the step, else the epoch.
  package static func order(among columns: [String]) -> String? {
    first(of: steps + ["epoch"], among: columns)
  }

  /// The name as it is compared: see `ConventionalNames`.
  package static func normalised(_ name: String) -> String {
    // Weights & Biases marks its own columns with a leading `_`.
    let name = name.hasPrefix("_") ? String(name.dropFirst()) : name
    return String(
      decoding: name.lowercased().utf8.map { byte in
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: " "),
          UInt8(ascii: ":"):
          UInt8(ascii: "_")
        default: byte
        }
      }, as: UTF8.self)
  }

  /// The columns that the names of the first tier present mean; several are ambiguous.
  package static func candidates(
    for quantity: Quantity, among columns: [String], tiers limit: Int = .max
  ) -> [String] {
    let names = columns.map { ($0, normalised(quantity.isNumeric ? unscaled($0).name : $0)) }
    let found = inTiers(quantity, names, limit)
    guard found.isEmpty else { return found }
    // `config.dense_params`, as documents have it that hold a run's settings beside its outcome.
    let inner = names.flatMap { name in inSections(name.1).map { (name.0, $0) } }
    // `final_sparsity` is a name, and so is what `final` leaves of it.
    var seen: Set<String> = []
    return inTiers(quantity, inner, limit).filter { seen.insert($0).inserted }
  }

  private static func inTiers(
    _ quantity: Quantity, _ names: [(written: String, normal: String)], _ limit: Int
  ) -> [String] {
    for (number, tier) in tiers(of: quantity).prefix(limit).enumerated() {
      var found = names.filter { tier.contains($0.normal) }
      if found.isEmpty, number == 0 {
        switch quantity {
        case .loss: found = names.filter { isValidationLoss($0.normal) }
        case .nonZeroParameters: found = names.filter { isPartialCount($0.normal) }
        default: break
        }
      }
      if !found.isEmpty { return found.map(\.written) }
    }
    return []
  }

  /// A name without the parts of a document that it stands in, one after the other; none where it
  /// stands in none.
  private static func inSections(_ name: String) -> [String] {
    let sections = [
      "config", "summary", "hparams", "hyperparameters", "args", "params", "results", "final",
      "training_args", "model",
    ]
    guard let section = sections.first(where: { name.hasPrefix($0 + "_") }) else { return [] }
    let rest = String(name.dropFirst(section.utf8.count + 1))
    return [rest] + inSections(rest)
  }

  /// Whether a name is that of a count of parameters with a word that says that zeroed ones are out,
  /// before or behind it: `num_params_active`, `effective_params`.
  private static func isPartialCount(_ name: String) -> Bool {
    let counts = tiers(of: .denseParameters)[1]
    return ["active", "effective", "nonzero", "non_zero", "remaining", "unpruned"].contains {
      word in
      (name.hasPrefix(word + "_") && counts.contains(String(name.dropFirst(word.utf8.count + 1))))
        || (name.hasSuffix("_" + word)
          && counts.contains(String(name.dropLast(word.utf8.count + 1))))
    }
  }

  /// Whether a column may give a quantity, by a word in its name; it is asked and never taken.
  package static func may(_ column: String, be quantity: Quantity) -> Bool {
    let words: Set<Substring> =
      switch quantity {
      case .loss:
        [
          "loss", "nll", "ce", "bpb", "bpc", "xent", "perplexity", "ppl", "crossentropy", "entropy",
        ]
      case .data:
        [
          "tokens", "token", "samples", "images", "examples", "bytes", "characters", "epochs",
          "tok", "ntok",
        ]
      case .denseParameters: ["params", "param", "parameters", "parameter", "nparams", "weights"]
      case .nonZeroParameters: ["nnz", "nonzero", "active", "remaining"]
      case .sparsity: ["sparsity", "sparse", "density", "pruned", "pruning", "prune", "kept"]
      case .extraFlops, .pattern, .parent, .run: []
      }
    return normalised(column).split(separator: "_").contains(where: words.contains)
  }

  /// Whether a column may hold a loss.
  package static func mayBeLoss(_ column: String) -> Bool { may(column, be: .loss) }

  /// Whether a column is a perplexity, of which the loss is the logarithm.
  package static func isPerplexity(_ column: String) -> Bool {
    normalised(column).split(separator: "_").contains { $0 == "perplexity" || $0 == "ppl" }
  }

  /// The unit that a data column's name tells.
  package static func dataUnit(of column: String) -> String? {
    let name = normalised(column)
    for unit in ["tokens", "examples", "samples", "images", "bytes", "characters"]
    where name.contains(unit) {
      return unit
    }
    return name.split(separator: "_").contains("chars") ? "characters" : nil
  }
}
