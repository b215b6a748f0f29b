import Plotting

/// What an axis shows of values with intervals: all values, and of intervals no more than a
/// reader can use.
///
/// The interval of a weakly determined number may reach over tens of decades and would press
/// everything else into a line. It is then cut at the frame.
struct RobustRange {
  private(set) var shown: [Double] = []
  /// Whether an interval reaches beyond what is shown.
  private(set) var isCut = false

  /// - Parameters:
  ///   - points: Values and their intervals.
  ///   - reach: How many times beyond the outermost values intervals are followed.
  init(_ points: [DataPoint], reach: Double) {
    let values = points.map(\.y).filter(\.isFinite)
    guard let low = values.min(), let high = values.max() else { return }
    let (least, most) = (low > 0 ? low / reach : low * reach, high > 0 ? high * reach : high)
    let ends = points.compactMap(\.interval).flatMap { [$0.lowerBound, $0.upperBound] }
    isCut = ends.contains { $0 < least || $0 > most }
    shown = values + ends.filter { !$0.isNaN }.map { min(max($0, least), most) }
  }
}
