import Foundation
import RunLogs
import Testing

/// What `report init` writes is read back, and the runs are there.
@Suite struct ProposalTests {
  func proposed(_ data: TemporaryData) throws -> SweepProposal {
    let proposal = try SweepProposal(folder: data.root + "/x")
    try data.write("x/sweep.yml", proposal.text)
    return proposal
  }

  @Test(arguments: [
    ("huggingface", "'*'"), ("lightning", "'*'"), ("keras", "'*'"), ("tensorboard", "'*'"),
    ("tensorboard-tensor", "'*'"), ("tensorboardx", "'*'"), ("wandb/folders", "'*'"),
    ("wandb-offline", "'*'"),
    ("wandb/export", "table.csv"), ("wandb/charts", "runs.csv"), ("pandas/csv-gz", "runs.csv.gz"),
    ("pandas/json-columns", "runs.json"), ("mlflow/mlruns", "/*'"),
  ])
  func everyFixtureIsReadAfterwards(folder: String, entry: String) throws {
    let data = try TemporaryData()
    let destination = URL(fileURLWithPath: data.root + "/x")
    try FileManager.default.copyItem(
      at: FormatFixtureTests.fixtures.appendingPathComponent(folder), to: destination)
    let proposal = try proposed(data)
    #expect(proposal.text.contains("\(entry)\n"), "\(proposal.text)")
    // The product is proposed, and only its author can say that it is right.
    let answer = "# data: {product:"
    try data.write("x/sweep.yml", proposal.text.replacing(answer, with: answer.dropFirst(2)))
    let sweep = try data.sweep()
    #expect(sweep.runs.count == 3)
    #expect(
      proposal.questions
        == (folder == "lightning"
          ? ["is D the product step x batch_size x seq_len?"]
          : folder == "wandb/charts"
            ? ["is D the product Step x batch_size x seq_len?"] : []))
  }

  @Test func ambiguityIsAskedAndNotGuessed() throws {
    let data = try TemporaryData([
      "x/t.csv": "params,sparsity,tokens,tokens_seen,eval_loss,val_loss\n100,.5,7,8,2,3\n"
    ])
    let proposal = try proposed(data)
    #expect(
      proposal.questions == [
        "which column is the validation loss?", "which column counts the data seen?",
        "does \"params\" count zeroed weights, too?",
      ])
    #expect(proposal.text.contains("# loss: {column: val_loss, take: last}\n"))
    let errors = try lines(data.errors())
    #expect(errors.count == 2 && errors[0].contains("several columns that may be loss"))
  }

  /// FLOPs are no data: the file says so, and so does the error without a file.
  @Test func flopsAreNamedAndNotRead() throws {
    let log = #"{"total_flos": 1e15, "eval_loss": 2, "dense_params": 100, "sparsity": 0}"#
    let data = try TemporaryData(["x/a/metrics.jsonl": log])
    #expect(
      try lines(data.errors()).joined().contains(
        "; total_flos counts FLOPs, from which the data do not follow for runs that are pruned; "
          + "log the tokens or steps, and name them as in `data: {column: ...}`"))
    let proposal = try proposed(data)
    #expect(proposal.text.contains("# total_flos counts FLOPs and is not read: "))
    #expect(proposal.questions == ["which column counts the data seen?"])
  }

  @Test func namesThatAreOddInYAMLComeThrough() throws {
    let log = #"{"tokens": 5, "loss": 2, "dense_params": 100, "sparsity": 0}"#
    let data = try TemporaryData([
      "x/a: b #c/metrics.jsonl": log, "x/it's [1]*/metrics.jsonl": log,
      "x/deep/é\n\"q\"/metrics.jsonl": log, "x/notes/empty.txt": "",
    ])
    let proposal = try proposed(data)
    let sweep = try data.sweep()
    #expect(sweep.runs.count == 3, "\(proposal.text)")
    #expect(sweep.exclusions.isEmpty)
  }

  @Test func nothingRecognisedIsAnError() throws {
    let data = try TemporaryData(["x/notes.txt": "", "x/t.npz": "a,b\n1,2\n"])
    let error = try #require(throws: Fault.self) {
      try SweepProposal(folder: data.root + "/x")
    }
    #expect(error.message.contains("no log is recognised"))
    #expect(error.message.contains("\"t.npz\": it is NumPy arrays: export its columns"))
    #expect(error.message.contains("\"notes.txt\": none of its lines has a number"))
  }

  @Test(arguments: ["a", "true", "a b", "1e3", "it's", "", "-x", "a:b", "é", "a\nb\"\\", "\u{1}"])
  func scalarsReadBack(text: String) throws {
    let settings = "title: \(YAMLText.scalar("x" + text))"
    let key = try Hyperparameters(Array(settings.utf8), isYAML: true)["title"]
    #expect(key?.value == .text("x" + text) || text.isEmpty)
    let bare = try Hyperparameters(Array("k: \(YAMLText.scalar(text))".utf8), isYAML: true)["k"]
    #expect(bare?.value == .text(text))
  }
}
