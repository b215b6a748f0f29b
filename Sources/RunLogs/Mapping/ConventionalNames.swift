/// The names by which quantities are recognised where sweep.yml does not map them.
///
/// Names are compared in lower case with `-`, `/`, `.`, `:` and blanks as `_`, and without a
/// leading `_`. Within a tier two
/// names that a log both has are ambiguous; a later tier counts where the earlier ones are absent.
package enum ConventionalNames {
  package static func tiers(of quantity: Quantity) -> [[String]] {
    switch quantity {
    case .loss:
      [
        [
          "eval_loss", "val_loss", "valid_loss", "validation_loss", "loss_val", "loss_eval",
          "loss_valid", "loss_validation", "validation_loss_final", "final_val_loss",
          "final_eval_loss", "eval_eval_loss", "val_loss_epoch", "metrics_eval_loss",
          "lm_loss_validation", "validation_lm_loss", "lm_loss_validation_lm_loss_validation",
        ],
        ["loss", "final_loss"],
      ]
    case .data:
      [
        [
          "tokens", "tokens_seen", "train_tokens", "training_tokens", "total_tokens", "num_tokens",
          "n_tokens", "num_input_tokens_seen", "consumed_tokens", "train_num_input_tokens_seen",
          "train_tokens_seen", "tokens_processed", "token_count", "examples", "examples_seen",
          "total_examples", "num_examples", "samples_seen", "consumed_samples", "data",
          "consumed_train_samples", "n_examples", "images_seen", "samples",
        ]
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
          "total_parameters", "param_count", "parameter_count",
        ],
      ]
    case .nonZeroParameters:
      [
        [
          "nonzero_params", "non_zero_params", "nonzero_parameters", "non_zero_parameters",
          "params_nonzero", "n_nonzero", "num_nonzero_params", "nnz", "n_params_nonzero",
          "active_params", "remaining_params", "unpruned_params",
        ]
      ]
    case .sparsity:
      [
        [
          "sparsity", "final_sparsity", "weight_sparsity", "actual_sparsity", "model_sparsity",
          "global_sparsity", "pruning_sparsity", "measured_sparsity", "train_sparsity",
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
    "model_flops", "compute_flops",
  ]

  /// The first of the columns that is one of the names, in the order of the names.
  package static func first(of names: [String], among columns: [String]) -> String? {
    let normal = columns.map { normalised($0) }
    for name in names {
      if let index = normal.firstIndex(of: name) { return columns[index] }
    }
    return nil
  }

  /// The column by which the rows of a log are ordered: the step, else the epoch.
  package static func order(among columns: [String]) -> String? {
    first(of: steps + ["epoch"], among: columns)
  }

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
    let names = columns.map { ($0, normalised($0)) }
    for tier in tiers(of: quantity).prefix(limit) {
      let found = names.filter { tier.contains($0.1) }.map(\.0)
      if !found.isEmpty { return found }
    }
    return []
  }

  /// The unit that a data column's name tells.
  package static func dataUnit(of column: String) -> String? {
    let name = normalised(column)
    for unit in ["tokens", "examples", "samples"] where name.contains(unit) { return unit }
    return nil
  }
}
