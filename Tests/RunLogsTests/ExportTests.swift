import RunLogs
import Testing

/// What loggers other than the usual ones leave, and what is refused with advice.
@Suite struct ExportTests {
  static let runs = "Name,dense_params,sparsity\nsmall,100,0\nlarge,400,0.5\n"
  static let settings = "data: {column: Step, times: 64}"

  /// Charts without the least and greatest values, as a chart of single runs is exported.
  @Test func chartsWithoutLeastAndGreatestValues() throws {
    let sweep = try TemporaryData([
      "x/sweep.yml": Self.settings, "x/runs.csv": Self.runs,
      "x/loss.csv":
        "Step,small - eval/loss,large - eval/loss\n10,3,2.5\n20,2.75,\n20,2.5,2.25\n",
    ]).sweep()
    #expect(sweep.runs.map(\.name) == ["small", "large"])
    #expect(sweep.runs.map(\.loss) == [2.5, 2.25])
    #expect(sweep.runs.map(\.data) == [1_280, 1_280])
    #expect(sweep.warnings.isEmpty)
  }

  @Test func downloadsOfTensorBoard() throws {
    let sweep = try TemporaryData([
      "x/sweep.yml": Self.settings, "x/runs.csv": Self.runs,
      "x/run-small-tag-eval_loss.csv":
        "Wall time,Step,Value\n1700000000.5,10,3\n1700000009.5,20,2.5\n",
      "x/run-large-tag-eval_loss.csv":
        "Wall time,Step,Value\n1700000000.5,10,2\n1700000009.5,20,1.5\n",
      "x/run-large-tag-sparsity.csv":
        "Wall time,Step,Value\n1700000000.5,10,0.1\n1700000009.5,20,0.5\n",
    ]).sweep()
    #expect(sweep.runs.map(\.name) == ["large", "small"])
    #expect(sweep.runs.map(\.loss) == [1.5, 2.5])
    #expect(sweep.runs.map(\.sparsity) == [0.5, 0])
    #expect(sweep.runs[0].location.description == "Data/x/run-large-tag-eval_loss.csv:3")
  }

  @Test func foldersOfDVCLive() throws {
    let sweep = try TemporaryData([
      "x/sweep.yml": "runs: ['r/*']",
      "x/r/a/dvclive/metrics.json": #"{"eval": {"loss": 2.5}, "step": 20}"#,
      "x/r/a/dvclive/params.yaml": "dense_params: 100\nsparsity: 0\n",
      "x/r/a/dvclive/plots/metrics/eval/loss.tsv": "step\tloss\n10\t3\n20\t2.5\n",
      "x/r/a/dvclive/plots/metrics/tokens.tsv":
        "timestamp\tstep\ttokens\n1\t10\t640\n2\t20\t1280\n",
    ]).sweep()
    #expect(sweep.runs.map(\.name) == ["a"])
    #expect(sweep.runs.map(\.loss) == [2.5] && sweep.runs.map(\.data) == [1_280])
    #expect(sweep.runs[0].history.map(\.data) == [640, 1_280])
  }

  @Test(arguments: [
    ("t.xlsx", "save its sheet as CSV"), ("t.parquet", "duckdb -c \"COPY 't.parquet'"),
    ("t.feather", "pandas.read_feather('t.feather')"), ("t.pkl.gz", "pandas.read_pickle"),
    ("t.npz", "numpy.load"), ("a b.parquet", "pandas.read_parquet('FILE')"),
  ])
  func whatIsNotReadHasAdvice(name: String, advice: String) throws {
    let data = try TemporaryData([
      "x/" + name: "PK", "x/sweep.yml": "runs: ['\(name)']", "x/a.csv": table("a,100,0,10,2"),
    ])
    #expect(try data.errors()[0].fix?.contains(advice) == true)
    try data.write("x/sweep.yml", "title: x")
    let sweep = try data.sweep()
    #expect(sweep.runs.map(\.name) == ["a"])
    #expect(sweep.warnings.count == 1 && sweep.warnings[0].contains(advice))
  }

  /// The first bytes tell what a wrong ending hides.
  @Test(arguments: [
    ("PAR1\u{15}\u{4}", "is Parquet and no text"),
    ("PK\u{3}\u{4}x", "is an archive or a workbook and no text"),
    ("ARROW1\0\0", "is Arrow and no text"),
  ])
  func binariesWithTheEndingOfATable(bytes: String, fault: String) throws {
    for name in ["t.csv", "t.json", "t.jsonl"] {
      let errors = try TemporaryData(["x/sweep.yml": "runs: [\(name)]", "x/\(name)": bytes])
        .errors()
      #expect(errors.map(\.message) == [fault], "\(errors)")
      #expect(errors[0].fix != nil)
    }
  }
}

