import Foundation
import TestSupport

extension ReportScenario {
  /// What rests on leaving runs out.
  static let exclusions: [Self] = {
    let design = Design(amounts: [1e7, 3e7, 6e7, 1e8, 2e8])
    /// A sweep from which the runs of the least data are left out, their losses times `factor`.
    func leastData(_ name: String, _ factor: Double, bootstrap: Int = 60) -> Self {
      Self(
        name: name, runs: design.runs { _, _, d in d < 2e7 ? factor : 1 },
        settings: table + "exclude: [{data: {below: 2.0e7}, why: too short}]\n",
        bootstrap: bootstrap)
    }
    let many = Design(
      sizes: (0..<11).map { 1e5 * pow(1.5, Double($0)) },
      amounts: (0..<8).map { 1e7 * pow(1.6, Double($0)) })
    // Causes of one run each, and one of more runs than are put back alone.
    let rules = (0..<55).map { "{run: r\(6 * $0 + 6), why: reason \($0)}" }
    return [
      leastData("excluded runs that fit", 0.99), leastData("excluded runs that decide", 1.3),
      leastData("excluded runs without intervals", 1.3, bootstrap: 0),
      Self(
        name: "excluded runs that move one coefficient",
        runs: design.runs { _, s, _ in s > 0.8 ? 1.003 : 1 },
        settings: table + "exclude: [{sparsity: {above: 0.8}, why: another schedule}]\n",
        bootstrap: 60),
      Self(
        name: "dense runs, the least data left out",
        runs: Design(sparsities: [0], amounts: [1e7, 3e7, 6e7, 1e8, 2e8]).runs(),
        settings: table + "exclude: [{data: {below: 2.0e7}, why: too short}]\n", bootstrap: 60),
      Self(
        name: "sparse runs left out of dense ones", runs: design.runs(),
        settings: table + "exclude: [{sparsity: {above: 0.1}, why: dense runs alone}]\n",
        bootstrap: 60),
      Self(
        name: "many causes", runs: many.runs(),
        settings: table + "exclude: [\(rules.joined(separator: ", ")), "
          + "{data: {below: 1.0e8}, why: too short}]\n"),
    ]
  }()
}
