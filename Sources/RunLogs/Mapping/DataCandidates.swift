/// Columns whose product may be the data seen: steps, batch size and context length.
///
/// It is proposed and never assumed: gradient accumulation and several devices multiply a batch,
/// and only the author knows.
package struct DataCandidates {
  /// The step, the batch size and, for text, the context length.
  package let factors: [String]

  package init(_ columns: [String]) {
    guard let step = ConventionalNames.first(of: ConventionalNames.steps, among: columns) else {
      factors = []
      return
    }
    factors =
      [step]
      + [ConventionalNames.batchSizes, ConventionalNames.contexts]
      .compactMap { ConventionalNames.first(of: $0, among: columns) }
  }

  /// What to write into sweep.yml; nil where there are no steps.
  package var advice: String? {
    guard let step = factors.first else { return nil }
    guard factors.count > 1 else {
      return "name it in sweep.yml, as in `data: {column: \(step.visible), times: ...}` with the "
        + "data of one step"
    }
    return "if it is their product, write "
      + "`data: {product: [\(factors.map(\.visible).joined(separator: ", "))]}` in sweep.yml, and "
      + "`times: ...` for gradient accumulation or several devices"
  }
}
