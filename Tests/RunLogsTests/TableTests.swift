import RunLogs
import Testing

@Suite struct TableTests {
  static let expected = ["a 100 0.0 10.0 2.5", "b 100 0.5 20.0 2.0"]

  static let tables: [(name: String, text: String)] = [
    ("t.csv", table("a,100,0,10,2.5", "b,100,0.5,20,2")),
    ("t.CSV", table("a,100,0,10,2.5", "b,100,0.5,20,2")),
    ("t.csv", "\u{FEFF}" + table("a,100,0,10,2.5", "b,100,0.5,20,2")),
    (
      "t.csv",
      table("a,100,0,10,2.5", "b,100,0.5,20,2").replacing("\n", with: "\r\n")
    ),
    ("t.csv", "\n" + table("\"a\", 100 ,0,1e1,25e-1", "", "  ", "b,1.0E2,+.5,20,2.")),
    (
      "t.csv",
      "note,val_loss,tokens,sparsity,dense_params,run\n\"x, \"\"y\"\"\nz\",2.5,10,0,100,a\n,2,20,.5,100,b"
    ),
    ("t.tsv", table("a,100,0,10,2.5", "b,100,0.5,20,2").replacing(",", with: "\t")),
    (
      "t.jsonl",
      """
      {"run": "a", "dense_params": 100, "sparsity": 0, "tokens": 10, "val_loss": 2.5}

      {"val_loss": "2", "model": {"layers": [1, {"x": null}]}, "run": "\\u0062", "dense_params": 1e2, "sparsity": 0.5, "tokens": 20}
      """
    ),
    (
      "t.json",
      """
      [{"run": "a", "dense_params": 100, "sparsity": 0, "tokens": 10, "val_loss": 2.5},
       {"run": "b", "dense_params": 100, "sparsity": 0.5, "tokens": 20, "val_loss": 2}]
      """
    ),
    (
      "t.json",
      """
      {"run": {"0": "a", "7": "b"}, "dense_params": {"7": 100, "0": 100},
       "sparsity": {"0": 0, "7": 0.5}, "tokens": {"0": 10, "7": 20}, "val_loss": {"7": 2, "0": 2.5}}
      """
    ),
    (
      "t.json",
      """
      {"run": ["a", "b"], "dense_params": [100, 100], "sparsity": [0, 0.5], "tokens": [10, 20],
       "val_loss": [2.5, 2]}
      """
    ),
  ]

