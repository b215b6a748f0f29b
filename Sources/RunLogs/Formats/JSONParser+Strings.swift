/// Strings and their escapes.
extension JSONParser {
  mutating func string() throws(Failure) -> String {
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
