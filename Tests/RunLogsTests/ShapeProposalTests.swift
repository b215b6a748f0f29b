import RunLogs
import Testing

/// What `report init` makes of folders that follow no convention: a file each time, and what is not
/// sure as a question.
@Suite struct ShapeProposalTests {
  private func proposal(_ files: [String: String]) throws -> (SweepProposal, TemporaryData) {
    var all: [String: String] = [:]
    for (path, text) in files { all["x/" + path] = text }
    let data = try TemporaryData(all)
    return (try SweepProposal(folder: data.root + "/x"), data)
  }

  /// The lines that are no comments, without what every file has.
  private func settings(_ proposal: SweepProposal) -> [String] {
    proposal.text.split(separator: "\n").map(String.init).filter { line in
      !["#", "title:", "fit:", "holdout:", "refit:", "compute:"].contains { line.hasPrefix($0) }
    }
  }

  @Test func aTableWithoutAKnownLoss() throws {
    let (proposal, _) = try proposal([
      "t.csv": "N,D,final_ppl,C4 nll,acc\n100,10,20,3,0.5\n200,20,18,2.9,0.6\n"
    ])
    #expect(proposal.questions.first == "which column is the validation loss?")
    #expect(
      proposal.text.contains("# loss: {value: 'log(''final_ppl'')', unit: nats/token}\n"),
      "\(proposal.text)")
    #expect(proposal.text.contains("# loss: {column: 'C4 nll', take: last}\n"))
    #expect(!proposal.text.contains("column: acc"))
  }

  @Test func aTableWithoutAnyWordOfLoss() throws {
    let (proposal, _) = try proposal(["t.csv": "a,b\n1,2\n"])
    #expect(proposal.text.contains("# loss: {column: ...}\n# The columns are a, b.\n"))
    #expect(settings(proposal).prefix(2) == ["runs:", "  - t.csv"])
  }

  @Test func aLongTableWithNamesOfRuns() throws {
    let (proposal, data) = try proposal([
      "t.csv": "run,step,dense_params,sparsity,tokens,val_loss\n"
        + "a,1,100,0,10,4\na,2,100,0,20,3\nb,1,200,0,10,4\nb,2,200,0,20,2.5\n"
    ])
    #expect(settings(proposal).contains("  - {path: t.csv, run: [run], step: step}"))
    try data.write("x/sweep.yml", proposal.text)
    #expect(try data.sweep().runs.map(\.loss) == [3, 2.5])
  }

  @Test func aLongTableWithoutNamesIsAsked() throws {
    let rows = ["small", "large"].flatMap { size in
      [1, 2].flatMap { seed in (1...4).map { "\(size),\(seed),\($0),\($0)0,\(5 - $0)" } }
    }
    let (proposal, _) = try proposal([
      "t.csv": "size,seed,step,tokens,val_loss\n" + rows.joined(separator: "\n") + "\n"
    ])
    #expect(
      proposal.text.contains("#  - {path: t.csv, run: [size, seed], step: step}\n"),
      "\(proposal.text)")
    #expect(proposal.text.contains("#  - {path: t.csv, run: none}\n"))
    #expect(proposal.questions[0].hasPrefix("which columns tell the runs apart"))
  }

  @Test func aFileARun() throws {
    let log = "step,tokens,val_loss\n1,10,4\n2,20,3\n"
    let (proposal, data) = try proposal([
      "logs/n1000-s0.csv": log, "logs/n500-s0.5.csv": log, "logs/n250-s0.75.csv": log,
    ])
    #expect(
      settings(proposal).contains("  - {path: logs/*.csv, run: filename, pattern: 'n{n}-s{s}'}")
        || settings(proposal).contains(
          "  - {path: 'logs/*.csv', run: filename, pattern: 'n{n}-s{s}'}"),
      "\(proposal.text)")
    #expect(
      proposal.questions == [
        "does \"n\" count zeroed weights, too?",
        "are all runs dense, or which column is the sparsity?",
      ])
    try data.write(
      "x/sweep.yml",
      proposal.text + "nonzero_params: {column: n}\nsparsity: {column: s}\n")
    #expect(try data.sweep().runs.map(\.denseParameters) == [1000, 1000, 1000])
  }

  @Test func aJSONDocumentARun() throws {
    let (proposal, data) = try proposal([
      "runs/small.json": JSONRowsTests.small,
      "runs/large.json": JSONRowsTests.small.replacing("100", with: "400"),
    ])
    #expect(
      settings(proposal).contains("  - {path: 'runs/*.json', rows: history.evaluations}"),
      "\(proposal.text)")
    try data.write("x/sweep.yml", proposal.text)
    #expect(try data.sweep().runs.map(\.loss) == [3.5, 3.5])
  }

  @Test func linesOfText() throws {
    let (proposal, data) = try proposal([
      "logs/a/train.log": TextLogTests.log, "logs/b/train.log": TextLogTests.log,
    ])
    #expect(
      settings(proposal).contains(
        "  - {path: 'logs/*/train.log', lines: 'step:{step}/{max_steps} val_loss:{val_loss}'}"),
      "\(proposal.text)")
    #expect(
      proposal.questions == ["how much data is one step?", "where are parameters and sparsity?"])
    try data.write(
      "x/sweep.yml",
      proposal.text + "data: {column: step, times: 10}\ndense_params: 100\nsparsity: 0\n")
    #expect(try data.sweep().runs.map(\.loss) == [3.5, 3.5])
  }

  @Test(
    arguments: [
      (
        "step:1500/9536 val_loss:3.29 train_time:12ms",
        "step:{step}/{max_steps} val_loss:{val_loss}"
      ),
      (
        "[2024-01-02 10:00:00] iter 500: train loss 3.1, val loss 3.25",
        "iter {iter}: train loss {train_loss}, val loss {val_loss}"
      ),
      ("Epoch 3 | eval_loss=2.5 | lr=1e-4", "Epoch {Epoch} | eval_loss={eval_loss}"),
      ("{'eval_loss': 2.5, 'epoch': 1}", "eval_loss': {eval_loss}, 'epoch': {epoch}"),
      ("[ 12%] it 30 (0.5s) val/loss: 2.5", "it {it} ({}s) val/loss: {val/loss}"),
      ("lr 1e-4 x2 loss -1.5e-2", "loss {loss}"), ("nothing here", nil), ("loss", nil),
      ("2024-01-02 10:00:00 loss", nil),
    ] as [(String, String?)])
  func patternsOfLines(line: String, pattern: String?) throws {
    let found = LogSurvey.linePattern(ByteStream(Array((line + "\n").utf8)))
    #expect(found == pattern)
    guard let found else { return }
    // Whatever it is, it fits the line that it was made of.
    let values = try #require(NamePattern(found)?.find(in: Array(line.utf8)[...]))
    #expect(values.allSatisfy { !$0.value.isEmpty }, "\(found) \(values)")
  }

  @Test(
    arguments: [
      (["n100-s0", "n50-s0.5"], "n{n}-s{s}"), (["190M-5xC", "1.3B-20xC"], "{x1}-{x2}xC"),
      (["a", "b"], nil), (["a1", "b1"], nil), (["run-1", "run-2"], "run-{x1}"),
      (["s1s2", "s3s4"], "s{s}s{s2}"),
    ] as [([String], String?)])
  func patternsOfNames(stems: [String], pattern: String?) {
    #expect(LogSurvey.namePattern(stems) == pattern)
  }

  @Test func nothingUnsureStandsWithoutAMark() throws {
    let (proposal, _) = try proposal([
      "t.csv": "run,params,sparsity,steps,batch_size,eval_loss\na,100,0,5,2,3\nb,100,.5,5,2,3\n"
    ])
    #expect(
      settings(proposal) == [
        "runs:", "  - t.csv", "loss: {column: eval_loss, take: last}",
        "sparsity: {column: sparsity}", "run: {column: run}   # the run's name",
      ], "\(proposal.text)")
    #expect(proposal.text.contains("# data: {product: [steps, batch_size], unit: examples}"))
    #expect(proposal.questions.count == 2)
  }

  @Test func whatIsPassedOverIsNamedWithTheReason() throws {
    let (proposal, _) = try proposal([
      "t.csv": table("a,100,0,10,2"), "notes.csv": "a,b\n1,2\n", "all.parquet": "PAR1",
      "bad.json": "{",
    ])
    #expect(
      proposal.recognised.contains("passed over notes.csv: no column of it looks like a loss: a, b")
    )
    #expect(proposal.recognised.contains { $0.hasPrefix("passed over all.parquet: it is Parquet") })
    #expect(
      proposal.recognised.contains {
        $0.hasPrefix("passed over bad.json: the JSON document is cut off")
      },
      "\(proposal.recognised)")
  }
}
