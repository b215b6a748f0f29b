import Foundation
import RunLogs
import Testing

/// Mutations of what the real libraries wrote: every reader comes back.
@Suite struct FormatMutationTests {
  static let files = [
    "huggingface/small-s50/checkpoint-200/trainer_state.json",
    "lightning/small-s50/lightning_logs/version_0/metrics.csv",
    "lightning/small-s50/lightning_logs/version_0/hparams.yaml",
    "keras/small-s50/training.log",
    "tensorboard/small-s50/events.out.tfevents.1700000001.host",
    "tensorboard-tensor/small-s50/events.out.tfevents.1700000000.host",
    "wandb/folders/run-20260101_000000-small-s50/files/wandb-summary.json",
    "wandb/folders/run-20260101_000000-small-s50/files/config.yaml",
    "wandb-offline/offline-run-20260101_000000-small-s50/run-small-s50.wandb",
    "wandb/charts/loss.csv", "pandas/jsonl-gz/runs.jsonl.gz", "pandas/csv-gz/runs.csv.gz",
    "pandas/json-columns/runs.json",
  ]

  /// Files of formats that are no single file, or are read as sweep.yml says; the last is mutated.
  static let folders: [(format: String, settings: String, files: [(path: String, text: String)])] =
    [
      (
        "MLflow file store", "runs: ['*']\ndense_params: 100",
        [
          ("r/meta.yaml", "lifecycle_stage: active\nrun_name: a\nstatus: 3\n"),
          ("r/metrics/tokens", "1 20 20\n2 40 40\n"), ("r/metrics/sparsity", "1 0 20\n2 0.5 40\n"),
          ("r/params/lr", "0.1"),
          (
            "r/metrics/eval/loss",
            "1700000000000 2.5 20\n1700000000001 nan 30\n1700000000002 2.25 40\n"
          ),
        ]
      ),
      (
        "DVCLive", "runs: ['*']",
        [
          ("r/dvclive/metrics.json", #"{"eval": {"loss": 2.5}, "step": 20}"#),
          ("r/dvclive/plots/metrics/tokens.tsv", "step\ttokens\n10\t640\n20\t1280\n"),
          ("r/dvclive/params.yaml", "dense_params: 100\nsparsity: 0\n"),
          ("r/dvclive/plots/metrics/eval/loss.tsv", "step\tloss\n10\t3\n20\t2.5\n"),
        ]
      ),
      (
        "JSON outcome", "runs: ['*']",
        [
          ("r/config.yaml", "model: {params: 100}\nsparsity: 0\n"),
          ("r/results.json", #"{"val": {"loss": 2}, "tokens": 10}"#),
        ]
      ),
      ("JSON", JSONRowsTests.settings, [("runs/small.json", JSONRowsTests.small)]),
      (
        "text",
        "runs: {path: a.log, lines: 'step:{step}/{max_steps} val_loss:{val_loss}'}\n"
          + "data: {column: step, times: 9}\ndense_params: 9\nsparsity: 0",
        [("a.log", TextLogTests.log)]
      ),
      (
        "TensorBoard download", "data: {column: Step, times: 64}",
        [
          ("runs.csv", "Name,dense_params,sparsity\na,100,0\n"),
          ("run-a-tag-eval_loss.csv", "Wall time,Step,Value\n1.5,10,3\n2.5,20,2.5\n"),
        ]
      ),
      (
        "Weights & Biases chart export", "data: {column: Step, times: 64}",
        [
          ("runs.csv", "Name,dense_params,sparsity\na,100,0\nb,100,0\n"),
          ("loss.csv", "Step,a - eval/loss,b - eval/loss\n10,3,2\n20,2.5,\n"),
        ]
      ),
    ]

  /// A format that is added and not mutated fails here.
  @Test func everyFormatIsMutated() {
    let files = Self.files.compactMap { path in
      LogFormats.recognise(fileNamed: path.lastComponent)?.format.name
    }
    let known = Set(files + Self.folders.map(\.format))
    for format in LogFormats.all { #expect(known.contains(format.name), "\(format.name)") }
  }

  @Test(arguments: folders.indices)
  func foldersComeBack(index: Int) throws {
    let (_, settings, files) = Self.folders[index]
    let data = try TemporaryData(["x/sweep.yml": settings])
    for (path, text) in files { try data.write("x/" + path, text) }
    // As they are they are read: else a mutation would show nothing.
    #expect(try !data.sweep().runs.isEmpty)
    var random = MutationTests.Generator(state: UInt64(index + 5))
    for round in 0..<(150 * MutationTests.factor) {
      let (path, text) = files[round % 4 == 0 ? round / 4 % files.count : files.count - 1]
      try data.write("x/" + path, random.mutate(Array(text.utf8)))
      MutationTests().check(try data.load())
      try data.write("x/" + path, text)
    }
  }

  /// What init proposes of such files is a text, whatever they hold.
  @Test(arguments: folders.indices)
  func proposalsComeBack(index: Int) throws {
    let files = Self.folders[index].files
    let data = try TemporaryData()
    for (path, text) in files { try data.write("x/" + path, text) }
    var random = MutationTests.Generator(state: UInt64(index + 50))
    for _ in 0..<(40 * MutationTests.factor) {
      let (path, text) = files[files.count - 1]
      try data.write("x/" + path, random.mutate(Array(text.utf8)))
      do {
        let proposal = try SweepProposal(folder: data.root + "/x")
        let document = try YAMLDocument(Array(proposal.text.utf8))
        #expect(document.root != nil)
      } catch let error as Fault {
        #expect(!error.message.isEmpty)
      }
    }
  }

  @Test(arguments: files)
  func readersComeBack(file: String) throws {
    let url = FormatFixtureTests.fixtures.appendingPathComponent(file)
    let original = try Array(Data(contentsOf: url))
    let name = url.lastPathComponent
    let isTable = file.hasPrefix("pandas") || file.hasSuffix("loss.csv")
    let data = try TemporaryData([
      "x/sweep.yml": isTable
        ? "runs: ['*.gz', '*.csv', '*.json']\nloss: {take: min, within: {from: 0.5}}"
        : "runs: ['*']\nloss: {take: {mean: 3}}\ndense_params: 50000\n"
    ])
    if file.hasPrefix("wandb/charts") {
      try data.write(
        "x/runs.csv", "Name,dense_params,sparsity,tokens\nsmall-s50,10,0,9\nlarge-s75,10,0.5,9\n")
    }
    let sidecars: Set = ["hparams.yaml", "config.yaml"]
    if sidecars.contains(name) {
      try data.write("x/r/metrics.csv", "tokens,val_loss,sparsity\n10,2,0\n20,1.5,0.5\n")
    }
    var random = MutationTests.Generator(state: UInt64(file.utf8.count))
    for _ in 0..<(150 * MutationTests.factor) {
      try data.write(isTable ? "x/" + name : "x/r/" + name, random.mutate(original))
      MutationTests().check(try data.load())
    }
  }

  /// Event files whose checksums are right though their content is not: mutations alone seldom get
  /// past the checksums.
  @Test func eventsWithRightChecksumsComeBack() throws {
    let url = FormatFixtureTests.fixtures.appendingPathComponent(Self.files[5])
    let original = try Array(Data(contentsOf: url))
    var random = MutationTests.Generator(state: 11)
    for _ in 0..<(400 * MutationTests.factor) {
      var bytes: [UInt8] = []
      for record in EventRecords.cut(original) {
        bytes += EventRecords.framed(random.next(below: 3) == 0 ? random.mutate(record) : record)
      }
      var rows = 0
      try TensorBoardFormat.read(ByteStream(bytes)) { record in
        guard case .row(let row) = record else { return }
        rows += 1
        #expect(row.values.count == row.columns.names.count)
      }
      #expect(rows <= 100)
    }
  }
}
