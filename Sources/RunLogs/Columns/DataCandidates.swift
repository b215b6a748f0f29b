/// Columns whose product may be the data seen: steps, batch size and context length.
///
/// It is proposed and never assumed: gradient accumulation and several devices multiply a batch,
/// and only the author knows.
package struct DataCandidates {
  /// The step, the batch size and, for text, the context length.
  package let factors: [String]
  /// A column of training FLOPs C. D = C / (k N) is no reading of it: whether zeroed weights were
  /// counted, and what k was, is not in the log, and N changes while a run is pruned.
  package let flops: String?

  package init(_ columns: [String]) {
    flops = ConventionalNames.first(of: ConventionalNames.flops, among: columns)
    guard let step = ConventionalNames.step(among: columns) else {
      factors = []
      return
    }
    factors =
      [step]
      + [ConventionalNames.batchSizes, ConventionalNames.contexts]
      .compactMap { ConventionalNames.first(of: $0, among: columns) }
  }

  /// What to write into sweep.yml; nil where there are neither steps nor FLOPs.
  package var advice: String? {
    guard let step = factors.first else {
      return flops.map {
        "\($0.visible) counts FLOPs, from which the data do not follow for runs that are pruned; "
          + "log the tokens or steps, and name them as in `data: {column: ...}`"
      }
    }
    guard factors.count > 1 else {
      return "name it in sweep.yml, as in `data: {column: \(step.visible), times: ...}` with the "
        + "data of one step"
    }
    return "if it is their product, write "
      + "`data: {product: [\(factors.map(\.visible).joined(separator: ", "))]}` in sweep.yml, and "
      + "`times: ...` for gradient accumulation or several devices"
  }
}
