/// What is read of a run; the raw value is the key in sweep.yml.
package enum Quantity: String, Sendable, CaseIterable {
  case loss
  case data
  case denseParameters = "dense_params"
  case nonZeroParameters = "nonzero_params"
  case sparsity
  case pattern
  case parent
  case run

  package var isNumeric: Bool {
    switch self {
    case .loss, .data, .denseParameters, .nonZeroParameters, .sparsity: true
    case .pattern, .parent, .run: false
    }
  }

  /// Whether sweep.yml may give one number for all runs, such as `sparsity: 0`.
  package var mayBeConstant: Bool { isNumeric && self != .loss }

  /// Two of these give the third.
  package static let sizes: [Quantity] = [.denseParameters, .nonZeroParameters, .sparsity]
}
