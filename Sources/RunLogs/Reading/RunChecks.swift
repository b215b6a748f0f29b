/// The checks that make a draft a run.
struct RunChecks {
  let location: SourceLocation

  /// - Parameters:
  ///   - kind: what faults of one kind share; nil where it is the message.
  ///   - remedy: the line for sweep.yml that mends it.
  func fault(
    _ place: SourceLocation?, _ message: String, _ advice: String? = nil, kind: String? = nil,
    remedy: String? = nil
  ) -> Fault {
    var fault = Fault(at: place ?? location, message, fix: advice)
    fault.likeness = kind
    fault.remedy = remedy
    return fault
  }

  /// A quantity in final units, within its range.
  func scaled(
    _ reading: RunDraft.Cell?, _ quantity: Quantity, in range: ClosedRange<Double>
  ) throws(Fault) -> Double {
    let key = quantity.rawValue
    guard let reading else { throw fault(nil, "`\(key)` is missing") }
    let name = reading.formula.name.visible
    guard case .number(let value) = reading.value,
      value.isFinite || !reading.formula.expression.isPlain
    else {
      guard case .fault(let what) = reading.value.number else {
        throw fault(reading.location, "\(name) is missing")
      }
      throw fault(
        reading.location, "\(name) is \(what)",
        quantity == .loss && ["NaN", "infinite", "null"].contains(what)
          ? "if training diverged leave it out, else mend the log"
          : !reading.formula.labels.isEmpty
            ? "add it to the `labels` of \(key), or mend the log" : nil,
        kind: "\(name) is no usable number")
    }
    guard range.contains(value) else {
      let times = reading.formula.times
      let scaled = times == 1 ? "" : " (\(name) times \(times))"
      throw fault(
        reading.location,
        "\(key) is \(grouped(value))\(scaled), outside "
          + "[\(shown(range.lowerBound)), \(shown(range.upperBound))]",
        quantity == .loss && value <= 0
          ? "a law of losses needs them above 0: if a constant was taken off, such as the entropy "
            + "of the data, add it as in `loss: {column: \(name), offset: 1.69}`"
          : value > 0 && value < range.lowerBound
            ? "is it counted in millions or billions? then write `times: 1e6` or `times: 1e9` "
              + "beside its column in sweep.yml"
            : "check the log and the scale factor", kind: "\(key) is outside its range")
    }
    return value
  }

  /// S in [0, 1); nil where nothing is written.
  func sparsity(_ reading: RunDraft.Cell?) throws(Fault) -> Double? {
    guard let reading else { return nil }
    let name = reading.formula.name.visible
    guard case .number(let value) = reading.value, value.isFinite else {
      guard case .fault(let what) = reading.value.number else { return nil }
      throw fault(reading.location, "\(name) is \(what)", kind: "\(name) is no usable number")
    }
    let key = reading.formula.isDensity ? "density" : "sparsity"
    let remedy = "\(key): {column: \(YAMLText.scalar(reading.formula.name)), times: 0.01}"
    let kind = "\(key) is outside its range"
    let percent = "is this a percentage? if so, set `times: 0.01`"
    if reading.formula.isDensity, !(0...1).contains(value) {
      throw fault(
        reading.location, "density is \(grouped(1 - value)), outside (0, 1]", percent, kind: kind,
        remedy: remedy)
    }
    // A count such as 1 - kept / total may fall below zero by rounding.
    if (-1e-9..<0).contains(value) { return 0 }
    guard value >= 0 else {
      throw fault(
        reading.location, "sparsity is \(grouped(value)), outside [0, 1)", kind: kind)
    }
    guard value != 1 else {
      throw fault(
        reading.location, "sparsity is 1, outside [0, 1)",
        "is this a percentage, or is no weight left? if it is one, set `times: 0.01`; if it is "
          + "the share of weights that is kept, write `density` in place of `sparsity`",
        kind: Self.wholeSparsity,
        remedy: "density: {column: \(YAMLText.scalar(reading.formula.name))}")
    }
    guard value < 1 else {
      throw fault(
        reading.location, "sparsity is \(grouped(value)), outside [0, 1)", percent, kind: kind,
        remedy: remedy)
    }
    return value
  }

