/// A part of training, such as its last quarter: fractions of the data that the run sees, or of
/// its steps where data are not logged, as in `compute.pruning`.
package struct TrainingPart: Equatable, Sendable {
  /// 0 at the start of training.
  package var from: Double
  /// 1 at its end.
  package var to: Double

  /// The keys of the rows in this part, of a run that ends at a key; nil if that is not above 0.
  package func bounds(_ end: Double) -> ClosedRange<Double>? {
    guard end > 0, from <= to else { return nil }
    // A row at 150 of 200 is at 0.75, whatever the last bit of the products.
    let slack = 1e-9 * end
    return (from * end - slack)...(to * end + slack)
  }
}

extension TrainingPart: CustomStringConvertible {
  /// For messages: `from 0.75 to 1.0 of training`.
  package var description: String { "from \(from) to \(to) of training" }
}
