/// The names by which quantities are recognised where sweep.yml does not map them.
///
/// Names are compared in lower case with `-`, `/`, `.` and blanks as `_`. Within a tier two
/// names that a log both has are ambiguous; a later tier counts where the earlier ones are absent.
package enum ConventionalNames {
  package static func tiers(of quantity: Quantity) -> [[String]] {
    switch quantity {
    case .loss:
      [
        [
          "eval_loss", "val_loss", "valid_loss", "validation_loss", "loss_val", "loss_eval",
          "validation_loss_final", "final_val_loss", "final_eval_loss",
        ],
        ["loss", "final_loss"],
      ]
    case .data:
      [
        [
          "tokens", "tokens_seen", "train_tokens", "training_tokens", "total_tokens", "num_tokens",
          "n_tokens", "num_input_tokens_seen", "consumed_tokens", "examples", "examples_seen",
          "total_examples", "num_examples", "samples_seen", "consumed_samples", "data",
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
          "params_nonzero", "n_nonzero", "num_nonzero_params", "nnz",
        ]
      ]
    case .sparsity: [["sparsity", "final_sparsity", "weight_sparsity", "actual_sparsity"]]
    case .pattern: [["pattern", "sparsity_pattern"]]
    case .parent: [["parent", "initial_checkpoint", "parent_run"]]
    case .run: [["run", "run_name", "run_id"], ["name"]]
    }
  }

  package static func normalised(_ name: String) -> String {
    String(
      decoding: name.lowercased().utf8.map { byte in
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: " "):
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
