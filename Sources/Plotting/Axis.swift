/// One direction of a panel: what it measures and how.
public struct Axis: Hashable, Sendable {
  public var label: RichText
  /// A shorter label for panels too narrow for the full one.
  public var shortLabel: RichText?
  public var scale: Scale
  /// What is shown; by default all that the marks need and a little room.
  public var domain: ClosedRange<Double>?
  /// Values to be shown even where no mark needs them.
  public var includes: [Double]
  public var ticks: TickRule
  public var format: NumberFormat
  /// Room at both ends as a share of the length.
  public var padding: Double

  public init(
    _ label: RichText, short shortLabel: RichText? = nil, scale: Scale = .linear,
    domain: ClosedRange<Double>? = nil,
    includes: [Double] = [], ticks: TickRule = .automatic, format: NumberFormat = .plain,
    padding: Double = 0.04
  ) {
    self.label = label
    self.shortLabel = shortLabel
    self.scale = scale
    self.domain = domain
    self.includes = includes
    self.ticks = ticks
    self.format = format
    self.padding = padding
  }
}

extension Axis {
  /// The range shown, given the values that marks need.
  func resolvedDomain(of values: [Double]) -> ClosedRange<Double> {
    if let domain, domain.lowerBound < domain.upperBound,
      scale.position(of: domain.lowerBound).isFinite,
      scale.position(of: domain.upperBound).isFinite
    {
      return domain
    }
    return scale.domain(covering: values + includes, padding: padding)
  }
}
