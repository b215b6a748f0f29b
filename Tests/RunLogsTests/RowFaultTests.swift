import RunLogs
import Testing

/// A row at fault costs its run and no other, and is named with file, line and reason.
@Suite struct RowFaultTests {
  static let jsonLines: [(line: String, why: String)] = [
    (
      #"{"run": "x", "dense_params": 100, "sparsity": 0, "tokens": 10, "val_loss": 2"#,
      "the JSON line is cut off"
    ),
    (row(loss: "NaN"), "val_loss is NaN; the run is excluded: if training diverged leave it out"),
    (row(loss: #""NaN""#), "val_loss is NaN"),
    (row(loss: "null"), "val_loss is null"),
    (row(loss: "Infinity"), "val_loss is infinite"),
    (row(loss: "-Infinity"), "val_loss is minus infinity"),
    (row(loss: #""inf""#), "val_loss is infinite"),
    (row(loss: "1e400"), "val_loss is \"1e400\", beyond the range of a double"),
    (row(loss: "1e308"), "loss is 1e+308, outside [1e-6, 1e6]"),
    (row(loss: "0"), "loss is 0, outside [1e-6, 1e6]"),
    (row(loss: "-2"), "loss is -2, outside"),
    (row(loss: "[2]"), "val_loss is a list, not a number"),
    (row(loss: "true"), "val_loss is true, not a number"),
    (
      row(loss: #""1_000""#),
      "val_loss is \"1_000\", not a number (write it without the underscores)"
    ),
    (row(loss: "1_000"), "\"1_000\" is not a JSON value"),
    (row(loss: #""0x1p3""#), "val_loss is \"0x1p3\", not a number"),
    (row(loss: "02"), "\"02\" is not a JSON value"),
    (
      row(sparsity: "1"), "sparsity is 1, outside [0, 1); the run is excluded: is this a percentage"
    ),
    (
      row(sparsity: "75"),
      "sparsity is 75, outside [0, 1); the run is excluded: is this a percentage?"
    ),
    (row(sparsity: "-0.5"), "sparsity is -0.5, outside [0, 1)"),
    (row(sparsity: "NaN"), "sparsity is NaN"),
    (row(dense: "0"), "dense_params is 0, outside [1, 1e30]"),
    (row(dense: "-100"), "dense_params is -100, outside [1, 1e30]"),
    (row(dense: "1e308"), "dense_params is 1e+308, outside [1, 1e30]"),
    (row(tokens: "0"), "data is 0, outside [1, 1e30]"),
    (row(tokens: "-5"), "data is -5, outside [1, 1e30]"),
    (row(tokens: "1e31"), "data is 1e+31, outside [1, 1e30]"),
    (row(run: #""a\u0000b""#), "there is a NUL in a string"),
    (#"{"run": "x", "run": "y"}"#, "\"run\" is there twice"),
    ("[1, 2]", "the line is not a JSON object"),
    (row() + " {}", "there is more after the end of the value"),
    (#"{"run": 'x'}"#, "is not a JSON value"),
    (
      "{\"run\": " + String(repeating: "[", count: 100_000), "nested more than 64 deep"
    ),
    ("{}", "is missing"),
  ]

  static func row(
    run: String = #""x""#, dense: String = "100", sparsity: String = "0", tokens: String = "10",
    loss: String = "2"
  ) -> String {
    #"{"run": \#(run), "dense_params": \#(dense), "sparsity": \#(sparsity), "tokens": \#(tokens), "#
      + #""val_loss": \#(loss)}"#
  }

  @Test(arguments: jsonLines.indices)
  func jsonLineIsExcluded(index: Int) throws {
    let (line, why) = Self.jsonLines[index]
    let good = [Self.row(run: #""a""#), Self.row(run: #""b""#, loss: "3")]
    let data = try TemporaryData(["x/t.jsonl": "\(good[0])\n\(line)\n\(good[1])\n"])
    let sweep = try data.sweep()
    #expect(sweep.runs.map(\.name) == ["a", "b"])
    #expect(sweep.runsRead == 3)
    let exclusion = try #require(sweep.exclusions.first)
    #expect(exclusion.why.hasPrefix("Data/x/t.jsonl:2"))
    #expect(exclusion.why.contains(why), "\(exclusion.why)")
    #expect(exclusion.why.contains("the run is excluded"))
  }

  static let csvRows: [(row: String, why: String)] = [
    ("x,100,0,10", "the row is too short: 4 fields where the header has 5"),
    ("x,100,0,10,2,9", "the row is too long: 6 fields where the header has 5"),
    ("x,100,0,10,", "val_loss is missing"),
    ("x,100,0,10,nan", "val_loss is NaN"),
    ("x,100,0,10,inf", "val_loss is infinite"),
    ("x,100,50%,10,2", "sparsity is \"50%\", not a number (write it without the per cent sign"),
    (
      "x,\"1,000\",0,10,2",
      "dense_params is \"1,000\", not a number (write a point if the comma is a decimal mark; else"
    ),
    (
      "x,100,50.0 %,10,2",
      "sparsity is \"50.0 %\", not a number (write it without the per cent sign"
    ),
    ("x,100,0,10,\"2\"5", "there is text after a closing quote"),
    ("x,100,0,10,2\0", "there is a NUL byte"),
    ("x,,0,10,2", "two of dense_params, nonzero_params and sparsity are needed"),
  ]

  @Test(arguments: csvRows.indices, ["\n", "\r\n"])
  func csvRowIsExcluded(index: Int, lineBreak: String) throws {
    let (row, why) = Self.csvRows[index]
    let text = ["run,dense_params,sparsity,tokens,val_loss", "a,100,0,10,2", row, "b,100,.5,20,3"]
    let data = try TemporaryData(["x/t.csv": text.joined(separator: lineBreak)])
    let sweep = try data.sweep()
    #expect(sweep.runs.map(\.name) == ["a", "b"])
    let exclusion = try #require(sweep.exclusions.first)
    #expect(exclusion.why.hasPrefix("Data/x/t.csv:3: "))
    #expect(exclusion.why.contains(why), "\(exclusion.why)")
  }

  @Test func aQuoteThatIsNeverClosedCostsTheRestAlone() throws {
    let data = try TemporaryData([
      "x/t.csv": table("a,100,0,10,2", "\"b,100,0,10,2", "c,100,0,10,2")
    ])
    let sweep = try data.sweep()
    #expect(sweep.runs.map(\.name) == ["a"])
    #expect(
      sweep.exclusions.map(\.why) == [
        "Data/x/t.csv:3: a quoted field is never closed; the run is excluded: mend the row or "
          + "delete it"
      ])
  }

  @Test func bytesThatAreNotUTF8CostTheirRow() throws {
    let data = try TemporaryData()
    for (name, rows) in [
      ("t.csv", [table("a,100,0,10,2"), "b\u{1},100,0,10,2\n", "c,100,0,10,2\n"]),
      ("t.jsonl", [Self.row(run: #""d""#) + "\n", Self.row(run: "\"\u{1}\"") + "\n"]),
    ] {
      let bytes = Array(rows.joined().utf8).map { $0 == 1 ? 0xFF : $0 }
      try data.write("x/" + name, bytes)
    }
    let sweep = try data.sweep()
    #expect(sweep.runs.map(\.name) == ["a", "c", "d"])
    #expect(
      sweep.exclusions.map { $0.why.prefix(while: { $0 != ";" }) } == [
        "Data/x/t.csv:3: the text is not UTF-8", "Data/x/t.jsonl:2:9: the text is not UTF-8",
      ])
  }

  @Test func reasonsStayOnOneLine() throws {
    let data = try TemporaryData([
      "x/t.csv": table("\"a\nb\",100,0,10,\"2\nx\"", "c,100,0,10,2")
    ])
    let sweep = try data.sweep()
    #expect(sweep.exclusions.map(\.run) == ["a\\nb"])
    #expect(!sweep.exclusions[0].why.contains("\n"))
  }

  @Test func onlyFaultyRunsAreAnError() throws {
    let data = try TemporaryData(["x/t.csv": table("a,100,0,10,nan")])
    #expect(
      try lines(data.errors())[0].hasPrefix(
        "Data/x: the one run that was read is not valid; the first: Data/x/t.csv:2: val_loss"))
  }
}
