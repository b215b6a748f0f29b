import Fitting
import Foundation
import RunLogs
import ScalingLaws
import Testing

/// Intervals of thresholds, contours, multipliers and held-out runs.
@Suite("Intervals of conclusions")
struct ConclusionIntervalTests {
  static let analysed: (fit: FittedLaw, distribution: BootstrapDistribution) = {
    let (fitter, fit) = BootstrapTests.fit(noise: 0.004)
    return (
      fit,
      Bootstrap(fitter, fit: fit, options: BootstrapTests.options(replicates: 200)).run()
    )
  }()

  private var law: ScalingLaw { Self.analysed.fit.law }
  private var distribution: BootstrapDistribution { Self.analysed.distribution }
  private var model: ComputeModel {
    ComputeModel(law: law, accounting: .sparse(.init()), flopsPerParameter: 6)
  }

  @Test("thresholds: filled in for every accounting, around the estimate and ordered")
  func thresholds() throws {
    let optimal = try #require(
      OptimalSparsity(
        law: law, compute: .init(), sparsities: OptimalSparsity.standardSparsities,
        referenceParameters: 1e8, largestFittedSparsity: 0.875, replicates: distribution))
    #expect(optimal.accountings.count == 3)
    for accounting in optimal.accountings {
      var last = 0.0
      for threshold in accounting.thresholds {
        let interval = try #require(threshold.interval)
        #expect(interval.contains(threshold.chinchillaMultiple))
        #expect(interval.upperBound > interval.lowerBound)
        #expect(interval.upperBound > last)
        last = interval.upperBound
      }
    }
  }

  @Test("contour bands contain their contour, and widen beyond the data")
  func contours() throws {
    let sizes = [1e7, 1e9, 1e12]
    let band = distribution.contourBands(model, sparsities: [0.5], sizes: sizes).map(\.[0])
    var widths: [Double] = []
    for (size, interval) in zip(sizes, band) {
      let interval = try #require(interval)
      #expect(interval.contains(model.contourFlops(nonZeroParameters: size, sparsity: 0.5)))
      widths.append(log(interval.upperBound / interval.lowerBound))
    }
    #expect(widths[0] < widths[2])
  }

  @Test("the optimal sparsity's interval contains it and stays in range")
  func optimum() throws {
    let flops = model.contourFlops(nonZeroParameters: 1e8, sparsity: 0.75)
    let interval = try #require(
      distribution.optimalSparsityInterval(model, nonZeroParameters: 1e8, flops: flops))
    #expect(interval.contains(0.75))
    #expect(interval.lowerBound >= 0 && interval.upperBound <= 0.99 + 1e-12)
  }

  @Test("multipliers and their limit")
  func multipliers() throws {
    let half = try #require(distribution.multiplierInterval(sparsity: 0.5))
    #expect(half.contains(law.effectiveParameterMultiplier(sparsity: 0.5)))
    #expect(half.lowerBound > 1)
    let dense = try #require(distribution.multiplierInterval(sparsity: 0))
    #expect(abs(dense.lowerBound - 1) < 1e-12 && abs(dense.upperBound - 1) < 1e-12)
    let limit = try #require(distribution.multiplierLimitInterval)
    #expect(limit.contains(try #require(law.effectiveParameterLimit)))
  }

  @Test("held-out runs get the interval of a measurement")
  func holdout() throws {
    let setting = Setting(nonZeroParameters: 3e8, sparsity: 0.5, data: 3e10)
    func run(_ name: String, _ loss: Double) -> TrainingRun {
      TrainingRun(
        name: name, nonZeroParameters: setting.nonZeroParameters,
        denseParameters: setting.denseParameters, sparsity: 0.5, data: setting.data, loss: loss,
        pattern: .unstructured, location: SourceLocation(file: "t"))
    }
    let predicted = law.loss(setting)
    var check = HoldoutCheck(
      rule: "", predictor: .fit,
      runs: [run("near", predicted), run("far", predicted * 2)].map {
        HoldoutCheck.Run(run: $0, predicted: predicted)
      })
    #expect(check.covered == (0, 0))
    check.addIntervals(from: distribution)
    #expect(check.covered == (1, 2))
    let interval = try #require(check.runs[0].interval)
    let value = try #require(distribution.interval { (law: ScalingLaw) in law.loss(setting) })
    #expect(interval.lowerBound < value.lowerBound && value.upperBound < interval.upperBound)
  }

  @Test("the method is said in words")
  func method() {
    let words = Uncertainty(distribution: distribution).method
    #expect(words.contains("percentile") && words.contains("200 bootstrap replicates"))
    #expect(words.contains("one random sign for all runs of a size and sparsity"))
    #expect(words.contains("degrees of freedom"))
  }
}
