import Foundation

/// Runs computed from a known law: what the report should find again.
struct Design {
  var sizes = [1e5, 2e5, 4e5, 8e5]
  var sparsities = [0, 0.5, 0.75, 0.875]
  var amounts = [1e7, 3e7, 1e8]
  /// The size of the relative deviation of each loss from the law.
  var noise = 0.002
  var aS = 10.0
  var bS = 0.9
  var cS = 20.0
  var bN = 0.25
  var aD = 2e5
  var bD = 0.35
  var c = 0.8

  func loss(_ size: Double, _ sparsity: Double, _ amount: Double) -> Double {
    (aS * pow(1 - sparsity, bS) + cS) * pow(size, -bN) + pow(aD / amount, bD) + c
  }

  /// The rows of a table whose columns have conventional names.
  var rows: [String] {
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

  var csv: String {
    (["run,nonzero_params,sparsity,tokens,val_loss"] + rows).joined(separator: "\n") + "\n"
  }
}