/// One JSON document a run, with its evaluations in a list and its constants beside that.
@Suite struct JSONRowsTests {
  static let small = """
    {"config": {"model": {"dense_params": 100}, "lr": 0.1},
     "history": {"note": "x", "evaluations": [
       {"step": 1, "tokens": 10, "val_loss": 4},
       {"step": 2, "tokens": 20, "val_loss": 3.5}]},
     "summary": {"final_sparsity": 0.5}}
    """
  static let settings = """
    runs: {path: 'runs/*.json', rows: history.evaluations, step: step}
    dense_params: {column: config.model.dense_params}
    """

  private func data(_ settings: String, _ more: [String: String] = [:]) throws -> TemporaryData {
    let files = [
      "x/sweep.yml": settings, "x/runs/small.json": Self.small,
      "x/runs/large.json": Self.small.replacing("100", with: "400").replacing("0.5}", with: "0}"),
    ]
    return try TemporaryData(files.merging(more) { $1 })
  }

  @Test func rowsAndConstants() throws {
    let sweep = try data(Self.settings).sweep()
    #expect(sweep.runs.map(\.name) == ["large", "small"])
    #expect(sweep.runs.map(\.denseParameters) == [400, 100])
    #expect(sweep.runs.map(\.sparsity) == [0, 0.5])
    #expect(sweep.runs.map(\.loss) == [3.5, 3.5])
    #expect(sweep.runs.map(\.data) == [20, 20])
    #expect(sweep.runs[1].history.map(\.loss) == [4, 3.5])
    #expect(sweep.runs[1].location.description == "Data/x/runs/small.json:4")
    #expect(sweep.runs[1].settings["config.lr"] == "0.1")
  }

  @Test func namesOfFilesAndLabels() throws {
    let sweep = try data(
      """
      runs: {path: 'runs/*.json', rows: history.evaluations, run: filename, pattern: '{size}'}
      dense_params: {column: size, labels: {small: 1e6, large: 4e6}}
      """
    ).sweep()
    #expect(sweep.runs.map(\.denseParameters) == [4e6, 1e6])
    let errors = try data(
      """
      runs: {path: 'runs/*.json', rows: history.evaluations, run: filename, pattern: '{size}'}
      dense_params: {column: size, labels: {small: 1e6}}
      """
    ).sweep()
    #expect(errors.exclusions.count == 1)
    #expect(errors.exclusions[0].why.contains("size is \"large\""))
    #expect(errors.exclusions[0].why.contains("`labels`"))
  }

  @Test func aListOfWholeRuns() throws {
    let sweep = try TemporaryData([
      "x/sweep.yml": "runs: {path: all.json, rows: results, run: none}",
      "x/all.json": """
      {"meta": {"date": 1}, "results": [
      {"dense_params": 100, "sparsity": 0, "tokens": 10, "val_loss": 3},
      {"dense_params": 100, "sparsity": 0, "tokens": 20, "val_loss": 2}]}
      """,
    ]).sweep()
    #expect(sweep.runs.map(\.loss) == [3, 2])
    #expect(sweep.runs.map(\.name) == ["all.json:2", "all.json:3"])
  }

  @Test func whatIsWrongIsSaid() throws {
    let wrong = try data(Self.settings.replacing("history.evaluations", with: "history.evals"))
      .errors()
    #expect(lines(wrong).joined().contains("holds no list `history.evals`"), "\(wrong)")
    #expect(
      try data(Self.settings.replacing("history.evaluations", with: "a..b")).errors()[0].message
        .contains("`runs.rows` is \"a..b\""))
    let sweep = try data(
      Self.settings, ["x/runs/other.json": "[1]", "x/runs/odd.json": "{\"history\": {}}"]
    ).sweep()
    #expect(sweep.exclusions.map(\.run) == ["odd", "other"])
  }
}

/// Numbers in lines of text, found by a pattern.
@Suite struct TextLogTests {
  static let log = """
    params: 124,000 loading ...
    step:500/2000 train_loss:4.1 step_avg:12ms
    step:1000/2000 train_loss:3.9
    step:1000/2000 val_loss:3.75
    step:2000/2000 val_loss:3.5 {final}
    done
    """

