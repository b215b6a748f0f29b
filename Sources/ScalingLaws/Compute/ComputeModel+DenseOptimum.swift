import Fitting
import Foundation

// The dense model that a training budget is best spent on: S = 0, C = k N D.
extension ComputeModel {
  /// The compute-optimal ("Chinchilla") dense model of a budget.
  public struct DenseOptimum: Sendable, Equatable {
    /// N*, in parameters.
    public var parameters: Double
    /// D* = C / (k N*).
    public var data: Double
    /// L(N*, D*): the least loss that the budget buys.
    public var loss: Double
    /// D* / N*: tokens per parameter.
    public var dataPerParameter: Double { data / parameters }
  }

  /// N* and D* of a budget; nil where the law has no minimum between one parameter and one unit of
  /// data, or says nothing of dense models.
  ///
  /// Where all size terms share the exponent η, and b is that of data, the Chinchilla condition
  /// makes C(N) = C(1) N^(1 + η/b), so that N* = (C / C(1))^(b / (η + b)); this is approach 3 of
  /// Hoffmann et al. 2022 (arXiv 2203.15556), equation 4. Other laws are searched.
  public func denseOptimum(flops: Double) -> DenseOptimum? {
    let largest = flops / flopsPerParameter
    let size: Double
    if let slope = contourSlope {
      size = pow(flops / chinchillaFlops(nonZeroParameters: 1), 1 / slope)
    } else {
      guard largest > 1 else { return nil }
      let ends = 0...log(largest)
      let best = Brent.minimiseGlobally(from: ends.lowerBound, to: ends.upperBound) {
        denseLoss(exp($0), flops)
      }.argument
      // A search that ends at an end has found no minimum.
      guard best > 1e-6, best < ends.upperBound - 1e-6 else { return nil }
      size = exp(best)
    }
    let loss = denseLoss(size, flops)
    guard size >= 1, size <= largest, loss.isFinite else { return nil }
    return DenseOptimum(
      parameters: size, data: data(nonZeroParameters: size, sparsity: 0, flops: flops), loss: loss)
  }

  /// The sizes around N* whose loss is within `tolerance` (relative) of the least: the valley of a
  /// budget is flat, so this says more than its bottom alone. Nil where there is no N*.
  public func nearOptimalSizes(flops: Double, tolerance: Double) -> ClosedRange<Double>? {
    guard let best = denseOptimum(flops: flops) else { return nil }
    let limit = best.loss * (1 + tolerance)
    func edge(_ outside: Double) -> Double {
      if denseLoss(exp(outside), flops) <= limit { return exp(outside) }
      var (inside, outside) = (log(best.parameters), outside)
      for _ in 0..<60 {
        let middle = (inside + outside) / 2
        if denseLoss(exp(middle), flops) <= limit { inside = middle } else { outside = middle }
      }
      return exp(inside)
    }
    let (low, high) = (edge(0), edge(log(flops / flopsPerParameter)))
    return min(low, best.parameters)...max(high, best.parameters)
  }

  private func denseLoss(_ size: Double, _ flops: Double) -> Double {
    law.loss(
      nonZeroParameters: size, sparsity: 0,
      data: data(nonZeroParameters: size, sparsity: 0, flops: flops))
  }
}

extension ScalingLaw {
  /// a of N* ∝ C^a, b_D / (b_N + b_D); D* grows as C^(1 − a). Nil where N* is no power of C.
  public var sizeExponentOfCompute: Double? {
    commonSizeExponent.map { dataExponent / ($0 + dataExponent) }
  }

  /// γ of L* − c ∝ C^−γ, k b_N b_D / (b_N + b_D); nil where it is no power of C.
  public var lossExponentOfCompute: Double? {
    commonSizeExponent.map { power * $0 * dataExponent / ($0 + dataExponent) }
  }
}
