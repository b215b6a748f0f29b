/// Cuts one record of a delimited table with quotes into fields, line by line.
package struct FieldScanner {
  let separator: UInt8
  /// Whether a quoted field goes on in the next line.
  private(set) var isInQuotes = false
  /// The fields without their quotes.
  private var fields = Fields()
  private var isFieldStart = true
  private var wasQuoted = false
  private var hasNUL = false
  private var isMalformed = false
  private var bits: UInt8 = 0

  package init(separator: UInt8) {
    self.separator = separator
  }

  /// The bytes taken in so far.
  var size: Int { fields.bytes.count }

  /// Adds the line break that a quoted field holds.
  mutating func appendLineBreak() { fields.bytes.append(UInt8(ascii: "\n")) }

  package mutating func scan(_ line: [UInt8]) {
    fields.bytes.reserveCapacity(fields.bytes.count + line.count)
    var at = 0
    while at < line.count {
      let byte = line[at]
      at += 1
      bits |= byte
      if byte == 0 { hasNUL = true }
      if isInQuotes {
        if byte != quote {
          fields.bytes.append(byte)
        } else if at < line.count, line[at] == quote {
          fields.bytes.append(quote)
          at += 1
        } else {
          isInQuotes = false
          wasQuoted = true
        }
      } else if byte == separator {
        fields.endField()
        fields.bytes.append(byte)
        isFieldStart = true
        wasQuoted = false
      } else if byte == quote, isFieldStart {
        isInQuotes = true
        isFieldStart = false
      } else {
        if wasQuoted { isMalformed = true }
        fields.bytes.append(byte)
        isFieldStart = false
      }
    }
  }

  /// The fields, or what is wrong with the record.
  package consuming func finish() -> (fields: Fields, problem: String?) {
    if hasNUL { return (Fields(), "there is a NUL byte") }
    if isMalformed { return (Fields(), "there is text after a closing quote") }
    if bits >= 0x80, UTF8Text.read(fields.bytes[...]) == nil {
      return (Fields(), "the text is not UTF-8")
    }
    fields.endField()
    return (fields, nil)
  }

  private var quote: UInt8 { UInt8(ascii: "\"") }
}
