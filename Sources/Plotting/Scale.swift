/// How values of a quantity are spread along an axis.
public enum Scale: Hashable, Sendable {
  case linear
  /// Equal ratios take equal lengths; only positive values have a place.
  case log10
  /// Sparsity S in [0, 1), spaced by the logarithm of density: each halving of 1 - S takes the
  /// same length.
  case sparsity
}

extension Scale {
  /// The place of a value in the scale's own coordinate; NaN where it has none.
  public func position(of value: Double) -> Double {
    switch self {
    case .linear: value
    case .log10: value > 0 ? decimalLogarithm(value) : .nan
    case .sparsity: value < 1 ? -binaryLogarithm(1 - value) : .nan
    }
  }

  /// The value at a place: the inverse of `position(of:)`.
  public func value(at position: Double) -> Double {
    switch self {
    case .linear: position
    case .log10: power(10, position)
    case .sparsity: 1 - power(2, -position)
    }
  }

  /// `count` values from one end of the domain to the other, evenly spread on the scale.
  public func samples(in domain: ClosedRange<Double>, count: Int) -> [Double] {
    let (start, end) = (position(of: domain.lowerBound), position(of: domain.upperBound))
    guard count > 1, start.isFinite, end.isFinite, end > start else {
      return start.isFinite ? [domain.lowerBound] : []
    }
    return (0..<count).map { index in
      switch index {
      case 0: domain.lowerBound
      case count - 1: domain.upperBound
      default: value(at: start + (end - start) * Double(index) / Double(count - 1))
      }
    }
  }

  /// The range that an axis shows for the values on it: padded, and never without length.
  ///
  /// - Parameters:
  ///   - values: What must be visible; values without a place on the scale are passed over.
  ///   - padding: Free space at each end as a share of the length between the outer values.
  public func domain(
    covering values: some Sequence<Double>, padding: Double
  ) -> ClosedRange<Double> {
    var low = Double.infinity
    var high = -Double.infinity
    for value in values {
      let place = position(of: value)
      guard place.isFinite else { continue }
      low = min(low, place)
      high = max(high, place)
    }
    guard low <= high else { return fallbackDomain }
    var margin = (high - low) * padding
    if high - low <= 1e-9 * max(abs(low), abs(high), 1e-30) { margin = degenerateMargin(at: low) }
    let start = value(at: low - margin)
    let end = value(at: high + margin)
    guard start.isFinite, end.isFinite, start < end else { return fallbackDomain }
    return start...end
  }

  private var fallbackDomain: ClosedRange<Double> {
    switch self {
    case .linear: 0...1
    case .log10: 1...10
    case .sparsity: 0...0.75
    }
  }

  /// Room on each side of a single value, in the scale's coordinate.
  private func degenerateMargin(at position: Double) -> Double {
    switch self {
    case .linear: position == 0 ? 1 : abs(position) * 0.1
    case .log10: 0.3
    case .sparsity: 0.5
    }
  }
}
