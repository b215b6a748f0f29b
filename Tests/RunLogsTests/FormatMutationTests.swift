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
  ]

  @Test(arguments: files)
  func readersComeBack(file: String) throws {
    let url = FormatFixtureTests.fixtures.appendingPathComponent(file)
    let original = try Array(Data(contentsOf: url))
    let name = url.lastPathComponent
    let isTable = file.hasPrefix("pandas") || file.hasSuffix("loss.csv")
    let data = try TemporaryData([
      "x/sweep.yml": isTable
        ? "runs: ['*.gz', '*.csv']\nloss: {take: min, within: {from: 0.5}}"
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

  @Test func mlflowMetricsComeBack() throws {
    var random = MutationTests.Generator(state: 5)
    let meta = "lifecycle_stage: active\nrun_name: a\nstatus: 3\n"
    let metric = "1700000000000 2.5 20\n1700000000001 2.25 40\n1700000000002 nan 60\n"
    let data = try TemporaryData([
      "x/sweep.yml": "runs: ['*']\ndense_params: 100\n", "x/r/meta.yaml": meta,
      "x/r/metrics/tokens": "1 20 20\n2 40 40\n", "x/r/metrics/sparsity": "1 0 20\n2 0.5 40\n",
      "x/r/params/lr": "0.1", "x/r/metrics/eval/loss": metric,
    ])
    for _ in 0..<(150 * MutationTests.factor) {
      try data.write("x/r/metrics/eval/loss", random.mutate(Array(metric.utf8)))
      try data.write("x/r/meta.yaml", random.mutate(Array(meta.utf8)))
      MutationTests().check(try data.load())
    }
  }
}
