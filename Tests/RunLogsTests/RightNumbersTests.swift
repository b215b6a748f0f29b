import RunLogs
import Testing

/// Numbers that were once wrong without a word, each with the right one.
@Suite struct RightNumbersTests {
  private let constants = #"{"dense_params": 1000000, "sparsity": 0}"#

  private func run(
    _ log: String, config: String = #"{"dense_params": 1000000, "sparsity": 0}"#,
    settings: String = "title: x", name: String = "metrics.jsonl"
  ) throws -> (run: TrainingRun, sweep: Sweep) {
    let sweep = try TemporaryData([
      "x/sweep.yml": settings, "x/r/config.json": config, "x/r/\(name)": log,
    ]).sweep()
    return (try #require(sweep.runs.first), sweep)
  }

  @Test("A factor that some rows log is the constant where they do not")
  func factorsOfSomeRows() throws {
    let (run, _) = try run(
      """
      {"step":100,"batch_size":32,"train_loss":3}
      {"step":100,"eval_loss":3}
      {"step":200,"batch_size":32,"train_loss":2.5}
      {"step":200,"eval_loss":2.6}
      """,
      config: #"{"dense_params":1000000,"sparsity":0,"batch_size":32,"context":1024}"#,
      settings: "data: {product: [step, batch_size, context], unit: tokens}")
    #expect(run.data == 6_553_600)
    #expect(run.loss == 2.6)
    #expect(run.history.map(\.data) == [3_276_800, 6_553_600])
    #expect(run.history.map(\.loss) == [3, 2.6])
  }

  @Test("The same in a CSV, whose cells are empty", arguments: ["", "32"])
  func factorsOfSomeCells(batch: String) throws {
    let (run, _) = try run(
      "step,batch_size,eval_loss\n100,32,\n100,\(batch),3\n200,,2.6\n",
      config: #"{"dense_params":1000000,"sparsity":0,"batch_size":32,"context":1024}"#,
      settings: "data: {product: [step, batch_size, context]}", name: "metrics.csv")
    #expect(run.data == 6_553_600)
  }

  @Test(
    "What orders rows does not depend on what the configuration says of the end",
    arguments: ["", #","tokens":400000"#])
  func orderOfRows(tokens: String) throws {
    var log = [#"{"step":0,"eval_loss":8,"sparsity":0}"#]
    for (step, loss) in [(100, 4.0), (200, 3), (300, 2), (400, 2.5)] {
      log.append("{\"step\":\(step),\"train_loss\":\(loss)}")
      log.append("{\"tokens\":\(step * 1000),\"eval_loss\":\(loss)}")
    }
    let (run, sweep) = try run(
      log.joined(separator: "\n"), config: "{\"dense_params\":1000000\(tokens)}",
      settings: "loss: {take: {mean: 3}}")
    #expect(abs(run.loss - 2.5) < 1e-15)
    #expect(run.data == 400_000)
    #expect(!sweep.findings.contains { $0.kind == .restarted })
  }

  @Test("Loss and D come from one row, and a log that goes on is told")
  func lossAndDataOfOneRow() throws {
    let log = """
      {"tokens":100000000,"eval_loss":3.88}
      {"tokens":200000000,"train_loss":3.0}
      """
    let (run, sweep) = try run(log)
    #expect(run.data == 100_000_000)
    #expect(run.loss == 3.88)
    #expect(run.location.line == 1)
    #expect(
      sweep.findings.map(\.message) == [
        "the last loss is that of data 100,000,000, and the log goes on to 200,000,000"
      ])
    // Against a plan the run counts as far as it was evaluated.
    let planned = try self.run(
      log, config: #"{"dense_params": 1000000, "sparsity": 0, "tokens": 200000000}"#
    ).sweep
    #expect(planned.runs[0].role == .excluded)
    #expect(
      planned.findings.contains {
        $0.message == "the last loss is that of 100,000,000 of 200,000,000 tokens"
      })
  }

  @Test("An evaluation every so often ends up to one interval early")
  func evaluationsEverySoOften() throws {
    let rows = (1...10).map {
      "{\"tokens\":\($0 * 10),\"sparsity\":0"
        + ($0 % 3 == 0 ? ",\"eval_loss\":\(5.0 - Double($0) / 10)}" : "}")
    }
    let (run, sweep) = try run(
      rows.joined(separator: "\n"), config: #"{"dense_params": 100, "tokens": 100}"#)
    #expect(run.role == .heldOut)
    #expect(run.data == 90)
    #expect(sweep.findings.map(\.kind) == [.earlyLoss])
  }

  @Test("Divergence is judged where data stand in the configuration alone")
  func divergenceWithoutLoggedData() throws {
    let losses = [5, 4, 3, 2.5, 2.4, 3, 3.5, 4, 4.5, 5]
    let log = losses.enumerated().map { "{\"step\":\($0 + 1),\"eval_loss\":\($1)}" }
    let (run, sweep) = try run(
      log.joined(separator: "\n"),
      config: #"{"dense_params": 1000000, "sparsity": 0, "tokens": 1000}"#)
    #expect(sweep.findings.map(\.kind) == [.diverged])
    #expect(run.role == .excluded)
    // The rows stand in proportion to their steps.
    #expect(run.history.map(\.data) == (1...10).map { Double($0) * 100 })
  }

  @Test("The step of Weights & Biases is not the trainer's")
  func loggerSteps() throws {
    let log = (1...200).map {
      "{\"_step\":\($0 - 1),\"train/global_step\":\($0 * 50),\"eval/loss\":\(5.0 - Double($0) / 100)}"
    }.joined(separator: "\n")
    let config = """
      {"dense_params": 1000000, "sparsity": 0, "max_steps": 10000, "batch_size": 8}
      """
    let (run, sweep) = try run(
      log, config: config, settings: "data: {product: [train/global_step, batch_size]}")
    #expect(run.role == .heldOut)
    #expect(sweep.findings.isEmpty)
    let data = try TemporaryData(["x/r/metrics.jsonl": log, "x/r/config.json": config])
    let proposal = try SweepProposal(folder: data.root + "/x")
    #expect(proposal.text.contains("data: {product: [train/global_step, batch_size]"))
  }

  @Test("A plan of -1, 0 or null is none", arguments: ["-1", "0", "null"])
  func plansThatAreNone(none: String) throws {
    let log = (1...10).map {
      "{\"step\":\($0 * 50),\"tokens\":\($0),\"eval_loss\":\(5.0 - Double($0) / 10)}"
    }
    let (run, _) = try run(
      log.joined(separator: "\n"),
      config: "{\"dense_params\":1000000,\"sparsity\":0,\"max_steps\":\(none),\"total_steps\":1000}"
    )
    #expect(run.role == .excluded)
    #expect(run.whyExcluded == "the log ends at step 500 of 1,000")
  }

  @Test("2:4 means half where nothing is counted, and a contradiction is an error")
  func patternsAndSparsity() throws {
    let counted = try TemporaryData([
      "x/t.csv": """
      run,dense_params,pattern,tokens,val_loss
      a,1000000,2:4,100,3
      b,1000000,dense,100,2.5
      c,1000000,1:4,100,3.5
      """
    ]).sweep()
    #expect(counted.runs.map(\.nonZeroParameters) == [500_000, 1_000_000, 250_000])
    #expect(counted.runs.map(\.sparsity) == [0.5, 0, 0.75])
    let contradiction = try TemporaryData([
      "x/sweep.yml": "sparsity: 0",
      "x/t.csv": "run,dense_params,pattern,tokens,val_loss\na,100,2:4,100,3\nb,100,,100,2.5\n",
    ]).sweep()
    #expect(contradiction.runs.map(\.name) == ["b"])
    #expect(
      contradiction.exclusions[0].why.contains(
        "pattern is 2:4, which keeps 0.5 of the weights, but sparsity is 0.0"))
    // Layers that are not pruned lower a counted sparsity a little.
    let partly = try TemporaryData([
      "x/t.csv": "run,dense_params,pattern,sparsity,tokens,val_loss\na,1000,2:4,0.45,100,3\n"
    ]).sweep()
    #expect(partly.runs.map(\.sparsity) == [0.45])
  }

  @Test(
    "Images are images, and bits per byte a loss",
    arguments: [
      ("images_seen", "images"), ("n_images", "images"), ("images", "images"), ("bytes", "bytes"),
      ("characters", "characters"), ("samples", "samples"), ("examples", "examples"),
      ("tokens", "tokens"),
    ])
  func unitsOfNames(column: String, unit: String) throws {
    let sweep = try TemporaryData([
      "x/t.csv": "run,dense_params,sparsity,\(column),val_bpb\na,100,0,10,2\n"
    ]).sweep()
    #expect(sweep.dataUnit == unit)
    #expect(sweep.runs[0].data == 10 && sweep.runs[0].loss == 2)
    #expect(sweep.lossUnit == "bits/byte")
  }

  @Test("A training loss is taken when it is asked for by name alone, and then said")
  func trainingLoss() throws {
    let files = [
      "x/r/config.json": #"{"dense_params": 100, "sparsity": 0}"#,
      "x/r/metrics.jsonl":
        #"{"tokens": 10, "loss": 2, "grad_norm": 1}"# + "\n"
        + #"{"tokens": 20, "loss": 1.5, "grad_norm": 1}"#,
    ]
    let errors = try TemporaryData(files).errors()
    #expect(errors[0].message.contains("is known to be loss"))
    let named = try TemporaryData(files.merging(["x/sweep.yml": "loss: {column: loss}"]) { $1 })
      .sweep()
    #expect(named.runs[0].loss == 1.5)
    #expect(named.lossIsTraining)
    let other = try TemporaryData(["x/t.csv": table("a,100,0,10,2")]).sweep()
    #expect(!other.lossIsTraining)
  }

  @Test("`take` and `within` choose among rows, of which a table of runs has none to choose")
  func takeOfTables() throws {
    for (settings, key) in [("take: min", "take"), ("within: {from: 0.5}", "within")] {
      let errors = try TemporaryData([
        "x/sweep.yml": "loss: {\(settings)}", "x/t.csv": table("a,100,0,10,2"),
      ]).errors()
      #expect(errors[0].message.hasPrefix("`loss.\(key)` chooses among the logged rows of a run"))
      #expect(errors[0].place?.line == 1)
    }
  }

  @Test("One fault that takes more than a quarter of the rows is the sweep's")
  func sharedFaults() throws {
    let rows = (0..<64).map {
      "r\($0),1000,\([0, 50, 75, 87.5][$0 % 4]),\(1000 + $0),\(3.0 - Double($0) / 100)"
    }
    let text = (["run,dense_params,sparsity,tokens,val_loss"] + rows).joined(separator: "\n")
    let errors = try TemporaryData(["x/t.csv": text]).errors()
    #expect(errors.count == 1)
    #expect(errors[0].message.hasPrefix("one fault takes 48 of 64 runs: sparsity is outside"))
    #expect(
      errors[0].fix == "write `sparsity: {column: sparsity, times: 0.01}` in sweep.yml, or "
        + "`faulty: exclude` to go on without them")
    let mended = try TemporaryData([
      "x/t.csv": text,
      "x/sweep.yml": "sparsity: {column: sparsity, times: 0.01}",
    ]).sweep()
    #expect(mended.runs.count == 64 && mended.exclusions.isEmpty)
    let accepted = try TemporaryData([
      "x/t.csv": text, "x/sweep.yml": "faulty: exclude",
    ]).sweep()
    #expect(accepted.runs.count == 16 && accepted.exclusions.count == 48)
  }

  @Test("Blank cells of dense baselines stand for what sweep.yml says")
  func blankSparsity() throws {
    let text = table("a,100,,10,2", "b,100,,20,1.9", "c,100,,30,1.8", "d,100,0.5,10,2.5")
    #expect(
      try TemporaryData(["x/t.csv": text]).errors()[0].message.contains("one fault takes 3 of 4"))
    let sweep = try TemporaryData([
      "x/t.csv": text, "x/sweep.yml": "sparsity: {column: sparsity, blank: 0}",
    ]).sweep()
    #expect(sweep.runs.map(\.sparsity) == [0, 0, 0, 0.5])
  }

  @Test("Blank cells that cost all dense runs are a fault of the sweep, whatever their share")
  func blankDenseRuns() throws {
    let sparse = (1...20).map { "s\($0),100,0.5,\(10 * $0),2.5" }
    let rows = ["a,100,,10,2", "b,100,,20,1.9", "c,100,,30,1.8"] + sparse
    func text(_ more: [String]) -> String {
      (["run,dense_params,sparsity,tokens,val_loss"] + rows + more).joined(separator: "\n") + "\n"
    }
    let error = try TemporaryData(["x/t.csv": text([])]).errors()[0]
    #expect(error.message.contains("one fault takes 3 of 23 runs: the sparsity is blank"))
    #expect(
      error.fix == "write `sparsity: {column: sparsity, blank: 0}` in sweep.yml, or "
        + "`faulty: exclude` to go on without them")
    // Beside a dense run whose cell is filled, blank may mean what was not counted.
    let beside = try TemporaryData(["x/t.csv": text(["d,100,0,10,2"])]).sweep()
    #expect(beside.exclusions.count == 3)
    #expect(beside.exclusions[0].why.contains("if such runs are dense write"))
  }

