import RunLogs
import Testing

/// How a run's loss is taken from its rows.
@Suite struct LossTakeTests {
  /// A run that is pruned between 25 % and 75 % of training: its least loss is that of a denser
  /// model.
  static let pruned = """
    {"step": 10, "tokens": 100, "val_loss": 3.0, "sparsity": 0}
    {"step": 20, "tokens": 200, "val_loss": 2.0, "sparsity": 0.1}
    {"step": 30, "tokens": 300, "val_loss": 2.6, "sparsity": 0.5}
    {"step": 40, "tokens": 400, "val_loss": 2.4, "sparsity": 0.5}
    {"step": 50, "tokens": 500, "val_loss": 2.5, "sparsity": 0.5}
    """

  func data(_ loss: String, log: String = pruned, name: String = "metrics.jsonl") throws
    -> TemporaryData
  {
    try TemporaryData([
      "x/sweep.yml": "runs: ['*']\nloss: \(loss)\ndense_params: 100\n", "x/a/\(name)": log,
    ])
  }

  @Test(arguments: [
    ("{take: last}", 2.5, 5), ("{take: min}", 2.0, 2), ("{take: {mean: 2}}", 2.45, 5),
    ("{take: min, within: {from: 0.5}}", 2.4, 4), ("{take: min, within: {from: 0.8}}", 2.4, 4),
    ("{take: min, within: {from: 0.81}}", 2.5, 5),
    ("{take: last, within: {to: 0.8}}", 2.4, 4),
    ("{take: {mean: 5}, within: {from: 0.6}}", 2.5, 5),
    ("{take: {mean: 2}, within: {from: 0.2, to: 0.6}}", 2.3, 3),
    ("{within: {from: 0.9}}", 2.5, 5),
  ])
  func theRowsAreThoseAskedFor(loss: String, expected: Double, line: Int) throws {
    let sweep = try data(loss).sweep()
    let run = try #require(sweep.runs.first)
    #expect(abs(run.loss - expected) < 1e-15)
    // Data and sparsity are those of the row of the loss, of a mean of its last.
    #expect(run.data == Double(line) * 100)
    #expect(run.sparsity == [0, 0.1, 0.5, 0.5, 0.5][line - 1])
    #expect(sweep.findings.count { $0.kind == .earlyLoss } == (line < 3 || run.loss == 2.3 ? 1 : 0))
  }

  @Test func aLossOfADenserModelIsAFinding() throws {
    let sweep = try data("{take: min}").sweep()
    let finding = try #require(sweep.findings.first)
    #expect(
      "\(finding)" == "Data/x/a/metrics.jsonl:2: a: the loss is taken where sparsity is 0.1, and "
        + "the run ends at 0.5; kept: choose its rows with `within` in sweep.yml, as in "
        + "`loss: {within: {from: 0.75}}`")
  }

  /// Where no row has the data seen the steps tell the part.
  @Test func stepsTellThePartWhereDataAreNotLogged() throws {
    let log = "step,val_loss,sparsity\n1,1,0\n2,2,0\n3,3,0\n4,4,0\n"
    let data = try TemporaryData([
      "x/sweep.yml": "loss: {take: min, within: {from: 0.75}}\n", "x/a/metrics.csv": log,
      "x/a/config.json": #"{"dense_params": 100, "tokens": 1000}"#,
    ])
    #expect(try data.sweep().runs.map(\.loss) == [3])
    try data.write("x/a/metrics.csv", log.replacing("step,", with: "row,"))
    #expect(
      try data.errors().first?.description.contains(
        "`loss.within` needs rows with the data seen, a step or an epoch, and the log has none; ")
        == true)
  }

  /// Rows without the data seen stand at that of the row before them.
  @Test func sparseRowsStandWhereTheRowBeforeThemDoes() throws {
    let log = """
      {"tokens": 100, "sparsity": 0.5}
      {"val_loss": 1}
      {"tokens": 200}
      {"val_loss": 2}
      """
    #expect(try data("{take: min, within: {from: 0.9}}", log: log).sweep().runs[0].loss == 2)
  }

  /// The rows that a restart replaces are in no part.
  @Test func aRestartCountsOnce() throws {
    let log = """
      {"tokens": 300, "val_loss": 3, "sparsity": 0}
      {"tokens": 400, "val_loss": 1, "sparsity": 0}
      {"tokens": 400, "val_loss": 2.5, "sparsity": 0}
      {"tokens": 300, "val_loss": 2.8, "sparsity": 0}
      {"tokens": 400, "val_loss": 2.7, "sparsity": 0}
      """
    #expect(try data("{take: min}", log: log).sweep().runs[0].loss == 2.7)
    #expect(try data("{take: min, within: {from: 0.8}}", log: log).sweep().runs[0].loss == 2.7)
  }

  @Test func nothingLoggedInThePartIsAFaultOfTheRun() throws {
    let log = """
      {"tokens": 100, "val_loss": 3, "sparsity": 0}
      {"tokens": 500, "sparsity": 0}
      """
    let errors = try data("{within: {from: 0.75}}", log: log).errors()
    #expect(
      errors.map(\.description).joined().contains(
        "Data/x/a/metrics.jsonl: val_loss was not logged from 0.75 to 1.0 of training; the run is "
          + "excluded: widen `loss.within` in sweep.yml, or evaluate more often"))
  }

  /// A loss at fault in the part is the run's; before it, it does no harm.
  @Test func aFaultCountsWhereItsRowDoes() throws {
    let log = """
      {"tokens": 100, "val_loss": NaN, "sparsity": 0}
      {"tokens": 400, "val_loss": 2, "sparsity": 0}
      {"tokens": 500, "val_loss": 2.5, "sparsity": 0}
      """
    #expect(try data("{take: min, within: {from: 0.5}}", log: log).sweep().runs[0].loss == 2)
    #expect(
      try data("{take: min}", log: log).errors().map(\.description).joined().contains(
        "metrics.jsonl:1: val_loss is NaN"))
    #expect(
      try data("{take: {mean: 3}}", log: log).errors().map(\.description).joined().contains(
        "metrics.jsonl:1: val_loss is NaN"))
    #expect(try data("{take: {mean: 2}}", log: log).sweep().runs[0].loss == 2.25)
  }
}
