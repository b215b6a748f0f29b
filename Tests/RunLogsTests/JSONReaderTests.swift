import RunLogs
import Testing

@Suite struct JSONReaderTests {
  /// A document as text: what the reader made of it, or where it stopped.
  static func read(_ json: JSONReader) -> String {
    func text(_ json: inout JSONReader) throws -> String {
      var parts: [String] = []
      switch try json.peek() {
      case UInt8(ascii: "{"):
        try json.object { name, json in parts.append("\(name):" + (try text(&json))) }
        return "{" + parts.joined(separator: ",") + "}"
      case UInt8(ascii: "["):
        try json.array { json in parts.append(try text(&json)) }
        return "[" + parts.joined(separator: ",") + "]"
      default: return try json.cell().map { "\($0)" } ?? "nothing"
      }
    }
    var json = json
    do {
      let whole = try text(&json)
      try json.finish()
      return whole
    } catch let fault as Fault {
      return "\(fault.place?.line ?? 0):\(fault.place?.column ?? 0) \(fault.message)"
    } catch {
      return "\(error)"
    }
  }

  func read(_ text: String) -> String { Self.read(JSONReader(Array(text.utf8))) }

  @Test func readsValues() {
    #expect(read(" [] ") == "[]")
    #expect(read("-1.5e3") == "number(-1500.0)")
    #expect(read("1e999") == "text(\"1e999\")")
    #expect(read(#""\u00e9\ud83d\ude00\n\/""#) == "text(\"é😀\\n/\")")
    #expect(
      read(#"{"a": {"b": null}, "c": [true, NaN, -Infinity]}"#)
        == "{a:{b:null},c:[boolean(true),number(nan),number(-inf)]}")
  }

  @Test func cellsOfInnerObjectsHaveTheirLines() throws {
    var json = JSONReader(
      Array("{\"a\": {\n\"b\": null,\n \"c\": {}}, \"d\":\n [{\"e\": 1}]}".utf8))
    var cells: [Constant] = []
    try json.cells(into: &cells)
    try json.finish()
    #expect(cells.map(\.name) == ["a.b", "d"])
    #expect(cells.map(\.value) == [.null, .list])
    #expect(cells.map(\.line) == [2, 4])
  }

  static let wrong: [(text: String, column: Int)] = [
    ("", 1), ("{", 2), ("[1,]", 4), ("{\"a\" 1}", 6), ("{a: 1}", 2), ("01", 1), ("+1", 1),
    (".5", 1), ("tru", 4), ("trux", 1), ("\"a", 3), ("\"\\x\"", 3), ("\"\\ud800\"", 8),
    ("\"\u{1}\"", 2), ("1 2", 3), ("[1}", 3), ("nul", 4), ("-", 1), ("-Infinite", 2), ("[\0]", 2),
    ("{\"a\": 1, \"a\": 2}", 10), ("{\"a\": {\"b\": [}}", 14), ("{\"a\": \"\\u00\"}", 12),
  ]

  @Test func refusesWhatIsNotJSON() {
    for (text, column) in Self.wrong {
      #expect(read(text).hasPrefix("1:\(column) "), "\(text): \(read(text))")
      #expect(read("\n\n" + text).hasPrefix("3:\(column) "), "\(text): \(read("\n\n" + text))")
    }
    let deep = String(repeating: "[", count: 65) + String(repeating: "]", count: 65)
    #expect(read(deep) == "1:65 nested more than 64 deep")
    #expect(!read(String(deep.dropFirst().dropLast())).contains("nested"))
  }

  /// However a document is cut into pieces, it is read, or refused at the same place.
  @Test func piecesDoNotShow() throws {
    let data = try TemporaryData()
    let right = [
      #"{"a": {"b": null}, "c": [true, NaN, -Infinity, 12.5e-3]}"#,
      #"["\u00e9\ud83d\ude00\n\/", "plain text", "", {"long name": "\"\\"}]"#, "  12  ",
    ]
    for text in right + Self.wrong.map(\.text) {
      try data.write("f", text)
      for size in 4...9 {
        let json = JSONReader(try Door(data.root).stream("f", pieceSize: size))
        #expect(Self.read(json) == read(text), "\(text) in pieces of \(size)")
      }
    }
  }

  @Test func findsRepeatedNamesAmongMany() {
    let names = (0..<100).map { "\"k\($0)\": 1" }
    for extra in [0, 10, 23, 24, 25, 99] {
      let text = "{" + (names + ["\"k\(extra)\": 2"]).joined(separator: ", ") + "}"
      #expect(read(text).hasSuffix(" \"k\(extra)\" is there twice"))
    }
    #expect(read("{" + names.joined(separator: ", ") + "}").hasPrefix("{k0:"))
  }

  /// Names are counted before they are stored.
  @Test func anObjectOfTooManyNamesIsRefused() {
    let names = (0...JSONReader.mostNames).map { "\"\($0)\":1" }
    #expect(read("{" + names.joined(separator: ",") + "}").hasSuffix("more than 100,000 names"))
  }
}