  @Test("Parameters in millions are one fault, not one for each sparsity")
  func parametersInMillions() throws {
    var rows = ["run,dense_params,sparsity,tokens,val_loss"]
    for (index, sparsity) in [0, 0, 0, 0.5, 0.625, 0.75, 0.875].enumerated() {
      rows.append("r\(index),1,\(sparsity),\(1000 * (index + 1)),3")
    }
    let error = try TemporaryData(["x/t.csv": rows.joined(separator: "\n") + "\n"]).errors()[0]
    #expect(error.message.contains("one fault takes 4 of 7 runs"))
    #expect(error.message.contains("write `times: 1e6` beside their column"))
  }

  @Test("Data in billions are asked about where they are below one")
  func dataInBillions() throws {
    let rows = table("a,100,0,0.1,2", "b,100,0,0.2,1.9", "c,100,0,0.4,1.8")
    let error = try TemporaryData(["x/t.csv": rows]).errors()[0]
    #expect(error.message.contains("is it counted in millions or billions?"))
  }

  @Test("A table that is passed over is named where there is nothing else, with what it lacks")
  func tableWithoutLoss() throws {
    let text = "run,params,sparsity,tokens,train_loss\na,100,0,10,2\n"
    let error = try TemporaryData(["x/t.csv": text]).errors()[0]
    #expect(error.message.hasPrefix("no column of Data/x/t.csv is known to be loss"))
    #expect(error.message.contains("\"train_loss\""))
  }

