import RunLogs
import Testing

/// The shapes of public tables, with numbers of our own, and the lines of sweep.yml each needs.
@Suite struct StrangersTablesTests {
  private func sweep(_ settings: String, _ files: [String: String]) throws -> Sweep {
    var all: [String: String] = [:]
    for (path, text) in files { all["x/" + path] = text }
    if !settings.isEmpty { all["x/sweep.yml"] = settings }
    return try TemporaryData(all).sweep()
  }

  @Test(
    "A long table of checkpoints, runs told by two columns, also named as the log of one run is",
    arguments: ["long.csv", "metrics.csv"])
  func longTable(file: String) throws {
    let text = """
      model,seed,step,params,tokens,eval_loss
      small,0,200,1000,2000,3.0
      small,0,100,1000,1000,3.5
      small,1,100,1000,1000,3.6
      small,1,200,1000,2000,3.1
      large,0,100,4000,1000,3.2
      large,0,200,4000,2000,2.7
      """
    let settings = """
      runs: {path: \(file), run: [model, seed], step: step}
      sparsity: 0
      dense_params: {column: params}
      """
    let sweep = try sweep(settings, [file: text])
    #expect(sweep.runs.map(\.name) == ["small-0", "small-1", "large-0"])
    #expect(sweep.runs.map(\.loss) == [3.0, 3.1, 2.7])
    #expect(sweep.runs[0].history.map(\.loss) == [3.5, 3.0])
    let all = try self.sweep(
      settings.replacing("step: step", with: "step: step, checkpoints: all"), [file: text])
    #expect(all.runs.count == 6)
    #expect(all.runs.map(\.trajectory).prefix(2) == ["small-0", "small-0"])
    #expect(all.warnings.contains { $0.hasPrefix("6 checkpoints of 3 runs are fitted as runs") })
    #expect(all.runs.map(\.name).prefix(2) == ["small-0@100", "small-0@200"])
    #expect(all.runs.map(\.data).prefix(2) == [1000, 2000])
    // The last checkpoint alone has the course of its run.
    #expect(all.runs.map(\.history.count).prefix(2) == [1, 2])
    let at = try self.sweep(
      settings.replacing("step: step", with: "step: step, checkpoints: {at: [100]}"),
      [file: text])
    #expect(at.runs.map(\.loss) == [3.5, 3.6, 3.2])
    // The axis is that of the whole log, though the run counts as far as its checkpoint.
    #expect(at.runs[0].history.map(\.data) == [1000, 2000])
    let least = try self.sweep(
      settings + "\nloss: {take: min}", [file: text.replacing("2000,3.1", with: "2000,3.9")])
    #expect(least.runs.map(\.loss) == [3.0, 3.6, 2.7])
  }

  @Test("An isoFLOP table of FLOPs and parameters alone")
  func isoFLOP() throws {
    let sweep = try sweep(
      """
      data: {value: "'Training FLOPs' / (6 * N)", unit: tokens}
      sparsity: 0
      """,
      ["t.csv": "Training FLOPs,N,loss\n6e18,1e8,3.4\n6e18,2e8,3.3\n6e19,2e8,2.9\n"])
    #expect(sweep.runs.map(\.data) == [1e10, 5e9, 5e10])
  }

  @Test("Percent in the name of a column, sizes in millions in the name of another")
  func unitsInNames() throws {
    let sweep = try sweep(
      "",
      ["t.csv": "run,Params (M),Sparsity (%),tokens,val_loss\na,125,50,1e9,3\nb,125,0,1e9,2.8\n"])
    #expect(sweep.runs.map(\.denseParameters) == [125e6, 125e6])
    #expect(sweep.runs.map(\.sparsity) == [0.5, 0])
  }

  @Test("SI suffixes in size and data")
  func suffixes() throws {
    let sweep = try sweep(
      "sparsity: 0", ["t.csv": "run,Model Size,tokens,test_loss\na,125M,2.5B,3\nb,1.3B,26B,2.5\n"])
    #expect(sweep.runs.map(\.denseParameters) == [125e6, 1.3e9])
    #expect(sweep.runs.map(\.data) == [2.5e9, 26e9])
  }

