/// The records of a delimited table one by one, the header first.
struct DelimitedReader {
  private var lines: LineReader
  /// The mark between fields, which the header tells.
  private var separator: UInt8?
  /// The record last read, if there is no problem with it.
  private(set) var fields = Fields()
  /// What is wrong with the record last read.
  private(set) var problem: String?
  /// The line at which that record starts.
  private(set) var line = 0

  init(_ bytes: ByteStream) {
    lines = LineReader(bytes)
  }

  /// Reads the next record, which may span lines inside quotes; blank lines are skipped.
  mutating func next() throws -> Bool {
    problem = nil
    while true {
      let status = try lines.next(into: &fields.bytes)
      line = lines.number
      switch status {
      case .end: return false
      case .tooLong:
        problem = "the line is longer than \(LineReader.longestLine >> 20) MiB"
        return true
      case .line:
        guard fields.bytes.contains(where: { $0 != 0x20 && $0 != Self.tab }) else { continue }
        try cut()
        return true
      }
    }
  }

  private mutating func cut() throws {
    let mark = separator ?? Self.separator(ofHeader: fields.bytes)
    separator = mark
    if fields.cutPlain(separator: mark) { return }
    var scanner = FieldScanner(separator: mark)
    scanner.scan(fields.bytes)
    while scanner.isInQuotes {
      guard try lines.next(into: &fields.bytes) == .line,
        scanner.size + fields.bytes.count <= LineReader.longestLine
      else {
        problem = "a quoted field is never closed"
        return
      }
      scanner.appendLineBreak()
      scanner.scan(fields.bytes)
    }
    (fields, problem) = scanner.finish()
  }

  /// A tab decides, as names hold commas more often than tabs; else the mark that is there most.
  private static func separator(ofHeader header: [UInt8]) -> UInt8 {
    if header.contains(tab) { return tab }
    var best = (mark: UInt8(ascii: ","), count: 0)
    for mark in [best.mark, UInt8(ascii: ";"), UInt8(ascii: "|")] {
      let count = header.count { $0 == mark }
      if count > best.count { best = (mark, count) }
    }
    return best.mark
  }

  private static let tab = UInt8(ascii: "\t")
}
