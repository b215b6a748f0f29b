import Foundation

extension ScalingLaw {
  /// The parameters of the dense model that reaches `loss` on `data`:
  /// ((L − c − (a_D / D)^b_D) / (a_S + c_S))^(−1 / b_N); nil where none of up to 10³⁰ parameters
  /// does, the largest size that is ever read.
  public func denseParameters(forLoss loss: Double, data: Double) -> Double? {
    let rest = loss - c - dataTerm(data)
    guard rest > 0 else { return nil }
    let size = pow(rest / (aS + cS), -1 / bN)
    return size <= 1e30 ? size : nil
  }
}
