import Foundation
import RunLogs

/// The loss of a sparse model as a function of its size, its sparsity and its training data:
///
///     L(S, N, D) = (a_S (1 − S)^b_S + c_S) (1/N)^b_N + (a_D / D)^b_D + c
///
/// N counts non-zero parameters, S is the fraction of zeroed weights in [0, 1), D is the training
/// data seen (tokens or examples), L is the validation loss in the sweep's unit. All coefficients
/// are non-negative, in absolute units of N and D.
///
/// Source: Frantar, Riquelme, Houlsby, Alistarh and Evci 2024 (arXiv 2309.08520), equation 1.
public struct FrantarLaw: Sendable, Equatable {
  /// The part of the size term that sparsity removes, in loss times N^b_N.
  public var aS: Double
  /// The exponent of density.
  public var bS: Double
  /// The part of the size term that remains at any sparsity, in loss times N^b_N.
  public var cS: Double
  /// The exponent of size.
  public var bN: Double
  /// The data scale, in the unit of D.
  public var aD: Double
  /// The exponent of data.
  public var bD: Double
  /// The irreducible loss.
  public var c: Double

  public init(
    aS: Double, bS: Double, cS: Double, bN: Double, aD: Double, bD: Double, c: Double
  ) {
    self.aS = aS
    self.bS = bS
    self.cS = cS
    self.bN = bN
    self.aD = aD
    self.bD = bD
    self.c = c
  }

  /// The predicted loss.
  public func loss(nonZeroParameters: Double, sparsity: Double, data: Double) -> Double {
    sizeTerm(nonZeroParameters: nonZeroParameters, sparsity: sparsity) + dataTerm(data) + c
  }

  /// a_S (1 − S)^b_S + c_S: the factor of the size term, a saturating power law in the inverse
  /// density.
  public func sparsityFactor(_ sparsity: Double) -> Double {
    aS * pow(1 - sparsity, bS) + cS
  }

  /// (a_S (1 − S)^b_S + c_S) N^−b_N.
  public func sizeTerm(nonZeroParameters: Double, sparsity: Double) -> Double {
    sparsityFactor(sparsity) * pow(nonZeroParameters, -bN)
  }

  /// (a_D / D)^b_D.
  public func dataTerm(_ data: Double) -> Double {
    pow(aD / data, bD)
  }

  /// Whether sparsity changes the loss at equal non-zero size, so that an optimal sparsity is
  /// worth asking for.
  public var respondsToSparsity: Bool { aS > 0 && bS > 0 }

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

  /// All seven coefficients, in the paper's order.
  public var coefficients: [Coefficient] {
    [
      Coefficient("a_S", aS), Coefficient("b_S", bS), Coefficient("c_S", cS),
      Coefficient("b_N", bN), Coefficient("a_D", aD), Coefficient("b_D", bD),
      Coefficient("c", c),
    ]
  }

  /// Coefficients by their names; those that a smaller law lacks are 0.
  init(coefficients: [Coefficient]) {
    func value(_ name: String) -> Double { coefficients.first { $0.name == name }?.value ?? 0 }
    self.init(
      aS: value("a_S"), bS: value("b_S"), cS: value("c_S"), bN: value("b_N"), aD: value("a_D"),
      bD: value("b_D"), c: value("c"))
  }

  public func loss(_ setting: Setting) -> Double {
    loss(
      nonZeroParameters: setting.nonZeroParameters, sparsity: setting.sparsity,
      data: setting.data)
  }
}
