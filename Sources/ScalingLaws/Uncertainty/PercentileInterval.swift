import Fitting

/// The percentile interval of the values of replicates, in any order: between two quantiles
/// (`Fitting.quantile`), so that an end may be infinite.
///
/// Nil for fewer than two values, or where more of them are undefined (NaN) than the interval leaves
/// out on either side.
func percentileInterval(_ values: [Double], level: Double) -> ClosedRange<Double>? {
  let sorted = values.filter { !$0.isNaN }.sorted()
  let tail = (1 - level) / 2
  guard sorted.count > 1, Double(values.count - sorted.count) <= tail * Double(values.count) else {
    return nil
  }
  let lower = quantile(ofSorted: sorted, tail)
  let upper = quantile(ofSorted: sorted, 1 - tail)
  return lower <= upper ? lower...upper : nil
}
