/// A strict parser of JSON (RFC 8259) that also takes Python's NaN, Infinity and -Infinity.
///
/// A name that occurs twice in an object is an error, as are nesting deeper than 64, NUL in a
/// string, and bytes that are not UTF-8.
package struct JSONParser {
  package static let deepest = 64

  package struct Failure: Error, Equatable {
    package var offset: Int
    package var message: String
    /// The text ended where more was needed: it was cut off.
    package var isTruncated = false
  }

  private let bytes: [UInt8]
  private var at = 0

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Parses a whole document.
  package static func parse(_ bytes: [UInt8]) throws(Failure) -> JSONValue {
    var parser = JSONParser(bytes)
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.at == bytes.count else {
      throw parser.failure("there is more after the end of the value")
    }
    return value
  }

  private mutating func value(depth: Int) throws(Failure) -> JSONValue {
    skipSpace()
    switch try peek() {
    case UInt8(ascii: "{"): return try object(depth: depth + 1)
    case UInt8(ascii: "["): return try array(depth: depth + 1)
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "t"):
      try word("true")
      return .boolean(true)
    case UInt8(ascii: "f"):
      try word("false")
      return .boolean(false)
    case UInt8(ascii: "n"):
      try word("null")
      return .null
    case UInt8(ascii: "N"):
      try word("NaN")
      return .number(.nan)
    case UInt8(ascii: "I"):
      try word("Infinity")
      return .number(.infinity)
    case UInt8(ascii: "-") where at + 1 < bytes.count && bytes[at + 1] == UInt8(ascii: "I"):
      at += 1
      try word("Infinity")
      return .number(-.infinity)
    default: return try number()
    }
  }

  private mutating func object(depth: Int) throws(Failure) -> JSONValue {
    try enter(depth)
    var members: [JSONValue.Member] = []
    skipSpace()
    if try peek() == UInt8(ascii: "}") {
      at += 1
      return .object(members)
    }
    var names: Set<String> = []
    while true {
      skipSpace()
      guard try peek() == UInt8(ascii: "\"") else { throw failure("a name in quotes is missing") }
      let start = at
      let key = try string()
      // Few names are compared one by one; a set is dearer for them.
      let isRepeated =
        members.count < 24
        ? members.contains { $0.key == key } : !names.insert(key).inserted
      guard !isRepeated else {
        throw Failure(offset: start, message: "\(key.quoted) is there twice")
      }
      skipSpace()
      guard try peek() == UInt8(ascii: ":") else { throw failure("a colon is missing") }
      at += 1
      skipSpace()
      let offset = at
      members.append(.init(key: key, offset: offset, value: try value(depth: depth)))
      if members.count == 24 { names = Set(members.map(\.key)) }
      guard try closes(UInt8(ascii: "}")) else { continue }
      return .object(members)
    }
  }

  private mutating func array(depth: Int) throws(Failure) -> JSONValue {
    try enter(depth)
    var elements: [JSONValue.Element] = []
    skipSpace()
    if try peek() == UInt8(ascii: "]") {
      at += 1
      return .array(elements)
    }
    while true {
      skipSpace()
      let offset = at
      elements.append(.init(offset: offset, value: try value(depth: depth)))
      guard try closes(UInt8(ascii: "]")) else { continue }
      return .array(elements)
    }
  }

  private mutating func enter(_ depth: Int) throws(Failure) {
    guard depth <= Self.deepest else { throw failure("nested more than \(Self.deepest) deep") }
    at += 1
  }

  /// Passes a comma (false) or the closing bracket (true).
  private mutating func closes(_ bracket: UInt8) throws(Failure) -> Bool {
    skipSpace()
    let byte = try peek()
    guard byte == bracket || byte == UInt8(ascii: ",") else {
      throw failure("a comma or closing bracket is missing")
    }
    at += 1
    return byte == bracket
  }

  private mutating func number() throws(Failure) -> JSONValue {
    let start = at
    while at < bytes.count, Self.isNumberByte(bytes[at]) { at += 1 }
    guard start < at, Self.isNumber(bytes[start..<at]),
      let value = bytes[start..<at].withUnsafeBufferPointer(DecimalNumber.parse)
    else {
      at = start
      if start < bytes.count, bytes[start] == 0 { throw failure("there is a NUL byte") }
      let rest = bytes[start...].prefix(24).prefix { !Self.isDelimiter($0) }
      throw failure("\(String(decoding: rest, as: UTF8.self).quoted) is not a JSON value")
    }
    if value.isInfinite { return .tooLarge(String(decoding: bytes[start..<at], as: UTF8.self)) }
    return .number(value)
  }

  /// Whether a decimal number keeps to JSON's grammar: no plus sign or leading zero, and digits on
  /// both sides of a point.
  private static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
    let digits = text.first == UInt8(ascii: "-") ? text.dropFirst() : text
    guard let first = digits.first, isDigit(first) else { return false }
    if first == 0x30, let second = digits.dropFirst().first, isDigit(second) { return false }
    guard let point = digits.firstIndex(of: UInt8(ascii: ".")) else { return true }
    return point + 1 < digits.endIndex && isDigit(digits[point + 1])
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isNumberByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "+"),
      UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  private static func isDelimiter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"): true
    default: false
    }
  }

  private mutating func word(_ word: StaticString) throws(Failure) {
    let matches = word.withUTF8Buffer { expected -> Int in
      var count = 0
      while count < expected.count, at + count < bytes.count, bytes[at + count] == expected[count] {
        count += 1
      }
      return count
    }
    guard matches == word.utf8CodeUnitCount else {
      guard at + matches < bytes.count else { throw truncated() }
      throw failure("\(word) is misspelt")
    }
    at += matches
  }

  private mutating func skipSpace() {
    while at < bytes.count {
      switch bytes[at] {
      case 0x20, 0x09, 0x0A, 0x0D: at += 1
      default: return
      }
    }
  }

  private func peek() throws(Failure) -> UInt8 {
    guard at < bytes.count else { throw truncated() }
    return bytes[at]
  }

  private func failure(_ message: String) -> Failure { Failure(offset: at, message: message) }

  private func truncated() -> Failure {
    Failure(offset: bytes.count, message: "the text is cut off", isTruncated: true)
  }
}

