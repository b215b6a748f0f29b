import Fitting
import Foundation
import ScalingLaws

/// One way to draw the weights of replicates.
struct Method: Sendable, Hashable {
  var resampling: Resampling

  var name: String {
    switch resampling {
    case .automatic: "automatic"
    case .shrunkenCases: "shrunken cases"
    case .clusters: "clusters"
    case .trajectories: "trajectories"
    }
  }

  /// What the report uses, first, and what it chooses from.
  static let compared = [
    Method(resampling: BootstrapOptions().resampling), Method(resampling: .shrunkenCases),
    Method(resampling: .clusters),
  ]
}

/// How often intervals covered the truth.
struct Coverage: Sendable {
  /// What is the same for all scenarios.
  struct Settings: Sendable {
    var dataSets = 400
    var replicates = 300
    var threads = 2
  }

  var scenario: Scenario
  var methods: [Method]
  var names: [String]
  var dataSets: Int
  /// Data sets whose interval covered, by method, then by quantity.
  var covered: [[Int]]

  /// Draws data sets from the scenario and fits each.
  static func measure(
    _ scenario: Scenario, methods: [Method], settings: Settings
  ) -> Coverage {
    let quantities = Quantity.all(scenario)
    let outcomes = parallelMap(count: settings.dataSets, threads: settings.threads) { index in
      cover(scenario, quantities, methods, replicates: settings.replicates, index: index)
    }
    let names =
      quantities.map(\.name)
      + scenario.heldOut.map { "held-out law value, S = \($0.sparsity)" }
      + scenario.heldOut.map { "held-out measurement, S = \($0.sparsity)" }
    let covered = methods.indices.map { method in
      names.indices.map { name in outcomes.count { $0[method][name] } }
    }
    return Coverage(
      scenario: scenario, methods: methods, names: names, dataSets: settings.dataSets,
      covered: covered)
  }

  /// Whether each method's intervals cover each quantity, for one data set.
  private static func cover(
    _ scenario: Scenario, _ quantities: [Quantity], _ methods: [Method], replicates: Int,
    index: Int
  ) -> [[Bool]] {
    var generator = SplitMix64(seed: 1, stream: UInt64(index))
    let losses = scenario.draw(&generator)
    let observations = Observations(
      names: losses.fitted.indices.map { "r\($0)" }, settings: scenario.settings,
      losses: losses.fitted)
    let fitter = LawFitter(
      form: Laws.sparsity, observations: observations, residual: .log, huberDelta: 1e-3)
    var fitOptions = FitOptions()
    fitOptions.starts = 30
    let fit = fitter.fit(fitOptions)

    return methods.map { method in
      var options = BootstrapOptions()
      options.replicates = replicates
      options.seed = UInt64(index)
      options.resampling = method.resampling
      options.freshEvery = 0
      let distribution = Bootstrap(fitter, fit: fit, options: options).run()
      let ofLaw = quantities.map { quantity in
        distribution.interval { (law: ScalingLaw) in law.closed.map(quantity.value) ?? .nan }?
          .contains(quantity.value(scenario.law)) ?? false
      }
      let values = scenario.heldOut.map { setting in
        distribution.interval { (law: ScalingLaw) in law.loss(setting) }?
          .contains(scenario.law.loss(setting)) ?? false
      }
      let measurements = zip(
        distribution.measurementIntervals(for: scenario.heldOut), losses.heldOut
      ).map { $0?.contains($1) ?? false }
      return ofLaw + values + measurements
    }
  }
}
