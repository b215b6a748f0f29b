import Foundation

/// Points that fill a cube evenly: the additive recurrence on powers of the generalised golden
/// ratio (Roberts, "The Unreasonable Effectiveness of Quasirandom Sequences", 2018).
///
/// A seed shifts the whole sequence (modulo 1), so that results can be checked against a start
/// elsewhere.
public struct LowDiscrepancySequence: Sendable {
  private let steps: [Double]
  private let shifts: [Double]

  public init(dimensions: Int, seed: UInt64) {
    // The ratio is the positive root of x^(d+1) = x + 1; the iteration below contracts to it.
    var ratio = 1.5
    for _ in 0..<64 { ratio = pow(1 + ratio, 1 / Double(dimensions + 1)) }
    steps = (0..<dimensions).map { pow(1 / ratio, Double($0 + 1)) }
    var generator = SplitMix64(seed: seed)
    shifts = (0..<dimensions).map { _ in generator.unitInterval() }
  }

  /// Point `index` (from 0), each coordinate in [0, 1).
  public subscript(index: Int) -> [Double] {
    zip(steps, shifts).map { step, shift in
      let position = shift + Double(index + 1) * step
      return position - position.rounded(.down)
    }
  }
}
