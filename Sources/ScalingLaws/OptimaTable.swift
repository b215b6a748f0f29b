/// The best sparsity at round multiples of Chinchilla compute, as an interval of chance and as
/// the set of sparsities that are practically as good.
public struct OptimaTable: Sendable {
  public struct Entry: Sendable {
    public var chinchillaMultiple: Double
    public var accounting: String
    public var sparsity: Double
    /// Where chance could have moved the optimum; nil without a bootstrap.
    public var interval: ClosedRange<Double>?
    /// The sparsities whose loss is within the tolerance of the best.
    public var nearOptimal: ClosedRange<Double>
    public var loss: Double
  }

  /// The multiples that are listed.
  public static let multiples = [1.0, 3, 10, 30, 100]

  /// The relative loss that counts as equally good.
  public var tolerance: Double
  /// The size for which near-optimal sets and losses are given.
  public var nonZeroParameters: Double
  /// By accounting, then multiple.
  public var entries: [Entry]

  public init(
    _ optimal: OptimalSparsity, tolerance: Double, replicates: BootstrapDistribution?
  ) {
    self.tolerance = tolerance
    let size = optimal.referenceParameters
    nonZeroParameters = size
    entries = optimal.accountings.flatMap { result in
      Self.multiples.map { multiple in
        let model = result.model
        let flops = multiple * model.chinchillaFlops(nonZeroParameters: size)
        let best = model.optimum(nonZeroParameters: size, flops: flops)
        return Entry(
          chinchillaMultiple: multiple, accounting: model.accounting.name,
          sparsity: best.sparsity,
          interval: replicates?.interval(in: model) {
            $0.optimalSparsity(chinchillaMultiple: multiple)
          },
          nearOptimal: model.nearOptimalSparsities(
            nonZeroParameters: size, flops: flops, tolerance: tolerance),
          loss: best.loss)
      }
    }
  }
}
