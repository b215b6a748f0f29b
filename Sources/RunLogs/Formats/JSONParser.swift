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

  let bytes: [UInt8]
  var at = 0

  init(_ bytes: [UInt8]) {
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

  mutating func value(depth: Int) throws(Failure) -> JSONValue {
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

  mutating func skipSpace() {
    while at < bytes.count {
      switch bytes[at] {
      case 0x20, 0x09, 0x0A, 0x0D: at += 1
      default: return
      }
    }
  }

  func peek() throws(Failure) -> UInt8 {
    guard at < bytes.count else { throw truncated() }
    return bytes[at]
  }

  func failure(_ message: String) -> Failure { Failure(offset: at, message: message) }

  func truncated() -> Failure {
    Failure(offset: bytes.count, message: "the text is cut off", isTruncated: true)
  }
}