  @Test("One file a run, its size and sparsity in its name")
  func fileNames() throws {
    let sweep = try sweep(
      """
      runs: {path: 'logs/*.csv', run: filename, pattern: 'n{nonzero_params}-s{sparsity}'}
      """,
      [
        "logs/n1000-s0.csv": "step,tokens,val_loss\n1,10,4\n2,20,3\n",
        "logs/n500-s0.5.csv": "step,tokens,val_loss\n1,10,4.5\n2,20,3.5\n",
      ])
    #expect(sweep.runs.map(\.name) == ["n1000-s0", "n500-s0.5"])
    #expect(sweep.runs.map(\.denseParameters) == [1000, 1000])
    #expect(sweep.runs.map(\.loss) == [3, 3.5])
    let wrong = try TemporaryData([
      "x/sweep.yml": "runs: {path: '*.csv', run: filename, pattern: 'n{nonzero_params}'}",
      "x/other.csv": "tokens,val_loss\n1,2\n",
    ]).errors()
    #expect(wrong[0].message.contains("does not fit the pattern of `runs`"))
  }

  @Test("Only some rows of a table")
  func filters() throws {
    let text = """
      run,family,lr,dense_params,sparsity,tokens,val_loss
      a,gpt,0.1,100,0,10,3
      b,gpt,0.2,100,0,10,3.1
      c,bert,0.1,100,0,10,3.2
      d,gpt,0.10,100,0.5,10,3.3
      """
    let sweep = try sweep("where: {family: gpt, lr: 0.1}", ["t.csv": text])
    #expect(sweep.runs.map(\.name) == ["a", "d"])
    let bounds = try self.sweep("where: {lr: {below: 0.2}, family: [gpt, bert]}", ["t.csv": text])
    #expect(bounds.runs.map(\.name) == ["a", "c", "d"])
    let errors = try TemporaryData(["x/t.csv": text, "x/sweep.yml": "where: {famly: gpt}"]).errors()
    #expect(errors[0].fix == "did you mean \"family\"?")
  }

  @Test("Nested names of validation losses")
  func validationLosses() throws {
    let sweep = try sweep(
      "sparsity: 0", ["t.csv": "run,num_params,tokens,eval/c4/en_loss,train/loss\na,100,10,3,2\n"])
    #expect(sweep.runs[0].loss == 3)
    let ce = try self.sweep("sparsity: 0", ["t.csv": "run,n_params,tokens,val/ce\na,100,10,3\n"])
    #expect(ce.runs[0].loss == 3)
  }

  @Test("Active parameters of experts are the non-zero ones")
  func experts() throws {
    let sweep = try sweep(
      "", ["t.csv": "run,params_active,dense_params,tokens,val_loss\na,25,100,10,3\n"])
    #expect(sweep.runs[0].sparsity == 0.75)
  }

  @Test("Percent sparsity by its factor, and a loss with an offset by an expression")
  func expressions() throws {
    let sweep = try sweep(
      """
      sparsity: {value: prune_pct / 100}
      loss: {value: excess + 1.69, unit: nats/token}
      """, ["t.csv": "run,params,prune_pct,tokens,excess\na,100,50,10,-0.2\n"])
    #expect(sweep.runs[0].sparsity == 0.5)
    #expect(abs(sweep.runs[0].loss - 1.49) < 1e-12)
  }

  @Test("D, N and C by their letters")
  func letters() throws {
    let sweep = try sweep("sparsity: 0", ["t.csv": "N,D,C,loss\n100,10,6000,3\n"])
    #expect(sweep.runs[0].denseParameters == 100 && sweep.runs[0].data == 10)
  }

  @Test("A table whose rows are runs without names")
  func unnamed() throws {
    let sweep = try sweep(
      "runs: {path: t.jsonl, run: none}",
      [
        "t.jsonl": #"{"name":"m","dense_params":9,"sparsity":0,"tokens":5,"eval_loss":2}"# + "\n\n"
          + #"{"name":"m","dense_params":9,"sparsity":0,"tokens":6,"eval_loss":1.9}"#
      ])
    #expect(sweep.runs.map(\.name) == ["t.jsonl:1", "t.jsonl:3"])
  }

