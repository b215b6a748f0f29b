/// Cuts one record of a delimited table into fields, line by line.
struct FieldScanner {
  let separator: UInt8
  /// Whether a quoted field goes on in the next line.
  private(set) var isInQuotes = false
  /// The fields' bytes without quotes, one after the other, and where each field ends.
  private var content: [UInt8] = []
  private var ends: [Int] = []
  private var isFieldStart = true
  private var wasQuoted = false
  private var hasNUL = false
  private var isMalformed = false

  init(separator: UInt8) {
    self.separator = separator
  }

  /// The fields of a line without quotes, the usual case; nil where it takes a closer look.
  static func plain(_ line: [UInt8], separator: UInt8, count: Int) -> [String]? {
    line.withUnsafeBufferPointer { bytes in
      var bits: UInt8 = 0
      var isPlain = true
      for byte in bytes {
        bits |= byte
        if byte == UInt8(ascii: "\"") || byte == 0 { isPlain = false }
      }
      guard isPlain, bits < 0x80 else { return nil }
      var fields: [String] = []
      fields.reserveCapacity(count)
      var start = 0
      for at in 0..<bytes.count where bytes[at] == separator {
        fields.append(String(decoding: bytes[start..<at], as: UTF8.self))
        start = at + 1
      }
      fields.append(String(decoding: bytes[start...], as: UTF8.self))
      return fields
    }
  }

  /// The bytes taken in so far.
  var size: Int { content.count }

  /// Adds the line break that a quoted field holds.
  mutating func appendLineBreak() { content.append(UInt8(ascii: "\n")) }

  mutating func scan(_ line: [UInt8]) {
    content.reserveCapacity(content.count + line.count)
    var at = 0
    while at < line.count {
      let byte = line[at]
      at += 1
      if byte == 0 { hasNUL = true }
      if isInQuotes {
        if byte != quote {
          content.append(byte)
        } else if at < line.count, line[at] == quote {
          content.append(quote)
          at += 1
        } else {
          isInQuotes = false
          wasQuoted = true
        }
      } else if byte == separator {
        ends.append(content.count)
        isFieldStart = true
        wasQuoted = false
      } else if byte == quote, isFieldStart {
        isInQuotes = true
        isFieldStart = false
      } else {
        if wasQuoted { isMalformed = true }
        content.append(byte)
        isFieldStart = false
      }
    }
  }

  /// The fields, or what is wrong with the record.
  consuming func finish() -> (fields: [String], problem: String?) {
    if hasNUL { return ([], "there is a NUL byte") }
    if isMalformed { return ([], "there is text after a closing quote") }
    ends.append(content.count)
    var fields: [String] = []
    fields.reserveCapacity(ends.count)
    var start = 0
    for end in ends {
      guard let field = UTF8Text.read(content[start..<end]) else {
        return ([], "the text is not UTF-8")
      }
      fields.append(field)
      start = end
    }
    return (fields, nil)
  }

  private var quote: UInt8 { UInt8(ascii: "\"") }
}
