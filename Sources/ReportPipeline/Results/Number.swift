import Foundation

/// A published number: finite, and rounded to 10 significant digits when it is written, so that
/// machines whose last bits differ agree on it.
public struct Number: Codable, Sendable, Equatable {
  public var value: Double

  /// Nil where `value` is absent, infinite or not a number: such keys are left out.
  public init?(_ value: Double?) {
    guard let value, value.isFinite else { return nil }
    self.value = Self.rounded(value)
  }

  public init(from decoder: any Decoder) throws {
    value = try decoder.singleValueContainer().decode(Double.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }

  /// The nearest number of 10 significant decimal digits.
  static func rounded(_ value: Double) -> Double {
    guard value != 0, value.isFinite else { return value == 0 ? 0 : value }
    let rounded = Double(String(format: "%.9e", value)) ?? value
    // The largest numbers round up to infinity.
    return rounded.isFinite ? rounded : value
  }
}

/// An interval as [low, high]; an end that is infinite is null.
public struct Interval: Codable, Sendable, Equatable {
  public var low: Number?
  public var high: Number?

  public init?(_ range: ClosedRange<Double>?) {
    guard let range else { return nil }
    low = Number(range.lowerBound)
    high = Number(range.upperBound)
  }

  public init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    low = try container.decodeIfPresent(Number.self)
    high = try container.decodeIfPresent(Number.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    for end in [low, high] {
      if let end { try container.encode(end) } else { try container.encodeNil() }
    }
  }
}
