/// A strict pull parser of JSON (RFC 8259) that also takes Python's NaN, Infinity and -Infinity.
///
/// It goes through a document value by value and holds no more of it than one token, so memory grows
/// with what the caller keeps and not with the document. A name that occurs twice in an object is a
/// fault, as are nesting deeper than 64, NUL, and bytes that are not UTF-8. Every fault is a
/// `Fault` with line and column, which counts bytes.
///
///     var json = JSONReader(stream)
///     try json.object { name, json in
///       if name == "rows" { try json.array { try use($0.cell()) } } else { try json.skip() }
///     }
///     try json.finish()
package struct JSONReader {
  package static let deepest = 64
  /// The longest string or number, in bytes, and the most names in one object.
  static let longestToken = LineReader.longestLine
  package static let mostNames = 100_000

  private let stream: ByteStream?
  /// What the text is called where it is cut off.
  private let what: String
  private var buffer: [UInt8]
  private var at = 0
  private var depth = 0
  /// The line of the next byte, from 1, and where in the buffer it starts, which may be before it.
  package private(set) var line: Int
  private var lineStart = 0

  package init(_ stream: ByteStream) {
    self.stream = stream
    what = "document"
    buffer = []
    line = 1
  }

  /// Reads a text from memory that starts at a line of its file.
  package init(_ bytes: [UInt8], line: Int = 1, what: String = "document") {
    stream = nil
    self.what = what
    buffer = bytes
    self.line = line
  }

  /// Passes blanks and returns the byte behind them, which stays; nil at the end of the document.
  package mutating func peek() throws -> UInt8? {
    while true {
      while at < buffer.count {
        switch buffer[at] {
        case 0x20, 0x09, 0x0D: at += 1
        case 0x0A:
          at += 1
          line += 1
          lineStart = at
        case let byte: return byte
        }
      }
      guard try refill() else { return nil }
    }
  }

  /// Checks that nothing but blanks is left.
  package mutating func finish() throws {
    guard try peek() == nil else { throw fault("there is more after the end of the value") }
  }

  /// Goes through the next value, an object; `member` passes the value of each name.
  package mutating func object(_ member: (String, inout JSONReader) throws -> Void) throws {
    try enter(UInt8(ascii: "{"))
    guard try peek() != UInt8(ascii: "}") else { return leave() }
    try members(after: SeenNames(), member)
  }

  /// Goes through an object, whose first members were passed, from the next name to its end.
  mutating func members(
    after seen: SeenNames, _ member: (String, inout JSONReader) throws -> Void
  ) throws {
    var names = seen
    repeat {
      guard try next() == UInt8(ascii: "\"") else { throw fault("a name in quotes is missing") }
      let column = at - lineStart + 1
      let name = try string()
      guard names.insert(name) else {
        throw Fault(line: line, column: column, "\(name.quoted) is there twice")
      }
      guard names.count <= Self.mostNames else { throw tooManyNames() }
      guard try next() == UInt8(ascii: ":") else { throw fault("a colon is missing") }
      at += 1
      try member(name, &self)
    } while try !closes(UInt8(ascii: "}"))
  }

  private func tooManyNames() -> Fault {
    fault("there are more than \(grouped(Double(Self.mostNames))) names")
  }

  /// Goes through the next value, an array; `element` passes each element.
  package mutating func array(_ element: (inout JSONReader) throws -> Void) throws {
    try enter(UInt8(ascii: "["))
    guard try peek() != UInt8(ascii: "]") else { return leave() }
    repeat { try element(&self) } while try !closes(UInt8(ascii: "]"))
  }

  /// Passes the next value, which must be right all the same.
  package mutating func skip() throws { _ = try cell() }

  /// Reads the next value as a cell: an array is a list whatever is in it, an object is nil.
  package mutating func cell() throws -> Value? {
    switch try next() {
    case UInt8(ascii: "{"):
      try object { _, json in try json.skip() }
      return nil
    case UInt8(ascii: "["):
      try array { try $0.skip() }
      return .list
    default: return try scalar()
    }
  }

  /// Adds the cells of the next value, an object, whose inner objects' are named `outer.inner`.
  package mutating func cells(into cells: inout [Constant]) throws {
    try object { name, json in try json.addCells(name, to: &cells) }
  }

  /// Adds the next value as a cell, or of an object its cells; returns whether it is one.
  @discardableResult mutating func addCells(
    _ name: String, to cells: inout [Constant]
  ) throws -> Bool {
    if try next() == UInt8(ascii: "{") {
      try object { inner, json in try json.addCells(name + "." + inner, to: &cells) }
      return true
    }
    guard cells.count < Self.mostNames else { throw tooManyNames() }
    let line = line
    cells.append(Constant(name: name, value: try cell() ?? .missing, line: line))
    return false
  }
}

