/// Values that a design means as one: the one grouping that counting, fitting and drawing share.
///
/// Sizes counted after pruning and data counted in whole batches miss what was meant by a few
/// tenths of a per cent. A level never spans more than its tolerance, so values that lie densely
/// (sizes drawn at random, say) make many levels and never chain into one.
public struct Level: Hashable, Sendable {
  /// What stands for the level: its median member, of two the lower; for sparsities the nominal one.
  public var value: Double
  public var range: ClosedRange<Double>
  /// The positions of the members in what was grouped, by value and then by position.
  public var members: [Int]

  /// The greatest member of a level is at most this share above the least.
  public static let tolerance = 0.02

  public func contains(_ value: Double) -> Bool { range.contains(value) }

  /// Groups positive numbers, ascending; what is not positive and finite is in no level.
  ///
  /// Sorted values are cut at their widest gap, the parts at theirs, until each spans at most the
  /// tolerance; of equal gaps the lowest comes first. The time is that of sorting.
  public static func grouping(
    _ values: [Double], tolerance: Double = Level.tolerance
  ) -> [Level] {
    let order = values.indices.filter { values[$0] > 0 && values[$0].isFinite }
      .sorted { (values[$0], $0) < (values[$1], $1) }
    return cuts(order.map { values[$0] }, tolerance).map { part in
      Level(
        value: values[order[(part.lowerBound + part.upperBound - 1) / 2]],
        range: values[order[part.lowerBound]]...values[order[part.upperBound - 1]],
        members: Array(order[part]))
    }
  }

  /// Groups sparsities in [0, 1), ascending, by their nominal value.
  public static func sparsities(_ values: [Double]) -> [Level] {
    let known = values.indices.filter { (0..<1).contains(values[$0]) }
    return Dictionary(grouping: known) { nominalSparsity(values[$0]) }
      .map { nominal, members in
        let ordered = members.sorted { (values[$0], $0) < (values[$1], $1) }
        return Level(
          value: nominal, range: values[ordered[0]]...values[ordered[ordered.count - 1]],
          members: ordered)
      }
      .sorted { $0.value < $1.value }
  }

  /// The parts of ascending numbers: the tree of their widest gaps, cut where a part is narrow.
  private static func cuts(_ sorted: [Double], _ tolerance: Double) -> [Range<Int>] {
    guard !sorted.isEmpty else { return [] }
    // Gap i lies between values i and i + 1. In the tree of gaps (a Cartesian tree) each stands
    // above the narrower ones around it, so that no part is searched for its widest.
    let gaps = zip(sorted.dropFirst(), sorted).map { $0 / $1 }
    var left = [Int?](repeating: nil, count: gaps.count)
    var right = left
    var open: [Int] = []
    for index in gaps.indices {
      var below: Int?
      while let last = open.last, gaps[last] < gaps[index] { below = open.removeLast() }
      left[index] = below
      if let last = open.last { right[last] = index }
      open.append(index)
    }
    var parts: [Range<Int>] = []
    var waiting: [(gap: Int?, part: Range<Int>)] = [(open.first, sorted.indices)]
    while let (gap, part) = waiting.popLast() {
      guard let gap, sorted[part.upperBound - 1] > sorted[part.lowerBound] * (1 + tolerance) else {
        parts.append(part)
        continue
      }
      waiting.append((right[gap], (gap + 1)..<part.upperBound))
      waiting.append((left[gap], part.lowerBound..<(gap + 1)))
    }
    return parts
  }
}

/// The sparsity that was meant: logs hold the counted one, which misses it in the third digit.
///
/// It is the nearest hundredth or sixty-fourth (halves, eighths, N:M patterns), if one is within
/// 0.002 and within a twentieth of the density; else the sparsity at two digits of its density.
/// Every label of a sparsity is made from it.
public func nominalSparsity(_ sparsity: Double) -> Double {
  let density = 1 - sparsity
  // Nothing else is as frequent as 0, which is itself.
  guard sparsity > 0, density > 0 else { return sparsity }
  let candidates = [100.0, 64].map { (sparsity * $0).rounded() / $0 }
  let near = candidates.filter {
    $0 < 1 && abs($0 - sparsity) < 0.002 && abs($0 - sparsity) <= 0.05 * density
  }
  if let nearest = near.min(by: { abs($0 - sparsity) < abs($1 - sparsity) }) { return nearest }
  var unit = 1.0
  while density * unit < 10, unit < 1e15 { unit *= 10 }
  return 1 - (density * unit).rounded() / unit
}
