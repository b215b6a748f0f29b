/// The fields of one record of a delimited table, as bytes: values are made of those that are
/// asked for.
///
/// A reader fills the same value again for each record. The arrays are copied on write, so a row
/// that outlives the next keeps its fields, and one that does not costs no allocation.
package struct Fields {
  /// Bytes in UTF-8 that hold the fields one after the other, with one byte between neighbours.
  private(set) var bytes: [UInt8] = []
  /// Where each of the first `count` fields ends, in 32 bits: no piece of a file or line is longer
  /// than 16 MiB and some.
  private var ends: [UInt32] = []
  /// Where in the bytes the first field starts.
  private var start: UInt32 = 0
  private var used: UInt32 = 0
  /// Whether fields may stand between quotes, which are not theirs.
  private var isQuoted = false

  package var count: Int { Int(used) }

  package init() {}

  /// Fields with room for so many that are cut where they stand.
  init(slots: Int) { ends = [UInt32](repeating: 0, count: slots) }

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
    let range = Int(position == 0 ? start : ends[position - 1] + 1)..<Int(ends[position])
    guard isQuoted, !range.isEmpty, bytes[range.lowerBound] == Self.quote else { return range }
    return range.dropFirst().dropLast()
  }

  private static let quote = UInt8(ascii: "\"")
}

/// Fields that are put together from pieces.
extension Fields {
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    start = 0
    used = 0
    isQuoted = false
  }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  /// Adds a line and lets `shorten` take what is not wanted out of it in its place: it is given all
  /// bytes and where the line starts, ends fields, and returns how many bytes are left.
  mutating func append(
    _ line: [UInt8],
    _ shorten: (UnsafeMutableBufferPointer<UInt8>, Int, inout Fields) -> Int
  ) {
    var all: [UInt8] = []
    swap(&all, &bytes)
    let start = all.count
    all.append(contentsOf: line)
    let left = all.withUnsafeMutableBufferPointer { shorten($0, start, &self) }
    all.removeLast(all.count - left)
    bytes = all
  }

  /// Ends a field at a place.
  mutating func endField(_ place: Int) {
    if count == ends.count { ends += [UInt32](repeating: 0, count: 16) }
    ends[count] = UInt32(truncatingIfNeeded: place)
    used += 1
  }
}

/// Fields that stand in the memory of their reader.
extension Fields {
  /// Takes bytes, which are shared and not copied.
  mutating func share(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Lets shared bytes go.
  mutating func unshare() {
    bytes = []
    used = 0
  }

  /// Cuts the line that starts at a position of the bytes; returns where the next one starts.
  ///
  /// The result is nil where a closer look is needed: where the line has quotes but around whole
  /// fields, NUL or bytes that are not ASCII, where it does not end at least eight bytes before the
  /// last, or where it has more fields than any before.
  mutating func cutLine(from start: Int, separator: UInt8) -> Int? {
    let separators = EightBytes(repeating: separator)
    var (found, quotes) = (0, 0)
    let end = bytes.withUnsafeBytes { bytes in
      ends.withUnsafeMutableBufferPointer { ends -> Int? in
        var at = start
        while at + 8 <= bytes.count, found + 8 < ends.count {
          let word = EightBytes(bytes, at)
          let feed = word.places(of: .feeds)
          // The places before the end of the line; all of them where it does not end here.
          let before = feed == 0 ? UInt64.max : (feed & (0 &- feed)) - 1
          guard word.unusual & before == 0 else { return nil }
          quotes += (word.places(of: .quotes) & before).nonzeroBitCount
          var marks = word.places(of: separators) & before
          while marks != 0 {
            ends[found] = UInt32(truncatingIfNeeded: at + marks.trailingZeroBitCount >> 3)
            found += 1
            marks &= marks &- 1
          }
          if feed != 0 {
            let end = at + feed.trailingZeroBitCount >> 3
            let hasReturn = end > start && bytes[end - 1] == UInt8(ascii: "\r")
            ends[found] = UInt32(truncatingIfNeeded: hasReturn ? end - 1 : end)
            found += 1
            return end
          }
          at += 8
        }
        return nil
      }
    }
    guard let end else { return nil }
    self.start = UInt32(truncatingIfNeeded: start)
    used = UInt32(truncatingIfNeeded: found)
    isQuoted = false
    if quotes > 0 {
      guard quotesAreAround(quotes) else { return nil }
      isQuoted = true
    }
    return end + 1
  }

  /// Whether so many quotes are two at the ends of some fields and no others: then neither a
  /// separator nor the end of the line is in quotes.
  private func quotesAreAround(_ quotes: Int) -> Bool {
    var left = quotes
    for position in 0..<count {
      let range = range(position)
      guard !range.isEmpty else { continue }
      let isOpen = bytes[range.lowerBound] == Self.quote
      guard isOpen == (bytes[range.upperBound - 1] == Self.quote), !isOpen || range.count > 1
      else { return false }
      if isOpen { left -= 2 }
    }
    return left == 0
  }
}

/// Eight bytes that are looked at together.
private struct EightBytes {
  private let bits: UInt64

  /// The eight bytes from a position on, which must be there; the first is the lowest.
  init(_ bytes: UnsafeRawBufferPointer, _ at: Int) {
    bits = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
  }

  init(repeating byte: UInt8) { bits = 0x0101_0101_0101_0101 &* UInt64(byte) }

  static let feeds = EightBytes(repeating: 0x0A)
  static let quotes = EightBytes(repeating: UInt8(ascii: "\""))
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// The highest bit of each byte that is NUL or not ASCII.
  var unusual: UInt64 { Self.zeros(bits) | (bits & Self.highs) }

  /// The highest bit of each byte that is the same in both.
  func places(of other: EightBytes) -> UInt64 { Self.zeros(bits ^ other.bits) }

  /// The highest bit of each byte that is zero. No carry leaves a byte, so each stands for itself.
  private static func zeros(_ bits: UInt64) -> UInt64 {
    ~(((bits & ~highs) &+ ~highs) | bits | ~highs)
  }
}

/// Fields that are kept: see `PackedRows`.
extension Fields {
  /// Adds the fields to bytes, each behind its length; false, and nothing is added, where one is
  /// longer than `longest`.
  func pack(into packed: inout [UInt8], longest: Int) -> Bool {
    guard count > 0, (0..<count).allSatisfy({ range($0).count <= longest }) else { return false }
    guard !isQuoted else {
      for index in 0..<count {
        packed.append(UInt8(range(index).count))
        packed.append(contentsOf: bytes[range(index)])
      }
      return true
    }
    let from = Int(start)
    // Where the byte before the first field goes, as the one between neighbours does.
    var place = packed.count
    packed.append(0)
    packed.append(contentsOf: bytes[from..<Int(ends[count - 1])])
    for index in 0..<count {
      let length = range(index).count
      packed[place] = UInt8(length)
      place += length + 1
    }
    return true
  }

  /// Takes fields that stand in bytes from a place on, each behind its length.
  mutating func unpack(_ count: Int, _ bytes: [UInt8], at place: Int) {
    share(bytes)
    if ends.count < count { ends = [UInt32](repeating: 0, count: count) }
    start = UInt32(truncatingIfNeeded: place + 1)
    used = UInt32(truncatingIfNeeded: count)
    isQuoted = false
    bytes.withUnsafeBufferPointer { bytes in
      ends.withUnsafeMutableBufferPointer { ends in
        var place = place
        for index in 0..<count {
          place += Int(bytes[place]) + 1
          ends[index] = UInt32(truncatingIfNeeded: place)
        }
      }
    }
  }
}
