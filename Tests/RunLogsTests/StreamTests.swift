import RunLogs
import Testing

@Suite struct StreamTests {
  func allLines(_ stream: ByteStream) throws -> [String] {
    var reader = LineReader(stream)
    var lines: [String] = []
    var line: [UInt8] = []
    while true {
      switch try reader.next(into: &line) {
      case .line: lines.append(String(decoding: line, as: UTF8.self))
      case .tooLong: lines.append("too long")
      case .end: return lines
      }
    }
  }

  /// However small the chunks, the lines are the same.
  @Test(arguments: 1...9)
  func chunksDoNotShow(size: Int) throws {
    let data = try TemporaryData(["f": "\u{FEFF}one\r\ntwo\n\n\rthr\ree\r\nfour"])
    let stream = try Door(data.root).stream("f", pieceSize: size)
    #expect(try allLines(stream) == ["one", "two", "", "\rthr\ree", "four"])
  }

  @Test func aLineTooLongIsPassedOverAndCounted() throws {
    let long = [UInt8](repeating: 0x61, count: LineReader.longestLine + 1_000_000)
    let data = try TemporaryData()
    try data.write("f", Array("a\n".utf8) + long + Array("\nb\n".utf8))
    #expect(try allLines(Door(data.root).stream("f")) == ["a", "too long", "b"])
  }

  @Test func onlyRegularFilesAreOpened() throws {
    #expect(throws: Fault.self) { try Door("/").stream("dev/zero") }
    #expect(throws: Fault.self) { try Door("/").stream(".") }
    let fault = try #require(throws: Fault.self) { try Door("/").stream("no/such/file") }
    #expect(fault.isUnreadable)
  }
}