// MARK: - Strings

extension JSONParser {
  private mutating func string() throws(Failure) -> String {
    let start = at
    at += 1
    var end = at
    while end < bytes.count, bytes[end] != UInt8(ascii: "\""), bytes[end] != UInt8(ascii: "\\"),
      bytes[end] >= 0x20
    { end += 1 }
    guard end < bytes.count else { throw truncated() }
    if bytes[end] == UInt8(ascii: "\"") {
      let content = bytes[at..<end]
      at = end + 1
      return try text(content, from: start)
    }
    return try escapedString(from: start)
  }

  private mutating func escapedString(from start: Int) throws(Failure) -> String {
    var content: [UInt8] = []
    while true {
      let byte = try peek()
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        return try text(content[...], from: start)
      case UInt8(ascii: "\\"):
        at += 1
        try escape(into: &content)
      case 0: throw failure("there is a NUL byte")
      case 1..<0x20: throw failure("a control character stands in a string")
      default:
        content.append(byte)
        at += 1
      }
    }
  }

  private mutating func escape(into content: inout [UInt8]) throws(Failure) {
    let byte = try peek()
    at += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
    case UInt8(ascii: "b"): content.append(0x08)
    case UInt8(ascii: "f"): content.append(0x0C)
    case UInt8(ascii: "n"): content.append(0x0A)
    case UInt8(ascii: "r"): content.append(0x0D)
    case UInt8(ascii: "t"): content.append(0x09)
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if (0xD800..<0xDC00).contains(code), at + 1 < bytes.count,
        bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u")
      {
        at += 2
        let low = try hexadecimal()
        guard (0xDC00..<0xE000).contains(low) else { throw failure("half a surrogate pair") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw failure("half a surrogate pair") }
      guard code != 0 else { throw failure("there is a NUL in a string") }
      content += Array(String(Character(scalar)).utf8)
    default:
      at -= 1
      throw failure("an unknown escape stands in a string")
    }
  }

  private mutating func hexadecimal() throws(Failure) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      let byte = try peek()
      switch byte {
      case 0x30...0x39: code = code << 4 + UInt32(byte - 0x30)
      case 0x41...0x46: code = code << 4 + UInt32(byte - 0x41 + 10)
      case 0x61...0x66: code = code << 4 + UInt32(byte - 0x61 + 10)
      default: throw failure("a \\u escape needs four hexadecimal digits")
      }
      at += 1
    }
    return code
  }

  private func text(_ content: ArraySlice<UInt8>, from start: Int) throws(Failure) -> String {
    guard let text = UTF8Text.read(content) else {
      throw Failure(offset: start, message: "the text is not UTF-8")
    }
    return text
  }
}
