import Foundation
import RunLogs
import Testing

/// Which files of a folder are a run's log and its constants, and what becomes of several.
@Suite struct LogChoiceTests {
  static let row = #"{"tokens": 5, "loss": 2}"#
  static let config = #"{"dense_params": 100, "sparsity": 0}"#

  func copy(_ fixture: String, to path: String, in data: TemporaryData) throws {
    let bytes = try Data(contentsOf: FormatFixtureTests.fixtures.appendingPathComponent(fixture))
    try data.write(path, Array(bytes))
  }

  @Test func eventsBesideTheirConfigurationAreOneRun() throws {
    let events = "events.out.tfevents.1700000000.host"
    let data = try TemporaryData()
    try copy("tensorboard/small-s0/" + events, to: "x/runs/" + events, in: data)
    try copy("tensorboard/small-s0/config.json", to: "x/runs/config.json", in: data)
    for settings in [nil, "runs: [runs]", "runs: ['*']", "runs: ['runs/*']"] {
      if let settings { try data.write("x/sweep.yml", settings) }
      let sweep = try data.sweep()
      #expect(sweep.runs.map(\.name) == ["runs"], "\(settings ?? "none")")
      #expect(sweep.exclusions.isEmpty && sweep.warnings.isEmpty, "\(settings ?? "none")")
    }
  }

