import RunLogs
import Testing

/// Columns whose name says one thing and whose numbers may say another.
@Suite struct SuspectColumnsTests {
  private static let header = "run,dense_params,sparsity,tokens,val_loss"

  /// Two sizes on three amounts of data at shares of weights that are kept, written as `column`.
  private func table(_ kept: [Double], _ column: (Double) -> Double) -> String {
    var rows = [Self.header]
    for size in [1e6, 4e6] {
      for data in [1e8, 2e8, 4e8] {
        for share in kept {
          let loss = 5 - 0.2 * (size / 1e6) - 0.3 * (data / 1e8) - share
          rows.append("r\(rows.count),\(size),\(column(share)),\(data),\(loss)")
        }
      }
    }
    return rows.joined(separator: "\n") + "\n"
  }

  @Test(
    "Sparsities of 1 where no run is dense are the dense runs of a density, whatever their share")
  func densitiesWithDenseRuns() throws {
    let text = table([1, 0.5, 0.25, 0.125, 0.0625]) { $0 }
    let error = try TemporaryData(["x/t.csv": text]).errors()[0]
    #expect(error.message.hasPrefix("one fault takes 6 of 30 runs: sparsity is 1"))
    #expect(error.fix?.hasPrefix("write `density: {column: sparsity}` in sweep.yml, or") == true)
    let mended = try TemporaryData([
      "x/t.csv": text, "x/sweep.yml": "density: {column: sparsity}",
    ]).sweep()
    #expect(mended.runs.count == 30)
    #expect(mended.runs[0].sparsity == 0 && mended.runs[1].sparsity == 0.5)
    // Beside a dense run it is a run that lost all of its weights.
    let beside = try TemporaryData([
      "x/t.csv": text + "d,1e6,0,1e8,3.5\n", "x/sweep.yml": "loss: {may_rise: true}",
    ]).sweep()
    #expect(beside.exclusions.count == 6)
  }

  @Test("A sparsity with which losses fall at equal dense size is asked about")
  func densitiesAlone() throws {
    let text = table([0.5, 0.25, 0.125]) { $0 }
    let error = try TemporaryData(["x/t.csv": text]).errors()[0]
    #expect(
      error.message == "at equal dense size and data the loss falls as \"sparsity\" rises in 12 of "
        + "12 pairs of runs: is it the share of weights that is kept?")
    for answer in ["density", "sparsity"] {
      let sweep = try TemporaryData([
        "x/t.csv": text, "x/sweep.yml": "\(answer): {column: sparsity}",
      ]).sweep()
      #expect(sweep.runs[1].sparsity == (answer == "density" ? 0.75 : 0.25))
    }
    let right = try TemporaryData(["x/t.csv": table([0.5, 0.25, 0.125]) { 1 - $0 }]).sweep()
    #expect(right.runs.count == 18 && right.warnings.isEmpty)
  }

  @Test("Exactly a quarter of the rows in percent is a fault of the sweep")
  func aQuarterInPercent() throws {
    let text = table([1, 0.5, 0.25, 0.125]) { $0 == 0.125 ? 87.5 : 1 - $0 }
    let error = try TemporaryData(["x/t.csv": text]).errors()[0]
    #expect(error.message.hasPrefix("one fault takes 6 of 24 runs: sparsity is outside its range"))
  }

  @Test("A bare loss of a log is told, unless it was asked for or that of training is known")
  func bareLosses() throws {
    func sweep(_ row: String, _ settings: String = "") throws -> Sweep {
      var files = settings.isEmpty ? [:] : ["x/sweep.yml": settings]
      for run in ["a", "b"] {
        files["x/\(run)/config.json"] = #"{"dense_params":1000,"sparsity":0}"#
        files["x/\(run)/trainer_state.json"] =
          "{\"log_history\": [{\"step\":1,\"tokens\":10,\(row)}]}"
      }
      return try TemporaryData(files).sweep()
    }
    let words = "the name of column \"loss\" does not say of what data the loss is"
    let told = try sweep(#""loss":2.5"#).warnings.filter { $0.contains(words) }
    #expect(told.count == 1)
    #expect(told.first?.hasPrefix("Data/x/a/trainer_state.json: ") == true)
    #expect(try sweep(#""loss":2.5"#, "loss: {column: loss}").warnings.isEmpty)
    #expect(try sweep(#""eval_loss":2.5,"loss":3"#).warnings.isEmpty)
    let table = try TemporaryData(["x/t.csv": "run,params,sparsity,tokens,loss\na,9,0,10,2\n"])
    #expect(try table.sweep().warnings.isEmpty)
  }
}
