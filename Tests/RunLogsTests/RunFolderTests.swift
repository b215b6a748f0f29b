import RunLogs
import Testing

@Suite struct RunFolderTests {
  static let good = """
    {"tokens": 10, "val_loss": 3, "sparsity": 0}
    {"tokens": 20, "val_loss": 2, "sparsity": 0.5}
    """

  func sweep(_ files: [String: String]) throws -> Sweep {
    var all = [
      "x/runs/a/config.json": #"{"dense_params": 100}"#, "x/runs/a/metrics.jsonl": Self.good,
    ]
    for (path, text) in files { all["x/runs/" + path] = text }
    return try TemporaryData(all).sweep()
  }

  @Test func lastRowAndConstantsGiveTheRun() throws {
    let run = try #require(try sweep([:]).runs.first)
    #expect(run.name == "a")
    #expect(run.data == 20)
    #expect(run.loss == 2)
    #expect(run.sparsity == 0.5)
    #expect(run.denseParameters == 100)
    #expect(run.nonZeroParameters == 50)
    #expect(run.pattern == .unstructured)
    #expect(run.location.description == "Data/x/runs/a/metrics.jsonl:2")
    #expect(
      run.history == [
        LoggedRow(data: 10, loss: 3, sparsity: 0), LoggedRow(data: 20, loss: 2, sparsity: 0.5),
      ])
  }

  /// A logger's own folder inside a nested run folder hides none of the constants above it.
  @Test func constantsOfEachFolderAboveALogCount() throws {
    let log = #"{"tokens": 20, "val_loss": 2, "sparsity": 0.5}"#
    let sweep = try TemporaryData([
      "x/sweep.yml": "runs: [runs/*]\nparent: {column: origin}",
      "x/runs/b/config.json": #"{"dense_params": 1, "origin": "outer"}"#,
      "x/runs/b/wandb/run-1/config.json": #"{"dense_params": 300}"#,
      "x/runs/b/wandb/run-1/files/wandb-summary.json": log,
    ]).sweep()
    let run = try #require(sweep.runs.first)
    #expect(run.denseParameters == 300)
    #expect(run.parent == "outer")
  }

  @Test func yamlConstantsAndCSVLogsDoAsWell() throws {
    let sweep = try sweep([
      "b/config.yaml": "model: &m\n  dense_params: 200   # prunable\nother: *m\ntags: [a]\n",
      "b/metrics.csv": "tokens,val_loss,sparsity,model.dense_params\n10,2,,\n20,1.5,0.75,\n",
    ])
    // The column is there but empty, so the constant of the same name does not count.
    #expect(sweep.exclusions.map(\.run) == ["b"])
    let named = try TemporaryData([
      "x/sweep.yml": "dense_params: {column: model.dense_params}",
      "x/b/config.yaml": "model:\n  dense_params: 200\n",
      "x/b/metrics.csv": "tokens,val_loss,sparsity\n10,2,\n20,1.5,0.75\n30,,\n",
    ]).sweep()
    let run = try #require(named.runs.first)
    #expect(run.nonZeroParameters == 50)
    // The row of the loss gives the data; that the log goes on is said.
    #expect(run.loss == 1.5)
    #expect(run.data == 20)
    #expect(
      named.findings.map(\.message) == [
        "the last loss is that of data 20, and the log goes on to 30"
      ])
  }

  @Test func aColumnWinsOverAConstant() throws {
    let sweep = try sweep([
      "a/config.json": #"{"dense_params": 100, "tokens": 999, "sparsity": 0.9}"#
    ])
    #expect(sweep.runs[0].data == 20)
    #expect(sweep.runs[0].sparsity == 0.5)
  }

  @Test func aColumnThatComesLateCounts() throws {
    let sweep = try sweep([
      "a/metrics.jsonl": """
      {"step": 1, "loss": 9, "tokens": 10}
      {"step": 1, "val_loss": 3, "sparsity": 0.5, "tokens": 10}
      {"step": 2, "loss": 8, "tokens": 20}
      {"step": 2, "val_loss": 2, "sparsity": 0.75, "tokens": 20}
      {"runtime": 12}
      """
    ])
    let run = try #require(sweep.runs.first)
    #expect(run.loss == 2)
    #expect(run.data == 20)
    // The two rows of a step are one checkpoint.
    #expect(run.history.map(\.loss) == [3, 2])
  }

  static let faults: [(files: [String: String], why: String)] = [
    (
      ["b/metrics.jsonl": good + "\n{\"tokens\": 30, \"val"],
      "b/metrics.jsonl:3:20: the JSON line is cut off"
    ),
    (["b/metrics.jsonl": "{\"tok\n" + good], "b/metrics.jsonl:1:6: the JSON line is cut off"),
    (
      [
        "b/metrics.jsonl": good + "\n{\"tokens\": 30, \"val_loss\": NaN}",
        "b/config.json": #"{"dense_params": 100}"#,
      ],
      "b/metrics.jsonl:3: val_loss is NaN; the run is excluded: if training diverged leave it out"
    ),
    (["b/metrics.jsonl": ""], "b/metrics.jsonl: the log holds no rows"),
    (["b/notes.txt": ""], "b: the run folder holds no log"),
    (
      ["b/metrics.jsonl": good, "b/metrics.csv": "tokens\n"],
      "b: the run folder holds \"metrics.csv\" and \"metrics.jsonl\"; the run is excluded: keep one"
    ),
    (
      ["b/metrics.jsonl": good, "b/config.json": "{", "b/config.yml": ""],
      "b: the run folder holds \"config.json\" and \"config.yml\""
    ),
    (
      ["b/metrics.jsonl": good, "b/config.json": "{\n\"a\": }"],
      "b/config.json:2:6: a value is missing"
    ),
    (
      ["b/metrics.jsonl": good, "b/config.json": "[]"], "b/config.json:1: the configuration is not"
    ),
    (["b/metrics.jsonl": good, "b/config.yaml": "a: [\n"], "b/config.yaml:"),
    (
      ["b/metrics.jsonl": good, "b/config.json": #"{"dense_params": "many"}"#],
      "b/config.json:1: dense_params is \"many\", not a number"
    ),
    (["b/metrics.jsonl": good], "two of dense_params, nonzero_params and sparsity are needed"),
    (["b/metrics.jsonl/x": ""], "b/metrics.jsonl: is a directory where a file is meant"),
    (
      [
        "b/metrics.csv": "tokens,val_loss,val_loss\n1,2,3\n",
        "b/config.json": #"{"dense_params": 1, "sparsity": 0}"#,
      ],
      "b/metrics.csv:1: column \"val_loss\" is there twice"
    ),
  ]

  @Test(arguments: faults.indices)
  func aFaultCostsTheRun(index: Int) throws {
    let (files, why) = Self.faults[index]
    let data = try TemporaryData([
      "x/sweep.yml": "runs: [runs/*]", "x/runs/a/config.json": #"{"dense_params": 100}"#,
      "x/runs/a/metrics.jsonl": Self.good, "x/runs/c/config.json": #"{"dense_params": 300}"#,
      "x/runs/c/metrics.jsonl": Self.good,
    ])
    for (path, text) in files { try data.write("x/runs/" + path, text) }
    let sweep = try data.sweep()
    #expect(sweep.runs.map(\.name) == ["a", "c"])
    #expect(sweep.exclusions.map(\.run) == ["b"])
    #expect(sweep.exclusions[0].why.contains(why), "\(sweep.exclusions[0].why)")
    #expect(sweep.exclusions[0].why.hasPrefix("Data/x/runs/b"))
  }

  @Test func whatARunMayLeaveOutIsNotMissed() throws {
    let settings = """
      parent: {column: from}
      pattern: {column: kind}
      dense_params: {column: dense}
      nonzero_params: {column: kept}
      sparsity: {column: s}
      """
    let data = try TemporaryData([
      "x/sweep.yml": settings,
      "x/runs/a/metrics.jsonl": #"{"tokens": 5, "loss": 2, "dense": 100, "kept": 50, "from": "b"}"#,
      "x/runs/b/metrics.jsonl": #"{"tokens": 5, "loss": 2, "dense": 100, "s": 0, "kind": "dense"}"#,
      "x/runs/c/metrics.jsonl": #"{"tokens": 5, "loss": 2, "dense": 100, "kind": "dense"}"#,
    ])
    let sweep = try data.sweep()
    #expect(sweep.runs.map(\.name) == ["a", "b"])
    #expect(sweep.runs.map(\.parent) == ["b", nil])
    #expect(sweep.exclusions.map(\.run) == ["c"])
    #expect(sweep.exclusions[0].why.contains("there is no column \"kept\" in the log"))
  }

  @Test func whatNoRunHasIsTheSweepsFault() throws {
    let data = try TemporaryData([
      "x/sweep.yml": "parent: {column: from}",
      "x/runs/a/metrics.jsonl": Self.good, "x/runs/a/config.json": #"{"dense_params": 9}"#,
      "x/runs/b/metrics.jsonl": Self.good, "x/runs/b/config.json": #"{"dense_params": 9}"#,
    ])
    #expect(
      try lines(data.errors())[0].hasPrefix("Data/x/sweep.yml:1:18: there is no column \"from\""))
  }

  @Test func foldersOfOneNameAreToldApartByTheirPaths() throws {
    let log = #"{"tokens": 5, "loss": 2, "dense_params": 100, "sparsity": 0}"#
    let sweep = try TemporaryData([
      "x/sweep.yml": "runs: ['*/*']", "x/small/r1/metrics.jsonl": log,
      "x/large/r1/metrics.jsonl": log, "x/large/r 2\n/metrics.jsonl": log,
    ]).sweep()
    #expect(sweep.runs.map(\.name) == ["r 2\\n", "large/r1", "small/r1"])
  }

  @Test(arguments: ["title: x", "runs: ['runs/*']"])
  func aLinkAmongRunsIsListed(settings: String) throws {
    let log = #"{"tokens": 5, "loss": 2, "dense_params": 100, "sparsity": 0}"#
    let data = try TemporaryData(["x/sweep.yml": settings, "x/runs/a/metrics.jsonl": log])
    try data.link("x/runs/b", to: "gone")
    let sweep = try data.sweep()
    #expect(sweep.runs.map(\.name) == ["a"])
    #expect(
      sweep.exclusions.map(\.why) == [
        "Data/x/runs/b: is a symbolic link, or in a folder that is one, and links are not followed; "
          + "the run is excluded: copy the files there"
      ])
  }

  @Test func aLogInTheSweepsOwnFolderIsOneRun() throws {
    let log = #"{"tokens": 5, "loss": 2, "dense_params": 100, "sparsity": 0}"#
    for settings in ["title: x", "runs: [metrics.jsonl]", "runs: ['m*']"] {
      let sweep = try TemporaryData(["x/sweep.yml": settings, "x/metrics.jsonl": log]).sweep()
      #expect(sweep.runs.map(\.name) == ["x"])
      #expect(sweep.runs[0].location.description == "Data/x/metrics.jsonl:1")
    }
  }

  @Test func dataThatGoBackAreNoted() throws {
    let sweep = try sweep(["a/metrics.jsonl": Self.good + "\n" + Self.good])
    #expect(
      sweep.findings.map(\.description) == [
        "Data/x/runs/a/metrics.jsonl:3: a: the log goes back here (was the run restarted?); kept: "
          + "2 rows written again later were dropped"
      ])
    #expect(sweep.runs[0].history.map(\.data) == [10, 20])
  }

  @Test(arguments: [
    ("last", 4.0), ("min", 1.0), ("{mean: 2}", 3.0), ("{mean: 3}", 7.0 / 3), ("{mean: 99}", 2.75),
  ])
  func lossIsTakenAsToldAndDataFromItsRow(take: String, loss: Double) throws {
    let sweep = try TemporaryData([
      "x/sweep.yml": "loss: {take: \(take)}\nsparsity: 0\ndense_params: 100",
      "x/a/metrics.csv": "tokens,val_loss\n1,4\n2,1\n3,2\n4,4\n",
    ]).sweep()
    #expect(abs(sweep.runs[0].loss - loss) < 1e-12)
    #expect(sweep.runs[0].data == (take == "min" ? 2 : 4))
  }

  @Test(arguments: ["min", "{mean: 2}"])
  func aLossAtFaultIsNotSkipped(take: String) throws {
    let data = try TemporaryData([
      "x/sweep.yml": "loss: {take: \(take)}\nsparsity: 0\ndense_params: 100",
      "x/a/metrics.csv": "tokens,val_loss\n1,4\n2,nan\n3,2\n",
    ])
    #expect(try lines(data.errors())[0].contains("Data/x/a/metrics.csv:3: val_loss is NaN"))
  }
}
