import Plotting
import ScalingLaws

extension OptimalSparsityFigure {
  /// The sparsities that have a contour.
  private static let contourSparsities = [0, 0.5, 0.75, 0.875]

  init?(_ analysis: SweepAnalysis) {
    guard let optimal = analysis.optimalSparsity else { return nil }
    let replicates = analysis.concludingFit?.uncertainty?.distribution
    func contours(_ accounting: Int) -> [Contour] {
      let model = optimal.accountings[accounting].model
      return Self.contourSparsities.map { sparsity in
        var contour = Contour(sparsity: sparsity) {
          model.contourFlops(nonZeroParameters: $0, sparsity: sparsity)
        }
        if let replicates {
          contour.interval = { size in
            replicates.contourBand(model, sparsity: sparsity, nonZeroParameters: [size])[0]
          }
        }
        return contour
      }
    }
    let dense = optimal.accountings[0].model
    let runs = analysis.fit == nil ? [] : analysis.runs(.fitted) + analysis.runs(.heldOut)
    self.init(
      dense: contours(0), sparse: contours(1),
      chinchilla: { dense.chinchillaFlops(nonZeroParameters: $0) },
      coverage: runs.map { run in
        let flops = dense.flops(
          nonZeroParameters: run.nonZeroParameters, sparsity: run.sparsity, data: run.data)
        return (n: run.nonZeroParameters, flops: flops)
      })
  }
}

extension ChinchillaMultiplesFigure {
  init?(_ analysis: SweepAnalysis) {
    guard let optimal = analysis.optimalSparsity else { return nil }
    self.init(
      accountings: optimal.accountings.map { result in
        Accounting(
          name: result.model.accounting.name,
          thresholds: result.thresholds.map {
            DataPoint($0.sparsity, $0.chinchillaMultiple, interval: $0.interval)
          })
      },
      largestFitted: optimal.largestFittedSparsity)
  }
}

extension BreakEvenFigure {
  init(_ analysis: SweepAnalysis) {
    self.init(
      curves: analysis.breakEven.map { curve in
        Curve(
          name: curve.label, sparsity: curve.sparsity,
          points: curve.points.filter { $0.breakEven.value.isFinite }.map {
            DataPoint($0.chinchillaMultiple, $0.breakEven.value)
          })
      })
  }
}
