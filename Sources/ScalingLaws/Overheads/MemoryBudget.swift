import Fitting
import Foundation

/// The best sparsity for a fixed amount of memory when the storage of indices is paid for.
public struct MemoryBudget: Sendable, Equatable {
  /// Memory for the prunable weights and their indices.
  public var bytes: Double
  /// Bits of a weight: 16 for half precision, 4 for heavy quantisation.
  public var weightBits: Double
  /// The effective-parameter multiplier of sparse models of the format over the law's: 1 for
  /// unstructured sparsity, `PatternComparison.Summary.multiplierRatio` for an N:M pattern.
  public var multiplierShare: Double

  public init(bytes: Double, weightBits: Double = 16, multiplierShare: Double = 1) {
    self.bytes = bytes
    self.weightBits = weightBits
    self.multiplierShare = multiplierShare
  }

  public struct Optimum: Sendable, Equatable {
    /// The sparsity of least loss, in [0, 0.99], or the format's own.
    public var sparsity: Double
    public var nonZeroParameters: Double
    public var denseParameters: Double { nonZeroParameters / (1 - sparsity) }
    /// The data that the model is trained on.
    public var data: Double
    public var loss: Double
    /// The loss of a dense model, stored dense, in the same memory.
    public var denseLoss: Double
    /// Whether the loss still falls at the highest sparsity considered, so that memory sets no
    /// limit to it.
    public var isAtHighestSparsity: Bool
  }

  /// The optimum where every model sees the same data.
  ///
  /// The loss is then least where (a_S (1 − S)^b_S + c_S) N(S)^−b_N is, which depends neither on
  /// the data nor, N(S) being in proportion to it, on the budget.
  public func optimum(law: ScalingLaw, format: StorageFormat, data: Double) -> Optimum {
    optimum(law, format) { _, _ in data }
  }

  /// The optimum where every model has the same training compute, so that models with more
  /// dense parameters see less data.
  public func optimum(model: ComputeModel, format: StorageFormat, flops: Double) -> Optimum {
    optimum(model.law, format) { size, sparsity in
      model.data(nonZeroParameters: size, sparsity: sparsity, flops: flops)
    }
  }

  private func optimum(
    _ law: ScalingLaw, _ format: StorageFormat,
    data: (_ nonZeroParameters: Double, _ sparsity: Double) -> Double
  ) -> Optimum {
    func size(_ sparsity: Double) -> Double {
      format.nonZeroParameters(bytes: bytes, sparsity: sparsity, weightBits: weightBits)
    }
    func loss(_ sparsity: Double) -> Double {
      let size = size(sparsity)
      return law.loss(
        nonZeroParameters: size * (format.keepsZeros ? 1 : multiplierShare),
        sparsity: sparsity, data: data(size, sparsity))
    }
    var sparsity = format.onlySparsity ?? 0
    var isAtHighest = false
    if !format.keepsZeros, format.onlySparsity == nil {
      let deepest = -log(1 - ComputeModel.highestSparsity)
      let best = Brent.minimiseGlobally(from: 0, to: deepest) { loss(1 - exp(-$0)) }
      isAtHighest = best.argument >= deepest * (1 - 1e-6)
      sparsity = isAtHighest ? ComputeModel.highestSparsity : max(0, 1 - exp(-best.argument))
    }
    let denseSize = StorageFormat.dense.nonZeroParameters(
      bytes: bytes, sparsity: 0, weightBits: weightBits)
    return Optimum(
      sparsity: sparsity, nonZeroParameters: size(sparsity),
      data: data(size(sparsity), sparsity), loss: loss(sparsity),
      denseLoss: law.loss(
        nonZeroParameters: denseSize, sparsity: 0, data: data(denseSize, 0)),
      isAtHighestSparsity: isAtHighest)
  }
}
