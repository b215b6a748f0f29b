/// What sweep.yml says about where each quantity is.
package struct Mapping: Sendable {
  package struct Column: Equatable, Sendable {
    /// One column, or the factors of a product.
    package var names: [String]
    package var times: Double
    /// Whether the column gives the density 1 - S where sparsity is wanted.
    package var isDensity = false
    package var location: SourceLocation
  }

  package enum Source: Equatable, Sendable {
    case column(Column)
    case constant(Double, SourceLocation)
  }

  package var sources: [Quantity: Source] = [:]
  package var units: [Quantity: String] = [:]

  package init() {}

  /// The quantities with a place given in sweep.yml.
  package func isGiven(_ quantity: Quantity) -> Bool { sources[quantity] != nil }
}
