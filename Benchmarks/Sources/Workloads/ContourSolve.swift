import ScalingLaws

/// A grid of 41 sizes by 41 budgets whose optimal sparsities are solved for.
public struct ContourSolve: Sendable {
  private let model: ComputeModel
  private let largest: Double

  public init(_ fit: FittedLaw, of problem: Problem) {
    model = ComputeModel(
      law: fit.law, accounting: .sparse(PruningSchedule()), flopsPerParameter: 6)
    largest = problem.observations.sizes.last ?? 1e9
  }

  /// The mean optimal sparsity, so that nothing can be left out.
  public func run() -> Double {
    var sum = 0.0
    for row in 0...40 {
      let size = largest * Double(row + 1) / 41
      let budget = model.chinchillaFlops(nonZeroParameters: size)
      for column in 0...40 {
        sum +=
          model.optimum(
            nonZeroParameters: size, flops: budget * (0.01 + Double(column * column))
          ).sparsity
      }
    }
    return sum / (41 * 41)
  }
}