  @Test("Losses written with their uncertainty")
  func uncertainty() throws {
    let sweep = try sweep(
      "",
      [
        "t.csv": table(
          "a,100,0,10,3.81 ± 0.01", "b,100,0,20,tensor(3.5)",
          "c,\"16,000,000\",0,1.000.000,3.5 +/- 0.1")
      ])
    #expect(sweep.runs.map(\.loss) == [3.81, 3.5, 3.5])
    #expect(sweep.runs[2].denseParameters == 16e6 && sweep.runs[2].data == 1e6)
  }

  @Test("Semicolons with decimal commas, points between thousands, and a line that tells the mark")
  func decimalCommas() throws {
    let text = """
      sep=;
      run;dense_params;sparsity;tokens;val_loss
      a;1.000.000;0,5;100.000.000;3,81
      b;1000000;0;2,5e8;3,5
      """
    let sweep = try sweep("", ["t.csv": text])
    #expect(sweep.runs.map(\.denseParameters) == [1e6, 1e6])
    #expect(sweep.runs.map(\.sparsity) == [0.5, 0])
    #expect(sweep.runs.map(\.data) == [1e8, 2.5e8])
    #expect(sweep.runs.map(\.loss) == [3.81, 3.5])
    #expect(sweep.warnings.contains { $0.contains("commas are read as decimal marks in 2 rows") })
    // Decimal points between semicolons stay what they are.
    let points = try self.sweep(
      "",
      [
        "t.csv": text.replacing("0,5", with: "0.875").replacing("3,81", with: "3.125")
          .replacing("1.000.000;", with: "1000000;")
      ])
    #expect(points.runs.map(\.loss) == [3.125, 3.5])
    #expect(points.runs[0].sparsity == 0.875)
  }

  @Test("The decimal mark is that of the file, whatever a single row holds")
  func decimalMarkOfFile() throws {
    // The first row and the last have no comma of their own.
    let commas = try sweep(
      "",
      [
        "t.csv": """
        run;dense_params;sparsity;tokens;val_loss
        a;850.000;0;100.000;4
        b;1.000.000;0,5;100.000.000;3,81
        c;65.536;0;262.144;4
        """
      ])
    #expect(commas.runs.map(\.denseParameters) == [850_000, 1e6, 65_536])
    #expect(commas.runs.map(\.data) == [1e5, 1e8, 262_144])
    // A decimal point tells that commas part thousands, which no reading may make small.
    let points = try TemporaryData([
      "x/t.csv": """
      run;dense_params;sparsity;tokens;val_loss
      a;124,000;0.5;100,000;3.81
      b;1,000,000;0;100,000,000;3.5
      c;2000000;0;100000000;3.25
      """
    ]).sweep()
    #expect(points.runs.map(\.name) == ["b", "c"])
    #expect(points.runs.map(\.denseParameters) == [1e6, 2e6])
    #expect(points.exclusions.map(\.run) == ["a"])
    // Nothing tells but the semicolons.
    let open = try sweep(
      "",
      [
        "t.csv": """
        run;dense_params;sparsity;tokens;val_loss
        a;1000000;0;100000000;3,810
        b;1000000;0;200000000;3,412
        """
      ])
    #expect(open.runs.map(\.loss) == [3.81, 3.412])
  }

  @Test("No advice that would make another number of a decimal comma")
  func commasInOtherTables() throws {
    let errors = try TemporaryData(["x/t.csv": table("a,100,0,10,\"3,81\"")]).errors()
    #expect(errors[0].description.contains("if the comma is a decimal mark write a point"))
    let three = try TemporaryData(["x/t.csv": table("a,100,0,10,\"3,810\"")]).errors()
    #expect(three[0].description.contains("write a point if the comma is a decimal mark"))
  }

  @Test("init proposes no product without a batch size")
  func noProductWithoutBatch() throws {
    let data = try TemporaryData([
      "x/r/metrics.jsonl": #"{"step": 5, "eval_loss": 2}"#,
      "x/r/config.json": #"{"seq_len": 64, "dense_params": 100, "sparsity": 0}"#,
    ])
    let text = try SweepProposal(folder: data.root + "/x").text
    #expect(!text.contains("product:"))
    #expect(text.contains("how much data is one step?"))
  }
}
