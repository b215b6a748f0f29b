import ScalingLaws

/// The coefficients of every replicate of the fit that the conclusions rest on, so that others can
/// compute with the law and its uncertainty.
enum ReplicateTable {
  static let path = "tables/replicates.csv"

  /// A column for each coefficient and a row for each replicate, after the fit itself as number 0.
  ///
  /// A cell is empty where a replicate leaves its coefficient without a meaning.
  static func csv(_ distribution: BootstrapDistribution) -> String {
    let rows = ([distribution.estimate] + distribution.replicates).map(distribution.coefficients)
    let names = distribution.coefficients(of: distribution.estimate).map(\.name)
    return CSV.line(["replicate"] + names)
      + rows.enumerated().map { number, row in
        CSV.line(["\(number)"] + row.map { CSV.number($0.isIdentified ? $0.value : nil) })
      }.joined()
  }
}
