/// The fields of one record of a delimited table, as bytes: values are made of those that are
/// asked for.
///
/// A reader fills the same value again for each record. The arrays are copied on write, so a row
/// that is kept keeps its fields, and one that is not costs no allocation.
package struct Fields {
  /// The fields in UTF-8, one after the other, with one byte between neighbours.
  package var bytes: [UInt8] = []
  /// Where each of the first `count` fields ends.
  private var ends: [Int] = []
  package private(set) var count = 0

  package init() {}

  /// Ends a field at the end of the bytes.
  mutating func endField() { end(bytes.count) }

  /// All fields as texts.
  package var texts: [String] {
    (0..<count).map { String(decoding: bytes[range($0)], as: UTF8.self) }
  }

  /// A field as a value; the position must be below `count`.
  func value(_ position: Int) -> Value {
    let range = range(position)
    return range.isEmpty ? .missing : .text(String(decoding: bytes[range], as: UTF8.self))
  }

  /// A field as a finite number; nil where it is empty or no such number. The position must be
  /// below `count`.
  func finite(_ position: Int) -> Double? {
    let range = range(position)
    let parsed = bytes.withUnsafeBufferPointer {
      DecimalNumber.parse(UnsafeBufferPointer(rebasing: $0[range]))
    }
    if let parsed { return parsed.isFinite ? parsed : nil }
    guard !range.isEmpty, case .number(let number) = value(position).number else { return nil }
    return number
  }

  private func range(_ position: Int) -> Range<Int> {
    (position == 0 ? 0 : ends[position - 1] + 1)..<ends[position]
  }
}

extension Fields {
  /// Cuts a line without quotes, the usual case; false where it takes a closer look: at quotes,
  /// NUL, and bytes that are not ASCII.
  package mutating func cutPlain(separator: UInt8) -> Bool {
    count = 0
    var at = 0
    let separators = EightBytes(repeating: separator)
    // Eight bytes at a time, the last ones singly.
    while at + 8 <= bytes.count {
      let word = EightBytes(bytes, at)
      guard word.isPlain else { return false }
      var marks = word.places(of: separators)
      while marks != 0 {
        end(at + marks.trailingZeroBitCount >> 3)
        marks &= marks &- 1
      }
      at += 8
    }
    while at < bytes.count {
      let byte = bytes[at]
      if byte == separator {
        end(at)
      } else if byte == UInt8(ascii: "\"") || byte == 0 || byte >= 0x80 {
        return false
      }
      at += 1
    }
    end(bytes.count)
    return true
  }

  private mutating func end(_ place: Int) {
    if count < ends.count { ends[count] = place } else { ends.append(place) }
    count += 1
  }
}

/// Eight bytes that are looked at together.
private struct EightBytes {
  private let bits: UInt64

  /// The eight bytes from a position on, which must be there; the first is the lowest.
  init(_ bytes: [UInt8], _ at: Int) {
    bits = bytes.withUnsafeBytes {
      UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: at, as: UInt64.self))
    }
  }

  init(repeating byte: UInt8) { bits = 0x0101_0101_0101_0101 &* UInt64(byte) }

  /// Whether all bytes are ASCII, and none is NUL or a quote.
  var isPlain: Bool {
    Self.zeros(bits) | Self.zeros(bits ^ Self.quotes.bits) | (bits & Self.highs) == 0
  }

  /// The highest bit of each byte that is the same in both.
  func places(of other: EightBytes) -> UInt64 { Self.zeros(bits ^ other.bits) }

  /// The highest bit of each byte that is zero. No carry leaves a byte, so each stands for itself.
  private static func zeros(_ bits: UInt64) -> UInt64 {
    ~(((bits & ~highs) &+ ~highs) | bits | ~highs)
  }

  private static let highs: UInt64 = 0x8080_8080_8080_8080
  private static let quotes = EightBytes(repeating: UInt8(ascii: "\""))
}
