import RunLogs
import Testing

@Suite struct JSONParserTests {
  func parse(_ text: String) throws -> JSONValue { try JSONParser.parse(Array(text.utf8)) }

  @Test func readsValues() throws {
    #expect(try parse(" [] ") == .array([]))
    #expect(try parse("-1.5e3") == .number(-1500))
    #expect(try parse("1e999") == .tooLarge("1e999"))
    #expect(try parse(#""\u00e9\ud83d\ude00\n\/""#) == .text("é😀\n/"))
    guard case .object(let members) = try parse(#"{"a": {"b": null}, "c": [true]}"#) else {
      Issue.record("not an object")
      return
    }
    let cells = JSONValue.flatten(members)
    #expect(cells.map(\.name) == ["a.b", "c"])
    #expect(cells.map(\.offset) == [12, 24])
    #expect(cells.map(\.value) == [.null, .list])
    #expect(try parse("NaN") != parse("NaN"))
  }

  @Test func refusesWhatIsNotJSON() {
    for (text, offset) in [
      ("", 0), ("{", 1), ("[1,]", 3), ("{\"a\" 1}", 5), ("{a: 1}", 1), ("01", 0), ("+1", 0),
      (".5", 0), ("tru", 3), ("trux", 0), ("\"a", 2), ("\"\\x\"", 2), ("\"\\ud800\"", 7),
      ("\"\u{1}\"", 1), ("1 2", 2), ("[1}", 2), ("nul", 3), ("-", 0), ("-Infinite", 1),
    ] {
      let failure = #expect(throws: JSONParser.Failure.self, "\(text)") { try parse(text) }
      #expect(failure?.offset == offset, "\(text)")
    }
  }

  @Test func findsRepeatedNamesAmongMany() {
    let names = (0..<100).map { "\"k\($0)\": 1" }
    for extra in [0, 10, 23, 24, 25, 99] {
      let text = "{" + (names + ["\"k\(extra)\": 2"]).joined(separator: ", ") + "}"
      let failure = #expect(throws: JSONParser.Failure.self) { try parse(text) }
      #expect(failure?.message == "\"k\(extra)\" is there twice")
    }
    #expect(throws: Never.self) { try parse("{" + names.joined(separator: ", ") + "}") }
  }
}
