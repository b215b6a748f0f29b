import ScalingLaws

/// A number that follows from a law and whose interval is put to the test.
struct Quantity: Sendable {
  var name: String
  var value: @Sendable (FrantarLaw) -> Double

  static func all(_ scenario: Scenario) -> [Quantity] {
    let coefficients = scenario.law.coefficients.indices.map { index in
      Quantity(name: scenario.law.coefficients[index].name) { $0.coefficients[index].value }
    }
    let thresholds = [Accounting.dense, .sparse(.init())].flatMap { accounting in
      [0, 0.5, 0.75, 0.875].map { sparsity in
        Quantity(name: "threshold S = \(sparsity), \(accounting.name)") { law in
          ComputeModel(law: law, accounting: accounting, flopsPerParameter: 6)
            .chinchillaMultiple(sparsity: sparsity)
        }
      }
    }
    let multipliers = [0.5, 0.875].map { sparsity in
      Quantity(name: "multiplier S = \(sparsity)") {
        $0.effectiveParameterMultiplier(sparsity: sparsity)
      }
    }
    return coefficients + thresholds + multipliers + [
      Quantity(name: "multiplier limit") { $0.effectiveParameterLimit ?? .infinity }
    ]
  }
}