  /// N, N_dense and S from any two of them; all three must agree to 1 %. A pattern such as 2:4
  /// stands for its sparsity where nothing counts it.
  func sizes(
    dense: Double?, nonZero: Double?, sparsity: Double?, pattern: SparsityPattern?
  ) throws(Fault) -> (dense: Double, nonZero: Double, sparsity: Double) {
    let isCounted = dense != nil && nonZero != nil
    switch (dense, nonZero, sparsity ?? (isCounted ? nil : pattern?.impliedSparsity)) {
    case (let dense?, let nonZero?, let sparsity?):
      let implied = dense * (1 - sparsity)
      guard (nonZero / implied - 1).magnitude <= 0.01 else {
        throw fault(
          nil,
          "nonzero_params is \(grouped(nonZero)), but dense_params \(grouped(dense)) at sparsity "
            + "\(sparsity) leave \(grouped(implied.rounded()))",
          "they must agree to 1 %; map the columns that count the prunable weights",
          kind: "the three sizes do not agree")
      }
      return (dense, nonZero, sparsity)
    case (let dense?, let nonZero?, nil):
      guard nonZero <= dense * (1 + 1e-9) else {
        throw fault(
          nil, "nonzero_params is \(grouped(nonZero)), more than dense_params \(grouped(dense))",
          "are the two columns exchanged?", kind: "nonzero_params is more than dense_params")
      }
      return (dense, nonZero, max(0, 1 - nonZero / dense))
    case (let dense?, nil, let sparsity?):
      let nonZero = dense * (1 - sparsity)
      guard nonZero >= 1 else {
        throw fault(
          nil, "fewer than one non-zero parameter is left at sparsity \(sparsity)",
          "are parameters counted in millions? then write `times: 1e6` beside their column in "
            + "sweep.yml", kind: "fewer than one non-zero parameter is left")
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

  /// What sparsities of 1 share: where no run is dense, they are the dense runs of a density.
  static let wholeSparsity = "sparsity is 1"
  /// What faults of blank cells of sparsity share.
  static let blankSparsity = "the sparsity is blank"

  /// Refuses a run of which a single size is known as its cell of sparsity is blank.
  func refuseBlank(
    _ reading: RunDraft.Cell?, _ sizes: [Double?], _ pattern: SparsityPattern?
  ) throws(Fault) {
    guard let reading, reading.value.isBlank, pattern?.impliedSparsity == nil,
      sizes.count(where: { $0 != nil }) == 1
    else { return }
    let key = reading.formula.isDensity ? "density" : "sparsity"
    let column = YAMLText.scalar(reading.formula.name)
    let remedy = "\(key): {column: \(column), blank: \(key == "density" ? 1 : 0)}"
    throw fault(
      reading.location, "\(reading.formula.name.visible) is blank",
      "if such runs are dense write `\(remedy)` in sweep.yml", kind: Self.blankSparsity,
      remedy: remedy)
  }

  /// The pattern that is written; nil where none is.
  func pattern(_ reading: RunDraft.Cell?) throws(Fault) -> SparsityPattern? {
    guard let reading, let text = reading.value.text, !text.isEmpty else { return nil }
    guard let pattern = SparsityPattern(text) else {
      throw fault(
        reading.location, "\(reading.formula.name.visible) is \(text.quoted)",
        "write dense, unstructured or N:M such as 2:4",
        kind: "\(reading.formula.name.visible) is no pattern")
    }
    return pattern
  }

  /// Refuses a pattern that its run's sparsity contradicts.
  ///
  /// Layers that are not pruned lower a counted sparsity a little; a quarter of the density is more
  /// than they explain.
  func check(
    _ pattern: SparsityPattern, _ sparsity: Double, _ reading: RunDraft.Cell?
  ) throws(Fault) {
    let name = reading?.formula.name.visible ?? "pattern"
    switch pattern {
    case .unstructured: return
    case .dense:
      if sparsity == 0 { return }
      throw fault(
        reading?.location, "\(name) is dense, but sparsity is \(sparsity)",
        "write unstructured, or mend the sparsity", kind: "\(name) is dense at a sparsity above 0")
    case .blocked:
      let ratio = (1 - sparsity) / (1 - (pattern.impliedSparsity ?? 0))
      if (0.8...1.25).contains(ratio) { return }
      throw fault(
        reading?.location,
        "\(name) is \(pattern), which keeps \(1 - (pattern.impliedSparsity ?? 0)) of the weights, "
          + "but sparsity is \(sparsity)",
        "mend one of them, or leave the sparsity out: the pattern then gives it",
        kind: "\(name) and sparsity contradict each other")
    }
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
