import Foundation

/// Runs computed from a known law: what the report should find again.
package struct Design {
  package var sizes: [Double]
  package var sparsities: [Double]
  package var amounts: [Double]
  /// The size of the relative deviation of each loss from the law.
  package var noise: Double
  package var aS: Double
  package var bS: Double
  package var cS: Double
  package var bN: Double
  package var aD: Double
  package var bD: Double
  package var c: Double

  package init(
    sizes: [Double] = [1e5, 2e5, 4e5, 8e5], sparsities: [Double] = [0, 0.5, 0.75, 0.875],
    amounts: [Double] = [1e7, 3e7, 1e8], noise: Double = 0.002, aS: Double = 10,
    bS: Double = 0.9, cS: Double = 20, bN: Double = 0.25, aD: Double = 2e5, bD: Double = 0.35,
    c: Double = 0.8
  ) {
    self.sizes = sizes
    self.sparsities = sparsities
    self.amounts = amounts
    self.noise = noise
    (self.aS, self.bS, self.cS) = (aS, bS, cS)
    (self.bN, self.aD, self.bD, self.c) = (bN, aD, bD, c)
  }

  package func loss(_ size: Double, _ sparsity: Double, _ amount: Double) -> Double {
    (aS * pow(1 - sparsity, bS) + cS) * pow(size, -bN) + pow(aD / amount, bD) + c
  }

  /// The rows of a table whose columns have conventional names.
  package var rows: [String] {
    var rows: [String] = []
    for size in sizes {
      for sparsity in sparsities {
        for amount in amounts {
          // Deviations without a pattern, the same in every run of the tests.
          let deviation = noise * sin(Double(rows.count * rows.count) * 1.7 + 0.3)
          let value = loss(size, sparsity, amount) * (1 + deviation)
          rows.append("r\(rows.count + 1),\(size),\(sparsity),\(amount),\(value)")
        }
      }
    }
    return rows
  }

  package var csv: String {
    (["run,nonzero_params,sparsity,tokens,val_loss"] + rows).joined(separator: "\n") + "\n"
  }
}
