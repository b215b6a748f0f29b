import Fitting
import ScalingLaws

/// One way to fit runs: a law, and δ of the Huber loss.
struct Method: Sendable {
  var name: String
  var form = Laws.sparsity
  /// Nil for the program's own choice, from the scatter of the residuals.
  var huberDelta: Double?

  /// What a report uses where sweep.yml does not say, first, and the paper's.
  static let deltas = [
    Method(name: "delta from the scatter"), Method(name: "delta 0.001", huberDelta: 0.001),
  ]
}

/// How often intervals covered the truth.
struct Coverage: Sendable {
  /// What is the same for all scenarios.
  struct Settings: Sendable {
    var dataSets = 1_600
    var replicates = 200
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
    let quantities = Quantity.all(scenario, methods)
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
    var fitOptions = FitOptions()
    fitOptions.starts = 10
    return methods.map { method in
      let delta =
        method.huberDelta
        ?? LawFitter.automaticDelta(
          form: method.form, observations, residual: .log, fitOptions)
      let fitter = LawFitter(
        form: method.form, observations: observations, residual: .log, huberDelta: delta)
      let fit = fitter.fit(fitOptions)
      var options = BootstrapOptions()
      options.replicates = replicates
      options.seed = UInt64(index)
      options.freshEvery = 0
      let distribution = Bootstrap(fitter, fit: fit, options: options).run()
      let ofLaw = quantities.map { quantity in
        distribution.interval(of: quantity.value)?.contains(quantity.value(scenario.law)) ?? false
      }
      let values = scenario.heldOut.map { setting in
        distribution.interval(of: { $0.loss(setting) })?
          .contains(scenario.law.loss(setting)) ?? false
      }
      let measurements = zip(
        distribution.measurementIntervals(for: scenario.heldOut), losses.heldOut
      ).map { $0?.contains($1) ?? false }
      return ofLaw + values + measurements
    }
  }
}
