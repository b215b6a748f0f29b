/// Cuts one record of a delimited table, with quotes or without, into fields, line by line.
struct FieldScanner {
  let separator: UInt8
  /// Whether a quoted field goes on in the next line.
  private(set) var isInQuotes = false
  private var isFieldStart = true
  private var wasQuoted = false
  private var isMalformed = false

  init(separator: UInt8) {
    self.separator = separator
  }

  /// Adds what a line holds to the fields.
  mutating func scan(_ line: [UInt8], into fields: inout Fields) {
    fields.append(line) { bytes, start, fields in
      var at = start
      var left = start
      while at < bytes.count {
        let byte = bytes[at]
        at += 1
        if isInQuotes {
          if byte == quote {
            guard at < bytes.count, bytes[at] == quote else {
              isInQuotes = false
              wasQuoted = true
              continue
            }
            at += 1
          }
        } else if byte == separator {
          fields.endField(left)
          isFieldStart = true
          wasQuoted = false
        } else if byte == quote, isFieldStart {
          isInQuotes = true
          isFieldStart = false
          continue
        } else {
          if wasQuoted { isMalformed = true }
          isFieldStart = false
        }
        bytes[left] = byte
        left += 1
      }
      return left
    }
  }

  /// Ends the last field; returns what is wrong with the record.
  func finish(_ fields: inout Fields) -> String? {
    fields.endField(fields.bytes.count)
    if fields.bytes.contains(0) { return "there is a NUL byte" }
    if isMalformed { return "there is text after a closing quote" }
    return UTF8Text.isOne(fields.bytes) ? nil : "the text is not UTF-8"
  }

  private var quote: UInt8 { UInt8(ascii: "\"") }
}