  @Test func aConfigurationInGzipIsRead() throws {
    let data = try TemporaryData(["x/runs/a/metrics.jsonl": Self.row])
    try data.write("x/runs/a/config.json.gz", storedGzip(Array(Self.config.utf8)))
    let sweep = try data.sweep()
    #expect(sweep.runs.map(\.denseParameters) == [100])
    #expect(
      sweep.inputs.map(\.path) == ["x/runs/a/config.json.gz", "x/runs/a/metrics.jsonl"])
    try data.write("x/runs/a/config.json", Self.config)
    #expect(
      try data.errors()[0].description.contains(
        "the run folder holds \"config.json\" and \"config.json.gz\""))
  }

  /// W&B writes a second file where a run is resumed; rows that are there again are told of.
  @Test func twoRunFilesOfOneRunAreOneLog() throws {
    let fixture =
      "wandb-offline/offline-run-20260101_000000-small-s50/run-small-s50.wandb"
    let data = try TemporaryData()
    try copy(fixture, to: "x/runs/a/run-1.wandb", in: data)
    let once = try data.sweep()
    try copy(fixture, to: "x/runs/a/run-2.wandb", in: data)
    let twice = try data.sweep()
    #expect(twice.runs.map(\.loss) == once.runs.map(\.loss) && twice.runs.count == 1)
    #expect(twice.runs[0].history.map(\.data) == once.runs[0].history.map(\.data))
    #expect(twice.findings.map(\.kind) == [.restarted])
    #expect(twice.runs[0].location.file == "Data/x/runs/a/run-2.wandb")
  }

  @Test func aFaultOfMLflowHasItsFileAndLine() throws {
    let data = try TemporaryData([
      "x/sweep.yml": "runs: ['m/*']",
      "x/m/r/meta.yaml": "run_name: r\nstatus: 3\nlifecycle_stage: active\n",
      "x/m/r/metrics/tokens": "1 100 1\n2 200 2\n", "x/m/r/params/dense_params": "100",
      "x/m/r/params/sparsity": "0", "x/m/r/metrics/eval/loss": "1 3.5 1\n2 three 2\n",
      "x/m/s/meta.yaml": "run_name: s\nstatus: 3\n", "x/m/s/metrics/tokens": "1 100 1\n",
      "x/m/s/metrics/eval/loss": "1 3.5 1\n", "x/m/s/params/dense_params": "100",
      "x/m/s/params/sparsity": "0",
    ])
    let sweep = try data.sweep()
    #expect(sweep.runs.map(\.name) == ["s"])
    #expect(sweep.runs[0].location.description == "Data/x/m/s/metrics/eval/loss:1")
    #expect(sweep.exclusions.count == 1)
    #expect(
      sweep.exclusions[0].why.hasPrefix(
        "Data/x/m/r/metrics/eval/loss:2: is not a metric: `time value step`; the run is excluded"))
  }

  /// The value that was written last counts, wherever it stands; of equal times the last line.
  @Test func ofSeveralValuesOfAStepTheLatestCounts() throws {
    func sweep(_ losses: String) throws -> Sweep {
      try TemporaryData([
        "x/m/r/meta.yaml": "run_name: r\nstatus: 3\n", "x/m/r/metrics/tokens": "1 100 1\n4 200 2\n",
        "x/m/r/metrics/eval/loss": losses, "x/m/r/params/dense_params": "100",
        "x/m/r/params/sparsity": "0", "x/sweep.yml": "runs: ['m/*']",
      ]).sweep()
    }
    #expect(try sweep("1 3.5 1\n9 2.5 2\n5 2.75 2\n").runs.map(\.loss) == [2.5])
    #expect(try sweep("1 3.5 1\n5 2.5 2\n5 2.75 2\n").runs.map(\.loss) == [2.75])
    #expect(try sweep("9 2.5 2\n5 2.75 2\n1 3.5 1\n").findings.map(\.kind) == [.damaged])
  }

  /// A tag that a writer gives twice for one step makes two rows, of which the later one counts.
  @Test func ofATagGivenTwiceAtOneStepTheLaterCounts() throws {
    func event(_ step: UInt8, _ tag: String, _ value: Float) -> [UInt8] {
      let bits = (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> ($0 * 8)) }
      let scalar = [0x0A, UInt8(tag.utf8.count)] + Array(tag.utf8) + [0x15] + bits
      let summary = [0x0A, UInt8(scalar.count)] + scalar
      return EventRecords.framed([0x10, step, 0x2A, UInt8(summary.count)] + summary)
    }
    let bytes =
      event(1, "tokens", 100) + event(1, "val_loss", 3) + event(2, "tokens", 200)
      + event(2, "val_loss", 2.5) + event(2, "val_loss", 2.25)
    var rows: [[Value]] = []
    try TensorBoardFormat.read(ByteStream(bytes)) { record in
      if case .row(let row) = record { rows.append(row.values) }
    }
    #expect(
      rows == [
        [.number(1), .number(100), .number(3)], [.number(2), .number(200), .number(2.5)],
        [.number(2), .number(2.25)],
      ])
    let data = try TemporaryData(["x/runs/a/config.json": Self.config])
    try data.write("x/runs/a/events.out.tfevents.1", bytes)
    #expect(try data.sweep().runs.map(\.loss) == [2.25])
  }

  @Test func aTableWhoseLastLineMayBeCutIsReadAndSaidToBe() throws {
    let whole = "tokens,val_loss\n10,3\n20,2.5"
    for (ending, count) in [("", 1), ("\n", 0)] {
      let data = try TemporaryData([
        "x/runs/a/metrics.csv": whole + ending, "x/runs/a/config.json": Self.config,
      ])
      let sweep = try data.sweep()
      #expect(sweep.runs.map(\.loss) == [2.5])
      #expect(sweep.findings.map(\.kind) == Array(repeating: .damaged, count: count))
      #expect(sweep.findings.allSatisfy { $0.message.contains("no newline at its end") })
      let table = try TemporaryData([
        "x/t.csv": "dense_params,sparsity," + "tokens,val_loss\n1,0,10,3" + ending
      ])
      #expect(try table.sweep().warnings.count == count)
    }
  }

  /// -1, 0 and null steps are not a plan, and hide none.
  @Test(arguments: ["-1", "0", "null"])
  func aPlanThatIsNotGivenHidesNone(none: String) throws {
    let state = """
      {"global_step": 500, "max_steps": 1000, "log_history": [
        {"step": 250, "tokens": 10, "eval_loss": 3}, {"step": 500, "tokens": 20, "eval_loss": 2}]}
      """
    let config = #"{"dense_params": 100, "sparsity": 0, "max_steps": "# + none + "}"
    let data = try TemporaryData([
      "x/runs/a/trainer_state.json": state, "x/runs/a/config.json": config,
    ])
    let sweep = try data.sweep()
    #expect(sweep.findings.map(\.kind) == [.unfinished])
    #expect(sweep.findings.allSatisfy { $0.message == "the log ends at step 500 of 1,000" })
  }
}
