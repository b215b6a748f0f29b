import Fitting
import Foundation
import RunLogs
import ScalingLaws

/// Runs to fit and how.
public struct Problem: Sendable {
  public var name: String
  public var observations: Observations
  public var residual: ResidualKind
  public var huberDelta: Double

  /// The main runs of a sweep that are fitted.
  public init(_ sweep: Sweep) {
    name = sweep.name
    observations = Observations(sweep.runs.filter { $0.role == .fitted })
    residual = sweep.residual
    var options = FitOptions()
    options.starts = 30
    huberDelta =
      sweep.huberDelta
      ?? LawFitter.automaticDelta(
        form: Laws.sparsity, observations, residual: residual, options)
  }

  /// Runs computed from a known law with noise: 8 sizes, 6 sparsities, amounts of data drawn from
  /// three decades.
  public init(syntheticRuns count: Int) {
    name = "synthetic"
    residual = .log
    huberDelta = 0.001
    let law = FrantarLaw(aS: 10.7, bS: 1.34, cS: 41.6, bN: 0.232, aD: 6.8e8, bD: 0.385, c: 0.83)
    let sparsities = [0, 0.25, 0.5, 0.75, 0.875, 0.9375]
    var generator = SplitMix64(seed: 7, stream: UInt64(count))
    let settings = (0..<count).map { index in
      Setting(
        nonZeroParameters: 1e6 * pow(2, Double(index % 8)),
        sparsity: sparsities[index / 8 % sparsities.count],
        data: 1e9 * pow(1_000, generator.unitInterval()))
    }
    observations = Observations(
      names: settings.indices.map { "r\($0)" }, settings: settings,
      losses: settings.map {
        law.loss(nonZeroParameters: $0.nonZeroParameters, sparsity: $0.sparsity, data: $0.data)
          * exp(0.005 * generator.normal())
      })
  }

  var fitter: LawFitter {
    LawFitter(
      form: Laws.sparsity, observations: observations, residual: residual,
      huberDelta: huberDelta)
  }

  /// The multi-start fit, as a report makes it.
  public func fit(starts: Int, threads: Int = 1) -> FittedLaw {
    var options = FitOptions()
    options.starts = starts
    options.threads = threads
    return fitter.fit(options)
  }

  /// The bootstrap, as a report makes it; without fresh starts, each replicate is one refinement
  /// of the fit and nothing else.
  public func bootstrap(
    _ fit: FittedLaw, replicates: Int, freshStarts: Bool = true, threads: Int = 1
  ) -> BootstrapDistribution {
    var options = BootstrapOptions()
    options.replicates = replicates
    if !freshStarts { options.freshEvery = 0 }
    options.threads = threads
    return Bootstrap(fitter, fit: fit, options: options).run()
  }
}

extension Problem {
  /// There is no such sweep, or it cannot be read.
  public struct Absent: Error {
    public var sweep: String
  }

  /// The fitted runs of a sweep of this repository's Data/.
  public init(sweep name: String) throws {
    guard let folder = try SweepLoader.discover(dataRoot: Repository.data, only: [name]).first
    else { throw Absent(sweep: name) }
    self.init(try SweepLoader.load(folder).get())
  }
}
