import ScalingLaws

/// A number that follows from a law and whose interval is put to the test.
struct Quantity: Sendable {
  var name: String
  var value: @Sendable (ScalingLaw) -> Double

  /// The conclusions of a report, and its coefficients where all methods fit the true law.
  ///
  /// Conclusions that depend on size or data are given at the largest size and the most data.
  static func all(_ scenario: Scenario, _ methods: [Method]) -> [Quantity] {
    let observations = Observations(
      names: scenario.settings.map { _ in "" }, settings: scenario.settings,
      losses: scenario.settings.map { _ in 1 })
    let largest = observations.sizes.last ?? 1
    let most = observations.dataAmounts.last ?? 1
    let multipliers = [0.5, 0.875].filter { methods.allSpeak(of: $0) }.map { sparsity in
      Quantity(name: "multiplier S = \(sparsity)") {
        $0.effectiveParameterMultiplier(
          sparsity: sparsity, nonZeroParameters: largest, data: most)
      }
    }
    @Sendable func model(_ law: ScalingLaw, _ accounting: Accounting) -> ComputeModel {
      ComputeModel(
        law: law, accounting: accounting, flopsPerParameter: 6, referenceParameters: largest)
    }
    let overtakes = [0.5, 0.75].map { sparsity in
      Quantity(name: "S = \(sparsity) overtakes dense") {
        model($0, .dense).overtake(from: 0, to: sparsity)
      }
    }
    guard methods.allSatisfy({ $0.form.key == scenario.law.form.key }) else {
      return overtakes + multipliers
    }
    let coefficients = scenario.law.coefficients.indices.map { index in
      Quantity(name: scenario.law.coefficients[index].name) { $0.coefficients[index].value }
    }
    let thresholds = [Accounting.dense, .sparse(.init())].flatMap { accounting in
      [0, 0.5, 0.75, 0.875].map { sparsity in
        Quantity(name: "threshold S = \(sparsity), \(accounting.name)") { law in
          model(law, accounting).chinchillaMultiple(sparsity: sparsity)
        }
      }
    }
    return coefficients + thresholds + overtakes + multipliers + [
      Quantity(name: "multiplier limit") { $0.effectiveParameterLimit ?? .infinity }
    ]
  }
}

extension [Method] {
  /// Whether every law says something of a sparsity.
  fileprivate func allSpeak(of sparsity: Double) -> Bool {
    allSatisfy { $0.form.speaks(of: sparsity) }
  }
}
