/// A number with its interval.
///
/// The number or an end may be infinite, where what was asked for exists at no finite value.
public struct Estimate: Sendable, Equatable {
  public var value: Double
  /// Nil without replicates.
  public var interval: ClosedRange<Double>?

  public init(_ value: Double, interval: ClosedRange<Double>? = nil) {
    self.value = value
    self.interval = interval
  }

  /// Whether the whole interval lies below `bound`; false without an interval.
  public func isBelow(_ bound: Double) -> Bool {
    interval.map { $0.upperBound < bound } ?? false
  }

  /// Whether the whole interval lies above `bound`; false without an interval.
  public func isAbove(_ bound: Double) -> Bool {
    interval.map { $0.lowerBound > bound } ?? false
  }

  /// Whether it and another each lie outside of the other's interval. What has no interval leaves
  /// that to the other; false where neither has one, or one is NaN.
  public func disagrees(with other: Estimate) -> Bool {
    guard interval != nil || other.interval != nil, !value.isNaN, !other.value.isNaN else {
      return false
    }
    return !(interval?.contains(other.value) ?? false)
      && !(other.interval?.contains(value) ?? false)
  }
}