/// Structure.
extension JSONReader {
  /// Names of an object that were met. Few are compared one by one; a set is dearer for them.
  struct SeenNames {
    private var few: [String] = []
    private var many: Set<String> = []

    init(_ names: ArraySlice<String> = []) { few = Array(names) }

    /// False where the name was there before.
    mutating func insert(_ name: String) -> Bool {
      if many.isEmpty {
        guard !few.contains(name) else { return false }
        few.append(name)
        if few.count == 24 { many = Set(few) }
        return true
      }
      return many.insert(name).inserted
    }

    var count: Int { max(few.count, many.count) }
  }

  /// Passes the opening bracket of an object or array.
  mutating func enter(_ bracket: UInt8) throws {
    guard try next() == bracket else {
      throw fault("\(bracket == UInt8(ascii: "{") ? "an object" : "an array") is missing")
    }
    guard depth < Self.deepest else { throw fault("nested more than \(Self.deepest) deep") }
    depth += 1
    at += 1
  }

  /// Passes a comma (false) or the closing bracket (true).
  mutating func closes(_ bracket: UInt8) throws -> Bool {
    switch try next() {
    case bracket:
      leave()
      return true
    case UInt8(ascii: ","):
      at += 1
      return false
    default: throw fault("a comma or closing bracket is missing")
    }
  }

  private mutating func leave() {
    depth -= 1
    at += 1
  }

  /// Passes a name in quotes, given as it stands in the text, and the colon behind it, if they are
  /// next and in the buffer.
  mutating func passes(name: [UInt8]) throws -> Bool {
    guard try peek() != nil, buffer.count - at > name.count else { return false }
    for index in name.indices where buffer[at + index] != name[index] { return false }
    guard buffer[at + name.count] == UInt8(ascii: ":") else { return false }
    at += name.count + 1
    return true
  }

  /// The next byte that is no blank.
  private mutating func next() throws -> UInt8 {
    guard let byte = try peek() else { throw truncated() }
    return byte
  }

  /// Adds the next chunk to what is left of the buffer from the next byte on; false at the end.
  private mutating func refill() throws -> Bool {
    guard let stream else { return false }
    guard buffer.count - at <= Self.longestToken else {
      throw fault("a value is longer than \(Self.longestToken >> 20) MiB")
    }
    buffer.removeFirst(at)
    lineStart -= at
    at = 0
    return try stream.nextChunk { buffer += $0 }
  }

  /// A fault at the next byte, or so far behind it.
  func fault(_ message: String, at offset: Int = 0) -> Fault {
    Fault(line: line, column: at + offset - lineStart + 1, message)
  }

  private func truncated() -> Fault {
    Fault(line: line, column: buffer.count - lineStart + 1, "the JSON \(what) is cut off")
  }
}

/// Strings, numbers and words. The next byte stays the token's first until the token is complete, so
/// that the buffer may be filled meanwhile.
extension JSONReader {
  private mutating func scalar() throws -> Value {
    switch try next() {
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "N"): return try word("NaN", .number(.nan))
    case UInt8(ascii: "I"): return try word("Infinity", .number(.infinity))
    case UInt8(ascii: "-") where try byte(1) == UInt8(ascii: "I"):
      at += 1
      return try word("Infinity", .number(-.infinity))
    default: return try number()
    }
  }

  /// The byte so far behind the next one; nil at the end of the document.
  private mutating func byte(_ offset: Int) throws -> UInt8? {
    while at + offset >= buffer.count {
      guard try refill() else { return nil }
    }
    return buffer[at + offset]
  }