  private func sweep(_ lines: String, _ more: String = "", log: String = Self.log) throws -> Sweep {
    try TemporaryData([
      "x/sweep.yml": """
      runs: {path: 'logs/*/train.log', lines: \(lines)}
      data: {column: step, times: 100, unit: tokens}
      dense_params: 124000
      sparsity: 0
      \(more)
      """, "x/logs/a/train.log": log, "x/logs/b/train.log": log.replacing("3.5 ", with: "3.25 "),
    ]).sweep()
  }

  @Test func onePattern() throws {
    let sweep = try sweep("'step:{step}/{max_steps} val_loss:{val_loss}'")
    #expect(sweep.runs.map(\.name) == ["a", "b"])
    #expect(sweep.runs.map(\.loss) == [3.5, 3.25])
    #expect(sweep.runs.map(\.data) == [200_000, 200_000])
    #expect(sweep.runs[0].history.map(\.loss) == [3.75, 3.5])
    #expect(sweep.runs[0].location.description == "Data/x/logs/a/train.log:5")
    #expect(sweep.exclusions.isEmpty && sweep.findings.isEmpty)
  }

  /// The planned steps count: a log that stops early is unfinished.
  @Test func plannedStepsOfALine() throws {
    let cut = Self.log.replacing("/2000", with: "/9000")
    let sweep = try sweep("'step:{step}/{max_steps} val_loss:{val_loss}'", log: cut)
    #expect(sweep.findings.map(\.kind) == [.unfinished, .unfinished])
  }

  @Test func severalPatterns() throws {
    let sweep = try sweep(
      "['step:{step}/{} val_loss:{val_loss}', 'final loss = {val_loss} at {step}']",
      log: Self.log + "\nfinal loss =  3.125 at 2100\n")
    #expect(sweep.runs.map(\.loss) == [3.125, 3.125])
    #expect(sweep.runs[0].data == 210_000)
  }

  @Test(
    arguments: [
      ("a{x}b{y}", "a1b2", ["1", "2"]), ("{x}-{y}", "1-2-3", ["1", "2-3"]),
      ("s{x}", "s0.5", ["0.5"]), ("{{{x}}}", "{7}", ["7"]), ("a  {x}", "a \t b", ["b"]),
      ("{}-{x}", "any thing-4", ["4"]), ("a{x}b", "ab", nil), ("a{x}b", "a1bc", nil),
    ] as [(String, String, [String]?)])
  func wholeTexts(pattern: String, text: String, values: [String]?) throws {
    #expect(try #require(NamePattern(pattern)).values(in: text)?.map(\.value) == values)
  }

  @Test(
    arguments: [
      ("step {s}: loss {l}", "x step 4 step 5: loss 3.2, lr 1", ["5", "3.2"]),
      ("'loss': {l}", "{'loss': 2.5}", ["2.5"]), ("{s} {l}", "  10   2.5  x", ["10", "2.5"]),
      ("loss={l}", "[loss=2.5]", ["2.5"]), ("loss {l}", "loss", nil),
      ("step {s} | {} | loss {l}", "step 4 | a b | loss 3", ["4", "3"]),
    ] as [(String, String, [String]?)])
  func partsOfLines(pattern: String, text: String, values: [String]?) throws {
    let found = try #require(NamePattern(pattern)).find(in: Array(text.utf8)[...])
    #expect(found?.map(\.value) == values)
  }

  @Test(arguments: ["", "x", "{}", "{a}{b}", "{a}{}", "{a", "a}", "{a} {a}", "{a{b}"])
  func patternsThatAreNone(text: String) {
    #expect(NamePattern(text) == nil)
  }

  /// However a line is made to fit almost everywhere, the time is in proportion to it.
  @Test func hostileLinesTakeLinearTime() throws {
    let pattern = try #require(NamePattern("a{x}a{y}a{z}b"))
    let start = ContinuousClock.now
    for _ in 0..<20 {
      #expect(pattern.find(in: [UInt8](repeating: 0x61, count: 60_000)[...]) == nil)
    }
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test func aLogThatFitsNoPattern() throws {
    let data = try TemporaryData([
      "x/sweep.yml": "runs: {path: a.log, lines: 'loss {val_loss}'}\ndata: 10\nsparsity: 0",
      "x/a.log": Self.log,
    ])
    #expect(lines(try data.errors()).joined().contains("no line fits the pattern of `lines`"))
    try data.write("x/sweep.yml", "runs: {path: a.log, lines: 'loss {val_loss'}")
    #expect(try data.errors()[0].message == "`runs.lines` is \"loss {val_loss\"")
  }
}
