import RunLogs
import Testing

/// trainer_state.json, which is read value by value.
@Suite struct TrainerStateTests {
  static let state = """
    {
      "best_metric": null, "stateful_callbacks": {"a": {"args": [1, "}]"]}},
      "global_step": 20,
      "log_history": [
        {"step": 10, "loss": 2.5, "note": "a \\"quoted\\" ]} text"},
        {"step": 10, "eval_loss": NaN}, {"step": 20, "loss": -Infinity, "n": {"m": 1e-7}}
      ],
      "max_steps": 40
    }

    """

  /// What came out, as text: rows with their lines, and a fault that ended it.
  func read(_ bytes: [UInt8], chunk: Int? = nil, folder: TemporaryData? = nil) throws -> [String] {
    var found: [String] = []
    let stream: () throws -> ByteStream = {
      guard let chunk, let folder else { return ByteStream(bytes) }
      return try Door(folder.root).stream("f", pieceSize: chunk)
    }
    do {
      try TrainerStateFormat.read(stream()) { record in
        switch record {
        case .row(let row): found.append("\(row.line ?? 0) \(row.columns.names) \(row.values)")
        case .fault(let fault): found.append("\(fault)")
        case .note(let text): found.append(text)
        }
      }
      for constant in try TrainerStateFormat.constants(stream()) {
        found.append("\(constant.name) \(constant.value) \(constant.line ?? 0)")
      }
    } catch let fault as Fault {
      found.append(
        "refused at \(fault.place?.line ?? 0):\(fault.place?.column ?? 0): \(fault.message)")
    }
    return found
  }

  @Test func rowsAndConstantsComeWithTheirLines() throws {
    let found = try read(Array(Self.state.utf8))
    #expect(found.count == 5)
    #expect(found[0].hasPrefix("5 [\"step\", \"loss\", \"note\"]"))
    #expect(found[1].hasPrefix("6 [\"step\", \"eval_loss\"]"))
    #expect(found[2].hasPrefix("6 [\"step\", \"loss\", \"n.m\"]"))
    #expect(found[3...] == ["global_step number(20.0) 3", "max_steps number(40.0) 8"])
  }

  /// However the file is cut into pieces, the rows are the same.
  @Test(arguments: [4, 5, 6, 7, 11, 64])
  func piecesDoNotShow(size: Int) throws {
    let data = try TemporaryData(["f": Self.state])
    let bytes = Array(Self.state.utf8)
    #expect(try read(bytes, chunk: size, folder: data) == read(bytes))
  }

  @Test(arguments: [
    ("[]", "1:0: is not a JSON object"), ("{}", "1:0: holds no `log_history`"),
    (#"{"log_history": {}}"#, "1:0: holds no `log_history`"),
    (
      "{\"log_history\": [\n  {\"step\": 1},\n  {\"step\": x1}]}",
      "3:12: \"x1\" is not a JSON value"
    ),
    ("{\"log_history\": [\n  {\"step\": 1},\n  {\"st", "3:7: the JSON document is cut off"),
    ("{\"log_history\": [],\n", "2:1: the JSON document is cut off"),
    ("{\"log_history\": []} x", "1:21: there is more after the end of the value"),
    ("{\"log_history\": [], \"a\": }", "1:26: a value is missing"),
    ("{\"log_history\": [], \"a\": 1 2}", "1:28: a comma or closing bracket is missing"),
    ("{\"log_history\": [] \"a\": 1}", "1:20: a comma or closing bracket is missing"),
    ("{\"log_history\": [], a: 1}", "1:21: a name in quotes is missing"),
    ("{\"log_history\": [], \"a\" 1}", "1:25: a colon is missing"),
    ("{\"a\": 1, \"a\": 2, \"log_history\": []}", "1:10: \"a\" is there twice"),
  ])
  func faultsHaveTheirPlace(text: String, fault: String) throws {
    #expect(try read(Array(text.utf8)).last == "refused at " + fault)
  }

  @Test func aRowThatIsNoObjectIsAFaultOfTheRun() throws {
    let found = try read(Array("{\"log_history\": [{\"step\": 1},\n3]}".utf8))
    #expect(found.count == 2 && found[1].contains("the row of `log_history` is not an object"))
  }

  /// Mutated documents are read, or refused, as when they are parsed whole.
  @Test func mutationsAreReadAsTheParserReadsThem() throws {
    var random = MutationTests.Generator(state: 41)
    var accepted = 0
    for round in 0..<(2_000 * MutationTests.factor) {
      let bytes = round % 10 == 0 ? Array(Self.state.utf8) : random.mutate(Array(Self.state.utf8))
      let found = try read(bytes)
      let whole = JSONReaderTests.read(JSONReader(bytes))
      guard whole.hasPrefix("{"), whole.contains("log_history:[") else {
        #expect(found.last?.hasPrefix("refused at ") == true, "\(found)")
        continue
      }
      accepted += 1
      #expect(found.last?.hasPrefix("refused at ") == false, "\(found)")
    }
    #expect(accepted > 300)
  }
}
