import Foundation
import RunLogs

/// FLOPs per unit of data that k N leaves out, such as those of embeddings and head, by size.
///
/// e = e₁ (N / (1 − S))^p, a power of dense parameters through what the runs say of themselves: a
/// pruned model keeps the width, and so the head, of the dense one that it was.
public struct ExtraCompute: Sendable, Equatable {
  /// e₁, the FLOPs per unit of data at one dense parameter.
  public var scale: Double
  /// p; 0 for FLOPs that do not depend on size.
  public var exponent: Double
  /// How far a run's own FLOPs are from the power, as |log ratio|, at most.
  public var worst: Double

  public init(scale: Double, exponent: Double, worst: Double = 0) {
    self.scale = scale
    self.exponent = exponent
    self.worst = worst
  }

  /// Through the runs by least squares in logarithms; nil where none says it, or one has none.
  public init?(_ runs: [TrainingRun]) {
    let points = runs.compactMap { run in
      run.extraFlops.map { (x: log(run.denseParameters), y: log($0)) }
    }
    guard !points.isEmpty, points.allSatisfy({ $0.y.isFinite }) else { return nil }
    let count = Double(points.count)
    let x = points.reduce(0) { $0 + $1.x } / count
    let y = points.reduce(0) { $0 + $1.y } / count
    let squares = points.reduce(0) { $0 + ($1.x - x) * ($1.x - x) }
    let exponent =
      squares > 1e-12 * count
      ? points.reduce(0) { $0 + ($1.x - x) * ($1.y - y) } / squares : 0
    self.init(
      scale: exp(y - exponent * x), exponent: exponent,
      worst: points.map { abs($0.y - y - exponent * ($0.x - x)) }.max() ?? 0)
  }

  /// e of a model that was once dense, in FLOPs per unit of data.
  public func flops(denseParameters: Double) -> Double { scale * pow(denseParameters, exponent) }
}
