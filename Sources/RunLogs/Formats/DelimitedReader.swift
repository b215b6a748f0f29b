/// The records of a delimited table one by one, the header first.
package struct DelimitedReader {
  private var lines: LineReader
  /// The mark between fields, which the header tells.
  private var separator: UInt8?
  /// Whether all lines that were read ended in a newline, the last one too.
  var isEndMarked: Bool { lines.isEndMarked }
  /// The fields of a plain line, which stand in the memory of `lines`.
  private var plain = Fields()
  /// Whether the record last read is a plain line.
  private var isPlain = false
  /// Whether `plain` shares the memory that `lines` has now.
  private var isShared = false
  private var scanned = Fields()
  private var text: [UInt8] = []
  /// What is wrong with the record last read.
  package private(set) var problem: String?
  /// The line at which that record starts.
  package private(set) var line = 0

  package init(_ bytes: ByteStream) {
    lines = LineReader(bytes)
  }

  /// The record last read, if there is no problem with it.
  package var fields: Fields { isPlain ? plain : scanned }

  /// Whether semicolons stand between fields, as where a comma is the decimal mark.
  var hasSemicolons: Bool { separator == UInt8(ascii: ";") }

  /// Reads the header; a line such as `sep=;` before it, as spreadsheets write it, tells the mark
  /// and is passed over.
  mutating func nextHeader() throws -> Bool {
    guard try next() else { return false }
    guard problem == nil, fields.count == 2 else { return true }
    let texts = fields.texts
    return texts[0].lowercased() == "sep=" && texts[1].isEmpty ? try next() : true
  }

  /// Reads the next record, which may span lines inside quotes; blank lines are skipped.
  package mutating func next() throws -> Bool {
    problem = nil
    if let separator, lines.next(&plain, isShared: isShared, separator: separator) {
      isPlain = true
      isShared = true
      line = lines.number
      return true
    }
    // The memory of the lines changes, and is to be theirs alone.
    plain.unshare()
    isShared = false
    isPlain = false
    while true {
      let status = try lines.next(into: &text)
      line = lines.number
      switch status {
      case .end: return false
      case .tooLong:
        problem = "the line is longer than \(LineReader.longestLine >> 20) MiB"
        return true
      case .line:
        guard text.contains(where: { $0 != 0x20 && $0 != Self.tab }) else { continue }
        try scan()
        return true
      }
    }
  }

  private mutating func scan() throws {
    let mark = separator ?? Self.separator(ofHeader: text)
    if separator == nil {
      separator = mark
      plain = Fields(slots: text.count { $0 == mark } + 10)
    }
    scanned.removeAll()
    var scanner = FieldScanner(separator: mark)
    scanner.scan(text, into: &scanned)
    while scanner.isInQuotes {
      guard try lines.next(into: &text) == .line,
        scanned.bytes.count + text.count <= LineReader.longestLine
      else {
        problem = "a quoted field is never closed"
        return
      }
      scanned.append(UInt8(ascii: "\n"))
      scanner.scan(text, into: &scanned)
    }
    problem = scanner.finish(&scanned)
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
