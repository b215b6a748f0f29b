import Fitting
import Foundation

extension ComputeModel {
  /// The multiple of Chinchilla compute at which sparsity S becomes optimal. At S = 0: where
  /// sparsity begins to pay. Infinite where it never does, NaN where the law says nothing of
  /// sparsities between those measured.
  ///
  /// For the paper's law from the stationarity of L(S, N, C / (k N m(S))) in S, over the
  /// Chinchilla condition:
  /// (b_N (a_S + c_S) m^(b_D − 1) m' (1 − S)^(1 − b_S) / (a_S b_S))^(1 / b_D), the same for every
  /// size. Other laws are searched at `nonZeroParameters`, or at the reference size.
  public func chinchillaMultiple(
    sparsity: Double, nonZeroParameters: Double? = nil
  ) -> Double {
    chinchillaMultiples(sparsities: [sparsity], nonZeroParameters: nonZeroParameters)[0]
  }

  /// The thresholds of several sparsities, by one search.
  public func chinchillaMultiples(
    sparsities: [Double], nonZeroParameters: Double? = nil
  ) -> [Double] {
    guard law.isContinuous else { return sparsities.map { _ in .nan } }
    if let closed { return sparsities.map { chinchillaMultiple(closed, $0) } }
    let envelope = SparsityEnvelope(
      self, nonZeroParameters: nonZeroParameters ?? referenceParameters)
    return sparsities.map(envelope.chinchillaMultiple)
  }

  private func chinchillaMultiple(_ law: FrantarLaw, _ sparsity: Double) -> Double {
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
      * chinchillaMultiple(sparsity: sparsity, nonZeroParameters: nonZeroParameters)
  }

  /// The least multiple of Chinchilla compute from which `higher` beats `lower` at equal N and
  /// compute: no form in S is needed, so that every law answers for sparsities that were measured.
  ///
  /// From u(a) + v(a) M(a)^b y = u(b) + v(b) M(b)^b y, y = x^−b and C = k N x, in the parts of the
  /// law and the costs M at size N.
  /// Infinite where `higher` never wins, 0 where it always does.
  public func overtake(
    from lower: Double, to higher: Double, nonZeroParameters: Double? = nil
  ) -> Double {
    let size = nonZeroParameters ?? referenceParameters
    let b = law.dataExponent
    func point(_ sparsity: Double) -> (u: Double, v: Double) {
      let parts = law.parts(nonZeroParameters: size, sparsity: sparsity)
      return (
        parts.size, parts.data * pow(costFactor(nonZeroParameters: size, sparsity: sparsity), b)
      )
    }
    let (a, z) = (point(lower), point(higher))
    let gain = a.u - z.u
    let price = z.v - a.v
    if price <= 0 { return gain >= 0 ? 0 : .nan }
    guard gain > 0 else { return .infinity }
    return chinchillaMultiple(ofUnitData: pow(gain / price, -1 / b), nonZeroParameters: size)
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
  /// Where contours are parallel, Chinchilla compute grows as N^(1 + b_N / b_D), so the size ratio
  /// is the threshold multiple to the power of its inverse; else it is searched.
  public func unconstrainedDense(sparsity: Double, nonZeroParameters: Double)
    -> UnconstrainedDense?
  {
    let multiple = chinchillaMultiple(sparsity: sparsity, nonZeroParameters: nonZeroParameters)
    guard multiple.isFinite, multiple > 0 else { return nil }
    let flops = chinchillaFlops(nonZeroParameters: nonZeroParameters) * multiple
    func dense(_ sizeRatio: Double) -> Double {
      loss(nonZeroParameters: nonZeroParameters * sizeRatio, sparsity: 0, flops: flops)
    }
    let sizeRatio =
      contourSlope.map { pow(multiple, 1 / $0) }
      ?? exp(Brent.minimiseGlobally(from: -20, to: 20) { dense(exp($0)) }.argument)
    let sparse = loss(nonZeroParameters: nonZeroParameters, sparsity: sparsity, flops: flops)
    guard sparse.isFinite, dense(sizeRatio) > law.c else { return nil }
    return UnconstrainedDense(
      sizeRatio: sizeRatio,
      reducibleLossRatio: (sparse - law.c) / (dense(sizeRatio) - law.c),
      lossGap: sparse - dense(sizeRatio))
  }
}
