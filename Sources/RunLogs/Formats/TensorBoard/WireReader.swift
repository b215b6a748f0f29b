/// The fields of one Protocol Buffers message, as they stand on the wire.
///
/// A TensorBoard event needs eight fields of four messages. A reader of the wire format is a
/// page long, where swift-protobuf with its generated code takes longer to build than everything
/// else of this package together.
struct WireReader {
  /// What stands on the wire for a field, by its wire type.
  enum Field {
    /// A number of wire type 0.
    case varint(UInt64)
    /// Eight bytes of wire type 1, lowest first.
    case fixed64(UInt64)
    /// Four bytes of wire type 5.
    case fixed32(UInt32)
    /// Text, bytes, a message or packed numbers: wire type 2.
    case bytes(ArraySlice<UInt8>)
  }

  private let bytes: ArraySlice<UInt8>
  private var at: Int
  /// Whether the bytes are no message: reading stopped there.
  private(set) var isMalformed = false

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    at = bytes.startIndex
  }

  /// The next field and its number; nil at the end, or where the bytes are no message.
  mutating func next() -> (number: UInt64, field: Field)? {
    guard at < bytes.endIndex else { return nil }
    guard let key = varint() else { return malformed() }
    let field: Field?
    switch key & 7 {
    case 0: field = varint().map(Field.varint)
    case 1: field = fixed(8).map(Field.fixed64)
    case 2:
      guard let length = varint(), length <= UInt64(bytes.endIndex - at) else {
        return malformed()
      }
      field = .bytes(bytes[at..<at + Int(length)])
      at += Int(length)
    case 5: field = fixed(4).map { .fixed32(UInt32(truncatingIfNeeded: $0)) }
    default: field = nil
    }
    guard let field else { return malformed() }
    return (key >> 3, field)
  }

  private mutating func malformed() -> (number: UInt64, field: Field)? {
    isMalformed = true
    at = bytes.endIndex
    return nil
  }

  /// The number that bytes are one varint of, as a packed list of a single number is.
  static func single(_ bytes: ArraySlice<UInt8>) -> UInt64? {
    var reader = WireReader(bytes)
    guard let value = reader.varint(), reader.at == bytes.endIndex else { return nil }
    return value
  }

  private mutating func varint() -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard at < bytes.endIndex else { return nil }
      let byte = bytes[at]
      at += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }

  private mutating func fixed(_ count: Int) -> UInt64? {
    guard bytes.endIndex - at >= count else { return nil }
    let value = Self.number(bytes[at..<at + count])
    at += count
    return value
  }

  /// Up to eight bytes, lowest first, as a number.
  static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
