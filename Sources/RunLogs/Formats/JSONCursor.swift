/// Goes through a JSON document value by value without holding it.
///
/// It finds where values end and leaves it to `JSONParser` to read them, so that memory grows with
/// the largest value that is asked for and not with the document.
struct JSONCursor {
  /// A value longer than this is not held.
  static let longestValue = LineReader.longestLine

  private let stream: ByteStream
  private var buffer: [UInt8] = []
  private var at = 0
  private var isAtEnd = false
  /// The place of the next byte, from 1.
  private(set) var line = 1
  private(set) var column = 1

  init(_ stream: ByteStream) {
    self.stream = stream
  }

  /// The next byte that is no blank; nil at the end of the document.
  mutating func peek() throws -> UInt8? {
    while true {
      while at < buffer.count {
        switch buffer[at] {
        case 0x20, 0x09, 0x0D:
          at += 1
          column += 1
        case 0x0A:
          at += 1
          line += 1
          column = 1
        default: return buffer[at]
        }
      }
      guard try refill() else { return nil }
    }
  }

  /// Passes the next byte that is no blank, which must be one of those given.
  mutating func pass(_ bytes: UInt8..., missing what: String) throws -> UInt8 {
    guard let byte = try peek() else { throw truncated() }
    guard bytes.contains(byte) else { throw fault("\(what) is missing") }
    at += 1
    column += 1
    return byte
  }

  /// Puts the bytes of the next value in the place of what `value` holds; throws where the document
  /// ends in it or it is too long.
  mutating func read(into value: inout [UInt8]) throws {
    value.removeAll(keepingCapacity: true)
    guard try peek() != nil else { throw truncated() }
    let tooLong = fault("the value is longer than \(Self.longestValue >> 20) MiB")
    try passValue { bytes throws(LogFault) in
      guard value.count + bytes.count <= Self.longestValue else { throw tooLong }
      value += bytes
    }
    if value.isEmpty { throw fault("a value is missing") }
  }

  /// Passes the next value.
  mutating func skip() throws {
    try passValue { _ throws(LogFault) in }
  }

  func fault(_ message: String) -> LogFault { LogFault(line: line, column: column, message) }

  func truncated() -> LogFault { fault("the JSON document is cut off") }

  /// Gives the bytes of the next value to `body`, piece by piece.
  private mutating func passValue(_ body: (ArraySlice<UInt8>) throws(LogFault) -> Void) throws {
    guard try peek() != nil else { throw truncated() }
    var scan = ValueScan()
    while true {
      let start = at
      var place = ValueScan.Place(at: at, line: line, column: column)
      let isDone = buffer.withUnsafeBufferPointer { scan.advance($0, &place) }
      (at, line, column) = (place.at, place.line, place.column)
      try body(buffer[start..<at])
      if isDone { return }
      guard try refill() else {
        // A number or word may end with the document.
        guard scan.isWord else { throw truncated() }
        return
      }
    }
  }

  private mutating func refill() throws -> Bool {
    guard !isAtEnd else { return false }
    at = 0
    isAtEnd = try !stream.nextChunk {
      buffer.removeAll(keepingCapacity: true)
      buffer += $0
    }
    if isAtEnd { buffer = [] }
    return !isAtEnd
  }

  /// Finds the end of one value, whose bytes may come in pieces.
  private struct ValueScan {
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    /// Whether the value is neither an object, an array nor a string.
    private(set) var isWord = false

    struct Place {
      var at: Int
      var line: Int
      var column: Int
    }

    /// Passes bytes of the value; true at its end.
    mutating func advance(_ bytes: UnsafeBufferPointer<UInt8>, _ place: inout Place) -> Bool {
      var index = place.at
      var lineStart = place.at - place.column
      defer {
        place.column = index - lineStart
        place.at = index
      }
      while index < bytes.count {
        let byte = bytes[index]
        if isInString {
          if isEscaped {
            isEscaped = false
          } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
          } else if byte == UInt8(ascii: "\"") {
            isInString = false
            if depth == 0 {
              index += 1
              return true
            }
          }
        } else {
          switch byte {
          case UInt8(ascii: "\"") where !isWord: isInString = true
          case UInt8(ascii: "{"), UInt8(ascii: "["): if !isWord { depth += 1 }
          case UInt8(ascii: "}"), UInt8(ascii: "]"):
            // A word ends before the bracket, which is not its own.
            if depth == 0 { return true }
            depth -= 1
            if depth == 0 {
              index += 1
              return true
            }
          case UInt8(ascii: ","), 0x20, 0x09, 0x0A, 0x0D: if depth == 0 { return true }
          default: if depth == 0 { isWord = true }
          }
        }
        if byte == 0x0A {
          place.line += 1
          lineStart = index
        }
        index += 1
      }
      return false
    }
  }
}