  @Test("Runs of a folder and of a table that share names get no line that mends a table alone")
  func sharedNamesOfFolders() throws {
    var files = ["x/t.csv": table("a,100,0,10,2", "b,100,0,20,1.9", "c,100,0,30,1.8")]
    for name in ["a", "b", "c"] {
      files["x/runs/\(name)/metrics.csv"] = "tokens,val_loss\n10,3\n"
      files["x/runs/\(name)/config.json"] = #"{"dense_params": 100, "sparsity": 0}"#
    }
    let errors = try TemporaryData(files).errors()
    #expect(errors[0].message.contains("share a name"))
    #expect(errors[0].fix == "`faulty: exclude` to go on without them")
  }

  @Test("Seeds that share a name are not lost without a word")
  func sharedNames() throws {
    let rows = (0..<9).map { "model,100,0,\(10 * ($0 + 1)),\(4.0 - Double($0) / 10)" }
    let text = (["run,dense_params,sparsity,tokens,val_loss"] + rows).joined(separator: "\n")
    let errors = try TemporaryData(["x/t.csv": text]).errors()
    #expect(errors[0].fix?.hasPrefix("write `runs: {path: t.csv, run: none}` in sweep.yml") == true)
    let sweep = try TemporaryData([
      "x/t.csv": text, "x/sweep.yml": "runs: {path: t.csv, run: none}",
    ]).sweep()
    #expect(sweep.runs.count == 9)
    // Numbered by the true line of the file.
    #expect(sweep.runs[0].name == "t.csv:2")
  }