  private mutating func word(_ word: StaticString, _ value: Value) throws -> Value {
    for offset in 0..<word.utf8CodeUnitCount {
      guard let byte = try byte(offset) else { throw truncated() }
      guard byte == word.utf8Start[offset] else { throw fault("\(word) is misspelt") }
    }
    at += word.utf8CodeUnitCount
    return value
  }

  private mutating func number() throws -> Value {
    var length = 0
    repeat {
      while at + length < buffer.count, Self.isNumberByte(buffer[at + length]) { length += 1 }
    } while try at + length == buffer.count && refill()
    let text = buffer[at..<at + length]
    guard length > 0, Self.isNumber(text),
      let value = text.withUnsafeBufferPointer(DecimalNumber.parse)
    else {
      if at < buffer.count, buffer[at] == 0 { throw fault("there is a NUL byte") }
      let rest = buffer[at...].prefix(24).prefix { !Self.isDelimiter($0) }
      throw fault(
        rest.isEmpty
          ? "a value is missing"
          : "\(String(decoding: rest, as: UTF8.self).quoted) is not a JSON value")
    }
    at += length
    // Beyond the range of a double: as it is written, for the message.
    return value.isInfinite ? .text(String(decoding: text, as: UTF8.self)) : .number(value)
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

  private mutating func string() throws -> String {
    var length = 1
    repeat {
      while at + length < buffer.count {
        let byte = buffer[at + length]
        if byte == UInt8(ascii: "\"") {
          let content = buffer[at + 1..<at + length]
          let text = try text(content)
          at += length + 1
          return text
        }
        guard byte != UInt8(ascii: "\\"), byte >= 0x20 else { return try escapedString(length) }
        length += 1
      }
    } while try refill()
    throw truncated()
  }

  /// Reads a string in which an escape or a control character stands so far behind its quote.
  private mutating func escapedString(_ plain: Int) throws -> String {
    var content = Array(buffer[at + 1..<at + plain])
    var length = plain
    while true {
      guard let byte = try byte(length) else { throw truncated() }
      switch byte {
      case UInt8(ascii: "\""):
        let text = try text(content[...])
        at += length + 1
        return text
      case UInt8(ascii: "\\"): try escape(into: &content, &length)
      case 0: throw fault("there is a NUL byte", at: length)
      case 1..<0x20: throw fault("a control character stands in a string", at: length)
      default:
        content.append(byte)
        length += 1
      }
    }
  }

  private mutating func escape(into content: inout [UInt8], _ length: inout Int) throws {
    guard let byte = try byte(length + 1) else { throw truncated() }
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
    case UInt8(ascii: "b"): content.append(0x08)
    case UInt8(ascii: "f"): content.append(0x0C)
    case UInt8(ascii: "n"): content.append(0x0A)
    case UInt8(ascii: "r"): content.append(0x0D)
    case UInt8(ascii: "t"): content.append(0x09)
    case UInt8(ascii: "u"):
      var code = try hexadecimal(length + 2)
      length += 6
      if (0xD800..<0xDC00).contains(code), try self.byte(length) == UInt8(ascii: "\\"),
        try self.byte(length + 1) == UInt8(ascii: "u")
      {
        let low = try hexadecimal(length + 2)
        length += 6
        guard (0xDC00..<0xE000).contains(low) else { throw halfPair(length) }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw halfPair(length) }
      guard code != 0 else { throw fault("there is a NUL in a string", at: length) }
      content += UTF8.encode(scalar).map(Array.init) ?? []
      return
    default: throw fault("an unknown escape stands in a string", at: length + 1)
    }
    length += 2
  }

  private func halfPair(_ length: Int) -> Fault { fault("half a surrogate pair", at: length) }

  private mutating func hexadecimal(_ offset: Int) throws -> UInt32 {
    var code: UInt32 = 0
    for offset in offset..<offset + 4 {
      guard let byte = try byte(offset) else { throw truncated() }
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw fault("a \\u escape needs four hexadecimal digits", at: offset)
      }
      code = code << 4 + UInt32(digit)
    }
    return code
  }

  private func text(_ content: ArraySlice<UInt8>) throws -> String {
    guard let text = UTF8Text.read(content) else { throw fault("the text is not UTF-8") }
    return text
  }
}
