import Foundation
import ReportPipeline
import TestSupport
import Testing

@Suite("What the runs were, for others to check and to compute with")
struct DataSectionTests {
  /// The cells of a table by the names of its columns.
  private func table(_ name: String, in place: Workplace) throws -> [[String: String]] {
    let lines = try place.folder.text("Output/sweep/tables/\(name).csv").split(separator: "\n")
    let names = lines[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    return lines.dropFirst().map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return Dictionary(uniqueKeysWithValues: zip(names, cells))
    }
  }

  @Test func eachSettingHasItsRunsAndItsMultipleOfChinchillaCompute() throws {
    let design = Design(noise: 0)
    let place = try Workplace(["sweep": design])
    try place.folder.write(
      "Data/sweep/more.csv",
      """
      run,nonzero_params,sparsity,tokens,val_loss,pattern
      again,100000,0.5,1e7,\(design.loss(1e5, 0.5, 1e7)),unstructured
      short,100000,0.5,1e6,9,unstructured
      nm,100000,0.5,1e7,3.5,2:4

      """)
    try place.settings(
      "runs: [runs.csv, more.csv]\nexclude: [{data: {below: 2.0e6}, why: too short}]\n")
    try place.run()
    let rows = try table("runs-by-setting", in: place)
    #expect(rows.count == 4 * 4 * 3 + 1)
    func row(_ size: String, _ sparsity: String, _ data: String) throws -> [String: String] {
      try #require(
        rows.first {
          $0["nonzero_params"] == size && $0["sparsity"] == sparsity && $0["data"] == data
        })
    }
    let twice = try row("100000", "0.5", "10000000")
    #expect(twice["fitted"] == "2" && twice["held_out"] == "0" && twice["excluded"] == "0")
    let short = try row("100000", "0.5", "1000000")
    #expect(short["fitted"] == "0" && short["excluded"] == "1")
    let large = try row("800000", "0", "30000000")
    #expect(large["fitted"] == "0" && large["held_out"] == "1")
    // Chinchilla: b_N A N^-b_N = b_D (a_D / D)^b_D, with A = a_S + c_S.
    let optimal = 2e5 * pow(0.35 / (0.25 * 30 * pow(1e5, -0.25)), 1 / 0.35)
    let dense = try #require(Double(twice["chinchilla_multiple_dense"] ?? ""))
    #expect(abs(dense / (1e7 / 0.5 / optimal) - 1) < 1e-4)
    let sparse = try #require(Double(twice["chinchilla_multiple_sparse"] ?? ""))
    #expect(sparse > 1e7 / optimal && sparse < dense)
    let report = try place.report()
    #expect(report.contains("| runs, fitted and held out | 13 | 12 | 12 | 12 |"))
    #expect(try place.appendix().contains("× (2) |"))
  }

  @Test func trainingIsToldFromConfigurationsAndNothingElseOfThem() throws {
    let scenario = ReportScenario(
      name: "logged", runs: Design(sizes: [1e5, 2e5, 4e5]).runs(),
      settings: "runs: [runs/*]\nholdout: none\n", isLogged: true)
    let place = try scenario.workplace()
    try place.run()
    let report = try place.report()
    #expect(report.contains("`optimizer` adam; `lr_schedule` cosine; `lr` 0.000250 to 0.00100;"))
    #expect(report.contains("`batch_size` 16; `context` 64; seed 0."))
    #expect(!report.contains("Not named there"))
    let rows = try table("training-settings", in: place)
    #expect(rows.map { $0["name"] } == ["optimizer", "lr_schedule", "lr", "batch_size", "context"])
    #expect(
      rows[2] == ["name": "lr", "least": "0.00025", "most": "0.001", "values": "3", "runs": "36"])
    for (path, bytes) in try place.folder.files("Output") {
      #expect(!String(decoding: bytes, as: UTF8.self).contains("secret"), "\(path)")
    }
  }

  @Test func whatConfigurationsDoNotNameIsSaid() throws {
    let place = try Workplace()
    let rows = Design().rows.enumerated().map { "\($1),1e-3,\($0 % 2)" }
    try place.folder.write(
      "Data/sweep/runs.csv",
      (["run,nonzero_params,sparsity,tokens,val_loss,lr,seed"] + rows).joined(separator: "\n")
        + "\n")
    try place.run()
    let report = try place.report()
    #expect(report.contains("`lr` 1e-3; seed 0 (24 runs) and 1 (24 runs)."))
    #expect(
      report.contains(
        "Not named there: the optimiser, the schedule, the batch size and the context."))
  }

  @Test func intervalsCanBeMadeAgainFromTheReplicates() throws {
    let place = try Workplace()
    place.options.fit.bootstrap = 80
    try place.run()
    let rows = try table("replicates", in: place)
    #expect(rows.map { $0["replicate"] } == (0...80).map { "\($0)" })
    let refit = try #require(try place.json()["refit"] as? [String: Any])
    let coefficients = try #require(refit["coefficients"] as? [String: Double])
    let intervals = try #require(refit["intervals"] as? [String: Any])
    for name in ["a_S", "b_S", "c_S", "b_N", "a_D", "b_D", "c"] {
      let values = try rows.map { try #require(Double($0[name] ?? "")) }
      #expect(values[0] == coefficients[name])
      let sorted = values.dropFirst().sorted()
      // Quantiles by linear interpolation between order statistics.
      func quantile(_ share: Double) -> Double {
        let place = share * Double(sorted.count - 1)
        let below = Int(place)
        return sorted[below]
          + (place - Double(below)) * (sorted[min(below + 1, sorted.count - 1)] - sorted[below])
      }
      let interval = try #require(intervals[name] as? [Double])
      #expect(abs(quantile(0.025) / interval[0] - 1) < 1e-8)
      #expect(abs(quantile(0.975) / interval[1] - 1) < 1e-8)
    }
  }

  @Test func withoutIntervalsThereAreNoReplicates() throws {
    let place = try Workplace()
    try place.run()
    #expect(!place.folder.exists("Output/sweep/tables/replicates.csv"))
  }
}
