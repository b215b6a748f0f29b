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

  private let stream: ByteStream
  private var buffer: [UInt8] = []
  private var position = 0
  /// The offset of the record that is returned, from the file's start.
  private(set) var offset = 0
  private var nextOffset = 0

  init(_ stream: ByteStream) {
    stream.isText = false
    self.stream = stream
  }

  /// The next record; nil at the end.
  mutating func next() throws -> Record? {
    offset = nextOffset
    try need(12)
    let available = buffer.count - position
    guard available > 0 else { return nil }
    guard available >= 12 else { return .cutOff }
    let header = buffer[position..<position + 12]
    guard Self.isValid(header.prefix(8), checksum: header.suffix(4)) else { return .lost }
    let length64 = WireReader.number(header.prefix(8))
    guard length64 <= UInt64(Int32.max) else { return .lost }
    let length = Int(length64)
    position += 12
    nextOffset = offset + length + 16
    if length > Self.longest { return try skip(length + 4) ? .damaged : .cutOff }
    try need(length + 4)
    guard buffer.count - position >= length + 4 else { return .cutOff }
    let content = buffer[position..<position + length]
    let checksum = buffer[position + length..<position + length + 4]
    position += length + 4
    return Self.isValid(content, checksum: checksum) ? .content(content) : .damaged
  }

  /// Reads on until so many bytes are there, or the file ends.
  private mutating func need(_ count: Int) throws {
    guard buffer.count - position < count else { return }
    buffer.removeFirst(position)
    position = 0
    while buffer.count < count, try stream.nextChunk({ buffer += $0 }) {}
  }

  private mutating func skip(_ count: Int) throws -> Bool {
    var left = count
    while true {
      let step = min(left, buffer.count - position)
      position += step
      left -= step
      if left == 0 { return true }
      buffer = []
      position = 0
      guard try stream.nextChunk({ buffer += $0 }) else { return false }
    }
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
