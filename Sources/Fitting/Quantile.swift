/// The standard deviation of normal residuals with this median of |r|, the half of sorted sizes |r|
/// that outliers do not move; NaN where there are none.
public func robustDeviation(ofSortedSizes sizes: [Double]) -> Double {
  1.4826 * quantile(ofSorted: sizes, 0.5)
}

/// The quantile of sorted values at `probability` in [0, 1], interpolated linearly between order
/// statistics (Hyndman and Fan 1996, type 7); NaN where there are none. Values may be infinite.
public func quantile(ofSorted values: [Double], _ probability: Double) -> Double {
  guard let last = values.indices.last else { return .nan }
  let position = min(max(probability, 0), 1) * Double(last)
  let below = Int(position)
  let share = position - Double(below)
  guard share > 0, below < last else { return values[below] }
  let (lower, upper) = (values[below], values[below + 1])
  // Equal infinities have no difference to interpolate.
  guard lower < upper else { return lower }
  return lower == -.infinity ? lower : lower + share * (upper - lower)
}
