import Foundation

extension ComputeModel {
  /// The multiple of Chinchilla compute at which sparsity S becomes optimal; the same for every
  /// size. At S = 0: where sparsity begins to pay. Infinite where the law does not respond to
  /// sparsity.
  ///
  /// From the stationarity of L(S, N, C / (k N m(S))) in S, over the Chinchilla condition:
  /// (b_N (a_S + c_S) m^(b_D − 1) m' (1 − S)^(1 − b_S) / (a_S b_S))^(1 / b_D).
  public func chinchillaMultiple(sparsity: Double) -> Double {
    let m = accounting.costFactor(sparsity)
    let slope = accounting.costFactorSlope(sparsity)
    let ratio =
      law.bN * (law.aS + law.cS) * pow(m, law.bD - 1) * slope * pow(1 - sparsity, 1 - law.bS)
      / (law.aS * law.bS)
    return pow(ratio, 1 / law.bD)
  }

  /// The compute at which S is the optimal sparsity for N non-zero parameters, in FLOPs: the
  /// iso-contour of S.
  public func contourFlops(nonZeroParameters: Double, sparsity: Double) -> Double {
    chinchillaFlops(nonZeroParameters: nonZeroParameters)
      * chinchillaMultiple(sparsity: sparsity)
  }

  /// What the same compute buys without a limit on size, where sparsity S is optimal at N.
  public struct UnconstrainedDense: Sendable, Equatable {
    /// The parameters of the compute-optimal dense model over N.
    public var sizeRatio: Double
    /// The reducible loss (above c) of the sparse model over that of the dense one; the same for
    /// every N.
    public var reducibleLossRatio: Double
    /// The loss of the sparse model minus that of the dense one, at the N asked for.
    public var lossGap: Double
  }

  /// Compares the sparse optimum at its threshold with the compute-optimal dense model of equal
  /// compute.
  ///
  /// Chinchilla compute grows as N^(1 + b_N / b_D), so the size ratio is the threshold multiple
  /// to the power of its inverse.
  public func unconstrainedDense(sparsity: Double, nonZeroParameters: Double)
    -> UnconstrainedDense?
  {
    let multiple = chinchillaMultiple(sparsity: sparsity)
    guard multiple.isFinite, multiple > 0 else { return nil }
    let flops = contourFlops(nonZeroParameters: nonZeroParameters, sparsity: sparsity)
    let sizeRatio = pow(multiple, 1 / contourSlope)
    let sparse = loss(nonZeroParameters: nonZeroParameters, sparsity: sparsity, flops: flops)
    let dense = loss(
      nonZeroParameters: nonZeroParameters * sizeRatio, sparsity: 0, flops: flops)
    guard sparse.isFinite, dense > law.c else { return nil }
    return UnconstrainedDense(
      sizeRatio: sizeRatio, reducibleLossRatio: (sparse - law.c) / (dense - law.c),
      lossGap: sparse - dense)
  }
}