  @Test(arguments: tables.indices)
  func givesTheSameRuns(index: Int) throws {
    let (name, text) = Self.tables[index]
    let sweep = try TemporaryData(["x/" + name: text]).sweep()
    #expect(
      sweep.runs.map {
        "\($0.name) \(Int($0.denseParameters)) \($0.sparsity) \($0.data) \($0.loss)"
      }
        == Self.expected)
    #expect(sweep.exclusions.isEmpty)
    #expect(sweep.warnings.allSatisfy { $0.contains("no newline at its end") })
  }

  @Test func rowsWithoutANameAreNumbered() throws {
    let sweep = try TemporaryData([
      "x/sweep.yml": "runs: [sub/*.csv]",
      "x/sub/t.csv": "params,sparsity,tokens,loss\n9,0,10,2\n9,0,oops,2\n9,0,30,2\n",
    ]).sweep()
    #expect(sweep.runs.map(\.name) == ["sub/t.csv:1", "sub/t.csv:3"])
    #expect(sweep.exclusions.map(\.run) == ["sub/t.csv:2"])
  }

  @Test func oneObjectIsOneRow() throws {
    let row = #"{"run": "a", "dense_params": 9, "sparsity": 0, "tokens": 10, "val_loss": 2}"#
    let sweep = try TemporaryData([
      "x/a.json": row, "x/b.json": row.replacing("\"a\"", with: "\"b\""),
    ])
    .sweep()
    #expect(sweep.runs.map(\.name) == ["a", "b"])
  }

  static let faults: [(files: [String: String], error: String)] = [
    (["t.csv": ""], "Data/x/t.csv: the table holds no rows"),
    (["t.csv": table()], "Data/x/t.csv: the table holds no rows"),
    (["t.jsonl": "\n"], "Data/x/t.jsonl: the table holds no rows"),
    (["t.json": "[]"], "Data/x/t.json: the table holds no rows"),
    (["t.json": "{}"], "Data/x/t.json: the table holds no rows"),
    (["t.json": "3"], "Data/x/t.json:1: is neither an array of rows nor an object of columns"),
    (["t.json": "[{\"a\": 1},\n {\"a\":"], "Data/x/t.json:2:7: the JSON document is cut off"),
    (
      ["t.json": "{\"a\": [1, 2],\n\"b\": [1]}"],
      "Data/x/t.json:2: column \"b\" has 1 rows where \"a\" has 2"
    ),
    (
      ["t.csv": "run,tokens,dense_params,sparsity,val_loss,val_loss\na,1,1,0,2,2\n"],
      "Data/x/t.csv:1: column \"val_loss\" is there twice"
    ),
    (["t.csv": "a\rb\rc\n1"], "Data/x/t.csv:1: lines end in CR alone"),
    (["t.csv": "a,\0\n1,2\n"], "Data/x/t.csv:1: there is a NUL byte"),
    (["t.csv/x": ""], "\"t.csv\" is a directory without a run's log"),
    (
      ["t.csv": "a,b\n1,2\n"],
      "Data/x/sweep.yml: no column of Data/x/t.csv is known to be loss; the columns there are "
        + "\"a\", \"b\"; name it in sweep.yml, as in `loss: {column: ...}`"
    ),
  ]

  @Test(arguments: faults.indices)
  func aFileAtFaultIsAnErrorOfTheSweep(index: Int) throws {
    let (files, error) = Self.faults[index]
    let name = try #require(files.keys.first?.split(separator: "/").first)
    let data = try TemporaryData(["x/sweep.yml": "runs: ['\(name)']"])
    for (path, text) in files { try data.write("x/" + path, text) }
    let errors = lines(try data.errors())
    #expect(errors.contains { $0.contains(error) }, "\(errors)")
  }

  @Test func utf16IsNamed() throws {
    let data = try TemporaryData(["x/sweep.yml": "runs: [t.csv]"])
    try data.write("x/t.csv", [0xFF, 0xFE, 0x61, 0])
    #expect(
      try lines(data.errors()) == ["Data/x/t.csv:1: is in UTF-16 or UTF-32; save it as UTF-8"])
  }

  @Test func equalRowsAreKeptOnceAndUnequalOnesNotAtAll() throws {
    let sweep = try TemporaryData([
      "x/t.csv": table(
        "a,100,0,10,2", "b,100,0,10,2", "a,100,0,10,2", "c,100,0,10,2", "b,100,0,10,3")
    ]).sweep()
    #expect(sweep.runs.map(\.name) == ["a", "c"])
    #expect(
      sweep.warnings == [
        "run a is there 2 times with equal values; kept Data/x/t.csv:2, dropped Data/x/t.csv:4"
      ])
    #expect(
      sweep.exclusions.map(\.why) == [
        "Data/x/t.csv:3: the name \"b\" is also that of Data/x/t.csv:6, with other values; the run "
          + "is excluded: keep the right one, or give each its own name",
        "Data/x/t.csv:6: the name \"b\" is also that of Data/x/t.csv:3, with other values; the run "
          + "is excluded: keep the right one, or give each its own name",
      ])
  }

  @Test func orderIsThatOfEntriesThenPathsThenRows() throws {
    let sweep = try TemporaryData([
      "x/sweep.yml": """
      runs: [z.csv, "*.csv", {path: none.csv, optional: true, get: ask for it}]
      points: [{run: p, dense_params: 9, sparsity: 0, data: 5, loss: 2}]
      """,
      "x/z.csv": table("z2,100,0,10,2", "z1,100,0,10,2"), "x/B.csv": table("B,100,0,10,2"),
      "x/a.csv": table("a,100,0,10,2"), "x/ä.csv": table("ä,100,0,10,2"),
    ]).sweep()
    #expect(sweep.runs.map(\.name) == ["z2", "z1", "B", "a", "ä", "p"])
    #expect(sweep.missingFiles == [MissingFile(path: "Data/x/none.csv", get: "ask for it")])
    #expect(
      sweep.inputs.map(\.path) == ["x/sweep.yml", "x/z.csv", "x/B.csv", "x/a.csv", "x/ä.csv"])
  }

  @Test func patternsPassOverOtherFilesAndSayDo() throws {
    let sweep = try TemporaryData([
      "x/sweep.yml": "runs: ['runs/*']", "x/runs/a.csv": table("a,100,0,10,2"),
      "x/runs/README.md": "",
    ]).sweep()
    let all = try TemporaryData([
      "x/sweep.yml": "runs: ['*']", "x/a.csv": table("a,100,0,10,2"),
    ]).sweep()
    #expect(all.warnings.isEmpty)
    #expect(sweep.runs.map(\.name) == ["a"])
    #expect(sweep.warnings == ["Data/x/runs/README.md is not a log and was not read"])
  }
}
