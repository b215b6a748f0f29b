/// The checks that make readings a run.
struct RunChecks {
  let run: String
  let location: SourceLocation

  func fault(
    _ place: SourceLocation?, _ message: String, _ advice: String? = nil
  ) -> RunFault {
    RunFault(run: run, location: place ?? location, message: message, advice: advice)
  }

  /// A quantity in final units, within its range.
  func scaled(
    _ reading: RunReadings.Reading?, _ quantity: Quantity, in range: ClosedRange<Double>
  ) throws(RunFault) -> Double {
    guard let reading else { throw fault(nil, "`\(quantity.rawValue)` is missing") }
    let name = reading.column.visible
    switch reading.value.number {
    case .missing: throw fault(reading.location, "\(name) is missing")
    case .fault(let what):
      throw fault(
        reading.location, "\(name) is \(what)",
        quantity == .loss && ["NaN", "infinite", "null"].contains(what)
          ? "if training diverged leave it out, else mend the log" : nil)
    case .number(let number):
      let value = number * reading.times
      guard range.contains(value) else {
        let scaled = reading.times == 1 ? "" : " (\(name) times \(reading.times))"
        throw fault(
          reading.location,
          "\(quantity.rawValue) is \(grouped(value))\(scaled), outside "
            + "[\(shown(range.lowerBound)), \(shown(range.upperBound))]",
          "check the log and the scale factor")
      }
      return value
    }
  }

  /// S in [0, 1); nil where nothing is written.
  func sparsity(_ reading: RunReadings.Reading?) throws(RunFault) -> Double? {
    guard let reading else { return nil }
    switch reading.value.number {
    case .missing: return nil
    case .fault(let what):
      throw fault(reading.location, "\(reading.column.visible) is \(what)")
    case .number(let number):
      let written = number * reading.times
      guard !reading.isDensity || (0...1).contains(written) else {
        throw fault(
          reading.location, "density is \(grouped(written)), outside (0, 1]",
          "is this a percentage? if so, set `times: 0.01`")
      }
      let value = reading.isDensity ? 1 - written : written
      // A count such as 1 - kept / total may fall below zero by rounding.
      if (-1e-9..<0).contains(value) { return 0 }
      guard value >= 0 else {
        throw fault(reading.location, "sparsity is \(grouped(value)), outside [0, 1)")
      }
      guard value < 1 else {
        throw fault(
          reading.location, "sparsity is \(grouped(value)), outside [0, 1)",
          value == 1
            ? "is this a percentage, or is no weight left? if it is one, set `times: 0.01`"
            : "is this a percentage? if so, set `times: 0.01`")
      }
      return value
    }
  }

  /// N, N_dense and S from any two of them; all three must agree to 1 %.
  func sizes(
    dense: Double?, nonZero: Double?, sparsity: Double?
  ) throws(RunFault) -> (dense: Double, nonZero: Double, sparsity: Double) {
    switch (dense, nonZero, sparsity) {
    case (let dense?, let nonZero?, let sparsity?):
      let implied = dense * (1 - sparsity)
      guard (nonZero / implied - 1).magnitude <= 0.01 else {
        throw fault(
          nil,
          "nonzero_params is \(grouped(nonZero)), but dense_params \(grouped(dense)) at sparsity "
            + "\(sparsity) leave \(grouped(implied.rounded()))",
          "they must agree to 1 %; map the columns that count the prunable weights")
      }
      return (dense, nonZero, sparsity)
    case (let dense?, let nonZero?, nil):
      guard nonZero <= dense * (1 + 1e-9) else {
        throw fault(
          nil, "nonzero_params is \(grouped(nonZero)), more than dense_params \(grouped(dense))",
          "are the two columns exchanged?")
      }
      return (dense, nonZero, max(0, 1 - nonZero / dense))
    case (let dense?, nil, let sparsity?):
      let nonZero = dense * (1 - sparsity)
      guard nonZero >= 1 else {
        throw fault(nil, "fewer than one non-zero parameter is left at sparsity \(sparsity)")
      }
      return (dense, nonZero, sparsity)
    case (nil, let nonZero?, let sparsity?):
      let dense = nonZero / (1 - sparsity)
      guard dense <= 1e30 else {
        throw fault(nil, "dense_params would be \(dense), outside [1, 1e30]")
      }
      return (dense, nonZero, sparsity)
    default:
      throw fault(
        nil, "two of dense_params, nonzero_params and sparsity are needed and fewer are there")
    }
  }

  /// The pattern that is written, else dense at S = 0 and unstructured above.
  func pattern(
    _ reading: RunReadings.Reading?, sparsity: Double
  ) throws(RunFault) -> SparsityPattern {
    let natural = sparsity == 0 ? SparsityPattern.dense : .unstructured
    guard let reading, let text = reading.value.text, !text.isEmpty else { return natural }
    guard let pattern = SparsityPattern(text) else {
      throw fault(
        reading.location, "\(reading.column.visible) is \(text.quoted)",
        "write dense, unstructured or N:M such as 2:4")
    }
    if pattern == .dense, sparsity > 0 {
      throw fault(
        reading.location, "\(reading.column.visible) is dense, but sparsity is \(sparsity)",
        "write unstructured, or mend the sparsity")
    }
    return pattern
  }

  private func shown(_ bound: Double) -> String {
    switch bound {
    case 1e30: "1e30"
    case 1e-6: "1e-6"
    case 1e6: "1e6"
    default: grouped(bound)
    }
  }
}