  @Test("Losses that rise with N and D are no losses, unless that is declared")
  func direction() throws {
    var rows: [String] = []
    for (i, size) in [1000, 2000, 4000].enumerated() {
      for (j, data) in [1e6, 2e6, 4e6].enumerated() {
        rows.append("r\(i)\(j),\(size),0,\(data),\(0.5 + 0.1 * Double(i) + 0.05 * Double(j))")
      }
    }
    let text = (["run,dense_params,sparsity,tokens,val_loss"] + rows).joined(separator: "\n")
    let errors = try TemporaryData(["x/t.csv": text]).errors()
    #expect(
      errors.map(\.message) == [
        "the loss rises with data or parameters in 12 of 12 pairs of runs: is it an accuracy or a "
          + "reward?"
      ])
    let declared = try TemporaryData([
      "x/t.csv": text, "x/sweep.yml": "loss: {column: val_loss, may_rise: true}",
    ]).sweep()
    #expect(declared.runs.count == 9)
  }

  @Test("Implausible units are asked about")
  func units() throws {
    let sweep = try TemporaryData([
      "x/t.csv": table("a,1e8,0,1,4", "b,2e8,0,20,3", "c,4e8,0,300,2")
    ]).sweep()
    #expect(sweep.warnings.contains { $0.contains("are they counted in millions or billions?") })
    let millions = try TemporaryData([
      "x/t.csv": table("a,70,0,1e10,4", "b,160,0,2e10,3", "c,400,0,4e10,2")
    ]).sweep()
    #expect(millions.warnings.contains { $0.contains("write `times: 1e6`") })
  }

  @Test("Repeats agree in every setting but the seed")
  func repeats() throws {
    func files(_ name: String, _ config: String) -> [String: String] {
      [
        "x/\(name)/config.json":
          "{\"run\":\"\(name)\",\"dense_params\":100,\"sparsity\":0,\(config)}",
        "x/\(name)/metrics.jsonl": #"{"tokens":10,"eval_loss":2}"#,
      ]
    }
    let all = [
      files("a", #""seed":0,"lr":0.1,"seconds":3"#), files("b", #""seed":1,"lr":0.1,"seconds":4"#),
      files("c", #""seed":2,"lr":0.2,"seconds":3"#),
    ].reduce([:]) { $0.merging($1) { $1 } }
    let runs = try TemporaryData(all).sweep().runs
    #expect(runs[0].isRepeat(of: runs[1]))
    #expect(!runs[0].isRepeat(of: runs[2]))
    var pattern = runs[1]
    pattern.pattern = .blocked(n: 2, m: 4)
    #expect(!runs[0].isRepeat(of: pattern))
    let tabled = try TemporaryData([
      "x/t.csv": """
      run,dense_params,sparsity,tokens,val_loss,lr,seed,train_loss
      a,100,0,10,2,0.1,0,1.5
      b,100,0,10,2.1,0.1,1,1.6
      c,100,0,10,2.2,0.2,2,1.7
      """
    ]).sweep().runs
    #expect(tabled[0].isRepeat(of: tabled[1]) && !tabled[0].isRepeat(of: tabled[2]))
  }

  @Test("Checkpoints of few runs are not fitted as runs")
  func checkpointsAsRuns() throws {
    var rows: [String] = []
    for size in [1000, 2000] {
      for step in 1...20 {
        rows.append("\(size),0,\(step),\(step * 100),\(5.0 - Double(step) / 10)")
      }
    }
    let text = (["dense_params,sparsity,step,tokens,val_loss"] + rows).joined(separator: "\n")
    let errors = try TemporaryData(["x/t.csv": text]).errors()
    #expect(errors[0].message.hasPrefix("40 rows of 2 settings look like checkpoints of few runs"))
    let sweep = try TemporaryData([
      "x/t.csv": text, "x/sweep.yml": "runs: {path: t.csv, run: dense_params, step: step}",
    ]).sweep()
    #expect(sweep.runs.map(\.name) == ["1000", "2000"])
    #expect(sweep.runs.map(\.data) == [2000, 2000])
    #expect(sweep.runs.map(\.loss) == [3, 3])
    #expect(sweep.runs[0].history.count == 20)
  }

  @Test("Bounds: a size at 0.9 of the largest is fitted, a run at a bound stays")
  func bounds() throws {
    let text = table("a,100,0,10,4", "b,90,0,20,3", "c,95,0,20,2.9", "d,50,0,30,3.5")
    let sweep = try TemporaryData([
      "x/t.csv": text,
      "x/sweep.yml": """
      exclude:
        - {data: {below: 10, above: 30}, why: a}
        - {nonzero_params: {below: 50}, why: b}
        - {loss: {above: 4}, why: c}
      """,
    ]).sweep()
    #expect(sweep.runs.map(\.role) == [.heldOut, .fitted, .heldOut, .fitted])
    let byData = try TemporaryData(["x/t.csv": text, "x/sweep.yml": "holdout: {data_at_least: 30}"])
      .sweep()
    #expect(byData.runs.map(\.role) == [.fitted, .fitted, .fitted, .heldOut])
    // 6 x 90 x 20 = 10,800; and either bound is enough.
    let either = try TemporaryData([
      "x/t.csv": text, "x/sweep.yml": "holdout: {compute_at_least: 10800, data_at_least: 30}",
    ]).sweep()
    #expect(either.runs.map(\.role) == [.fitted, .heldOut, .heldOut, .heldOut])
  }

  @Test("Runs that differ in their pattern alone are two runs")
  func patternAlone() throws {
    let sweep = try TemporaryData([
      "x/t.csv": """
      run,dense_params,sparsity,pattern,tokens,val_loss
      a,100,0.5,unstructured,10,2
      a,100,0.5,2:4,10,2
      """
    ]).load()
    // One name with other values: neither is taken for the other.
    guard case .failure(let errors) = sweep else {
      Issue.record("read")
      return
    }
    #expect(errors.errors[0].message == "none of the 2 runs that were read is valid")
  }

  @Test("The mean over an odd number of rows")
  func oddMean() throws {
    let (run, _) = try run(
      "{\"tokens\":1,\"eval_loss\":9}\n{\"tokens\":2,\"eval_loss\":4}\n"
        + "{\"tokens\":3,\"eval_loss\":1}\n{\"tokens\":4,\"eval_loss\":2}",
      settings: "loss: {take: {mean: 3}}")
    #expect(abs(run.loss - 7.0 / 3) < 1e-15)
    #expect(run.data == 4)
  }

  @Test("Rows of one step whose times are out of order, and one loss twice at one step")
  func sameStepTwice() throws {
    let (run, sweep) = try run(
      """
      {"step":1,"tokens":10,"eval_loss":3}
      {"step":2,"eval_loss":2.5,"tokens":20}
      {"step":2,"eval_loss":2.4,"tokens":20}
      """, settings: "loss: {take: {mean: 2}}")
    #expect(abs(run.loss - 2.45) < 1e-15)
    #expect(run.history.map(\.loss) == [3, 2.4])
    #expect(sweep.findings.isEmpty)
  }
}
