import Foundation
import RunLogs
import ScalingLaws
import Testing

@Suite("Runs put back into the fit of our own sweep")
struct OwnLedgerTests {
  /// The fits start from the known one: a few hundred fresh starts must find nothing better.
  @Test func warmStartsReachTheOptimum() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Data").path
    let folder = try #require(try SweepLoader.discover(dataRoot: root, only: ["byte-lm"]).first)
    let sweep = try SweepLoader.load(folder).get()
    var options = fitOptions(threads: 2)
    options.bootstrap = 0
    let analysis = try SweepAnalysis.analyse(sweep, options: options)
    let entry = try #require(analysis.exclusionLedger?.entries.first)
    #expect(entry.singles.count == 24)
    let included = analysis.runs(.fitted) + analysis.runs(.heldOut)
    for (outcome, runs) in [(entry.outcome, entry.singles.map(\.run))]
      + entry.singles.map({ ($0.outcome, [$0.run]) })
    {
      let fit = LawFitter(
        form: Laws.sparsity, observations: Observations(included + runs), residual: .log,
        huberDelta: try #require(analysis.finalFit).huberDelta
      ).fit(options)
      for move in try #require(outcome.moves) {
        guard case .coefficient(let name) = move.quantity else { continue }
        #expect(
          relativeError(move.putBack, coefficient(name, of: fit.coefficients)) < 1e-6,
          "\(name) with \(runs.map(\.name))")
      }
    }
  }
}
