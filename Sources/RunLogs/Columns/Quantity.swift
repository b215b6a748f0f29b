/// What is read of a run; the raw value is the key in sweep.yml.
package enum Quantity: String, Sendable, CaseIterable {
  case loss
  case data
  case denseParameters = "dense_params"
  case nonZeroParameters = "nonzero_params"
  case sparsity
  /// FLOPs per unit of data beyond those of the parameters; `compute.extra` in sweep.yml.
  case extraFlops = "extra_flops"
  case pattern
  case parent
  case run

  /// Those that are numbers, in the order of their indices.
  package static let numeric: [Quantity] = [
    .loss, .data, .denseParameters, .nonZeroParameters, .sparsity, .extraFlops,
  ]

  /// The place among all cases, for tables that are looked up for each row.
  package var index: Int {
    switch self {
    case .loss: 0
    case .data: 1
    case .denseParameters: 2
    case .nonZeroParameters: 3
    case .sparsity: 4
    case .extraFlops: 5
    case .pattern: 6
    case .parent: 7
    case .run: 8
    }
  }

  package var isNumeric: Bool { index < Self.numeric.count }

  /// Whether sweep.yml may give one number for all runs, such as `sparsity: 0`.
  package var mayBeConstant: Bool { isNumeric && self != .loss }

  /// Two of these give the third.
  package static let sizes: [Quantity] = [.denseParameters, .nonZeroParameters, .sparsity]
}
