import Foundation

extension ScalingLaw {
  /// How many times the parameters a dense model needs to match a model of sparsity S and the
  /// same number of non-zero parameters, trained on the same data:
  /// ((a_S (1 − S)^b_S + c_S) / (a_S + c_S))^(−1 / b_N).
  public func effectiveParameterMultiplier(sparsity: Double) -> Double {
    pow(sparsityFactor(sparsity) / (aS + cS), -1 / bN)
  }

  /// The limit of the multiplier for S → 1; nil where it is infinite (c_S = 0).
  public var effectiveParameterLimit: Double? {
    let limit = pow(cS / (aS + cS), -1 / bN)
    return limit.isFinite ? limit : nil
  }
}
