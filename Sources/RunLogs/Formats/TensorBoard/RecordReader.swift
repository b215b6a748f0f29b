/// Cuts a stream into TFRecord records: length, masked CRC-32C of it, content, masked CRC-32C of
/// that (tensorflow/core/lib/io/record_writer.h).
struct RecordReader {
  /// Records longer than this are passed over, so that memory stays bounded.
  static let longest = 64 << 20

  enum Record {
    case content(ArraySlice<UInt8>)
    /// The content does not match its checksum, or is too long; the next record may be read.
    case damaged
    /// The length does not match its checksum: what follows cannot be told apart.
    case lost
    /// The file ends within a record, as it does while it is being written.
    case cutOff
  }

  private var window: ByteWindow
  /// The offset of the record that is returned, from the file's start.
  private(set) var offset = 0

  init(_ stream: ByteStream) { window = ByteWindow(stream) }

  /// The next record; nil at the end.
  mutating func next() throws -> Record? {
    offset = window.offset
    let available = try window.available(12)
    guard available > 0 else { return nil }
    guard available == 12 else { return .cutOff }
    let header = window.next(12)
    guard Self.isValid(header.prefix(8), checksum: header.suffix(4)) else { return .lost }
    let length64 = WireReader.number(header.prefix(8))
    guard length64 <= UInt64(Int32.max) else { return .lost }
    let length = Int(length64)
    window.pass(12)
    if length > Self.longest { return try window.skip(length + 4) ? .damaged : .cutOff }
    guard try window.available(length + 4) == length + 4 else { return .cutOff }
    let record = window.next(length + 4)
    window.pass(length + 4)
    let content = record.dropLast(4)
    return Self.isValid(content, checksum: record.suffix(4)) ? .content(content) : .damaged
  }

  /// Whether bytes match a checksum, rotated and shifted as TensorFlow stores it.
  private static func isValid(
    _ bytes: ArraySlice<UInt8>, checksum: ArraySlice<UInt8>
  ) -> Bool {
    let crc = CRC32C.checksum(bytes)
    let masked = (crc >> 15 | crc << 17) &+ 0xA282_EAD8
    return UInt32(truncatingIfNeeded: WireReader.number(checksum)) == masked
  }
}
