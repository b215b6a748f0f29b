/// How well the runs determine a coefficient.
public enum Determination: String, Sendable, CaseIterable {
  /// The ends of the interval are within a factor of 1.5 of each other.
  case determined
  /// Within a factor of 4.
  case weaklyDetermined = "weakly determined"
  /// Further apart, or open-ended: the interval reaches 0 or a bound of the search, or the
  /// coefficient itself ended at a bound.
  case notDetermined = "not determined"

  /// The largest ratio of interval ends of a coefficient that counts as determined.
  public static let determinedRatio = 1.5
  /// The largest ratio of interval ends of a coefficient that counts as weakly determined.
  public static let weaklyDeterminedRatio = 4.0

  /// The rule in words, for reports.
  public static let rule =
    "determined: the ends of the interval are within a factor of \(determinedRatio); weakly "
    + "determined: within a factor of \(Int(weaklyDeterminedRatio)); not determined: further "
    + "apart, or the interval reaches 0 or a bound of the search"

  /// - Parameters:
  ///   - interval: of the coefficient, which is non-negative; nil where it has none.
  ///   - bounds: of the search for this coefficient; 0 to infinity where it has none.
  ///   - isAtBound: whether the fit itself ended at a bound.
  public init(
    interval: ClosedRange<Double>?, bounds: ClosedRange<Double>, isAtBound: Bool
  ) {
    guard let interval, !isAtBound, interval.lowerBound > bounds.lowerBound,
      interval.upperBound < bounds.upperBound, interval.lowerBound > 0
    else {
      self = .notDetermined
      return
    }
    let ratio = interval.upperBound / interval.lowerBound
    self =
      ratio <= Self.determinedRatio
      ? .determined : ratio <= Self.weaklyDeterminedRatio ? .weaklyDetermined : .notDetermined
  }
}
