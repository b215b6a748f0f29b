import Foundation

extension ScalingLaw {
  /// The parameters of the dense model that reaches `loss` on `data`:
  /// ((L − c − (a_D / D)^b_D) / (a_S + c_S))^(−1 / b_N); nil where no size does.
  public func denseParameters(forLoss loss: Double, data: Double) -> Double? {
    let rest = loss - c - dataTerm(data)
    return rest > 0 ? pow(rest / (aS + cS), -1 / bN) : nil
  }
}
