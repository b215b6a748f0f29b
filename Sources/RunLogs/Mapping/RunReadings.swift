/// What was read of one run before it is checked.
package struct RunReadings {
  /// A quantity's cell, and where it stands.
  package struct Reading {
    package var value: Value
    /// The column's name, for messages.
    package var column: String
    package var times: Double
    /// Whether the cell is the density 1 - S where sparsity is wanted.
    package var isDensity = false
    package var location: SourceLocation
  }

  /// The name if the logs give none.
  package var fallbackName: String
  package var location: SourceLocation
  package var readings: [Quantity: Reading] = [:]
  package var history: [Checkpoint] = []
}
