import RunLogs
import Testing

@Suite struct DecimalNumberTests {
  func parse(_ text: String) -> Double? {
    Array(text.utf8).withUnsafeBufferPointer(DecimalNumber.parse)
  }

  @Test func readsDecimalNumbersAlone() {
    for (text, value) in [
      ("0", 0), ("-0.5", -0.5), ("+7", 7), ("1e3", 1000), ("1.E-2", 0.01), (".5", 0.5),
      ("1e-400", 0), ("123456789012345678901234567890", 123_456_789_012_345_677_877_719_597_056),
    ] {
      #expect(parse(text) == value)
    }
    #expect(parse("1e400") == .infinity)
    #expect(parse("-1e99999999999999999999") == -.infinity)
    for text in [
      "", "-", ".", "e5", "1e", "1e+", "0x10", "1_0", "nan", "inf", "1,5", "1 ", "--1", "1.2.3",
      "१",
    ] {
      #expect(parse(text) == nil, "\(text)")
    }
  }

  /// The fast path and the library agree to the last bit.
  @Test func roundsCorrectly() {
    var state: UInt64 = 1
    for _ in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let digits = state >> (state % 60)
      let exponent = Int(state >> 32) % 45 - 22
      let text = "\(digits / 1_000).\(digits % 1_000)e\(exponent)"
      #expect(parse(text) == Double(text), "\(text)")
    }
  }
}

@Suite struct GlobTests {
  @Test func matchesWholeNames() {
    for (pattern, name, matches) in [
      ("*", "", true), ("a*", "abc", true), ("*c", "abc", true), ("a*c*e", "abcde", true),
      ("a?c", "abc", true), ("a?c", "ac", false), ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false),
      ("[]]", "]", true), ("[a", "[a", true), ("a\\*", "a*", true), ("a\\*", "ab", false),
      ("n?rd", "nörd", true), ("abc", "ab", false), ("", "a", false),
    ] {
      #expect(Glob(pattern).matches(name) == matches, "\(pattern) \(name)")
    }
    let slow = String(repeating: "a*", count: 200) + "b"
    #expect(!Glob(slow).matches(String(repeating: "a", count: 5_000)))
  }

  @Test func expandsFoldersInOrderOfBytes() throws {
    let data = try TemporaryData([
      "b/r 2/x.csv": "", "b/r10/x.csv": "", "B/r1/x.csv": "", ".h/r1/x.csv": "",
      "b/r10/deep/x.csv": "",
    ])
    try data.link("b/loop", to: "..")
    #expect(
      Glob.expand("*/r*/x.csv", in: data.root) == ["B/r1/x.csv", "b/r 2/x.csv", "b/r10/x.csv"])
    #expect(
      Glob.expand("**/x.csv", in: data.root)
        == ["B/r1/x.csv", "b/r 2/x.csv", "b/r10/deep/x.csv", "b/r10/x.csv"])
    let many = String(repeating: "**/", count: 40) + "x.csv"
    #expect(Glob.expand(many, in: data.root) == Glob.expand("**/x.csv", in: data.root))
    #expect(Glob.expand("./b/r10/x.csv", in: data.root) == ["b/r10/x.csv"])
    #expect(Glob.expand("b/none*", in: data.root) == [])
  }
}

@Suite struct StreamTests {
  func allLines(_ stream: ByteStream) throws -> [String] {
    var reader = LineReader(stream)
    var lines: [String] = []
    while let line = try reader.next() {
      guard case .bytes(let bytes) = line else { continue }
      lines.append(String(decoding: bytes, as: UTF8.self))
    }
    return lines
  }

  /// However small the chunks, the lines are the same.
  @Test(arguments: 1...9)
  func chunksDoNotShow(size: Int) throws {
    let data = try TemporaryData(["f": "\u{FEFF}one\r\ntwo\n\n\rthr\ree\r\nfour"])
    let stream = try ByteStream(path: data.root + "/f", chunkSize: size)
    #expect(try allLines(stream) == ["one", "two", "", "\rthr\ree", "four"])
  }

  @Test func aLineTooLongIsPassedOverAndCounted() throws {
    let long = [UInt8](repeating: 0x61, count: LineReader.longestLine + 1_000_000)
    let data = try TemporaryData()
    try data.write("f", Array("a\n".utf8) + long + Array("\nb\n".utf8))
    var reader = LineReader(try ByteStream(path: data.root + "/f"))
    #expect(try reader.next() == .bytes([0x61]))
    #expect(try reader.next() == .tooLong)
    #expect(try reader.next() == .bytes([0x62]))
    #expect(reader.number == 3)
    #expect(try reader.next() == nil)
  }

  @Test func onlyRegularFilesAreOpened() throws {
    #expect(throws: LogFault.self) { try ByteStream(path: "/dev/zero") }
    #expect(throws: LogFault.self) { try ByteStream(path: "/") }
    let fault = try #require(throws: LogFault.self) { try ByteStream(path: "/no/such/file") }
    #expect(fault.isUnreadable)
  }
}

@Suite struct ThinnedTests {
  @Test func staysBoundedEvenAndKeepsTheEnds() {
    var series = Thinned<Int>()
    for count in 0..<100_000 {
      #expect(series.elements.last == (count == 0 ? nil : count - 1))
      series.append(count)
      if count % 9_973 != 0 { continue }
      let kept = series.elements
      #expect(kept.count <= Thinned<Int>.capacity + 1)
      #expect(kept.first == 0)
      #expect(Set(zip(kept, kept.dropFirst().dropLast()).map { $1 - $0 }).count <= 1)
    }
  }
}

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
