import Plotting
import ScalingLaws

extension OptimalSparsityFigure {
  /// The sparsities that have a contour.
  private static let contourSparsities = [0, 0.5, 0.75, 0.875]

  init?(_ analysis: SweepAnalysis) {
    guard let optimal = analysis.optimalSparsity else { return nil }
    let replicates = analysis.finalFit?.uncertainty?.distribution
    func contours(_ accounting: Int) -> [Contour] {
      let model = optimal.accountings[accounting].model
      return Self.contourSparsities.map { sparsity in
        var contour = Contour(sparsity: sparsity) {
          model.contourFlops(nonZeroParameters: $0, sparsity: sparsity)
        }
        // Bands of both accountings would cover each other.
        if let replicates, accounting == 0 {
          contour.interval = { size in
            replicates.contourBand(model, sparsity: sparsity, nonZeroParameters: [size])[0]
          }
        }
        return contour
      }
    }
    let dense = optimal.accountings[0].model
    self.init(
      dense: contours(0), sparse: contours(1),
      chinchilla: { dense.chinchillaFlops(nonZeroParameters: $0) },
      coverage: analysis.study.concludingRuns.map { run in
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
          name: Self.words(forAccounting: result.model.accounting.name),
          thresholds: result.thresholds.map {
            DataPoint($0.sparsity, $0.chinchillaMultiple, interval: $0.interval)
          })
      },
      largestFitted: optimal.largestFittedSparsity)
  }

  /// What is counted as compute, as a legend says it.
  private static func words(forAccounting name: String) -> String {
    switch name {
    case "dense": return "dense FLOPs"
    case "sparse": return "non-zero FLOPs"
    case "hardware:0.5": return "half of the saving realised"
    default: return name
    }
  }
}

extension BreakEvenFigure {
  init(_ analysis: SweepAnalysis) {
    self.init(
      curves: analysis.breakEven.map { curve in
        switch curve.question {
        case .optimum:
          return Curve(
            name: curve.label, sparsity: curve.sparsity,
            points: Self.thresholds(curve.sparsity, analysis))
        case .againstDense:
          return Curve(
            name: "\(curve.label), against dense", sparsity: curve.sparsity,
            points: curve.points.filter { (0.001...1).contains($0.breakEven.value) }.map {
              DataPoint($0.chinchillaMultiple, $0.breakEven.value)
            })
        }
      })
  }

  /// The multiple at which a sparsity becomes optimal, for each efficiency: the curve read from
  /// its other axis, and exact at both ends.
  private static func thresholds(_ sparsity: Double, _ analysis: SweepAnalysis) -> [DataPoint] {
    (0...50).reversed().map { step in
      let efficiency = Double(step) / 50
      let model = ComputeModel(
        law: analysis.law,
        accounting: .hardware(efficiency: efficiency, analysis.schedule), flopsPerParameter: 1)
      return DataPoint(model.chinchillaMultiple(sparsity: sparsity), efficiency)
    }
  }
}
