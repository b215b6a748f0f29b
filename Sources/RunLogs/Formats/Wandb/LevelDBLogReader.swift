import CZlib

/// Cuts a stream into the records of LevelDB's log format (doc/log_format.md), as wandb uses it.
///
/// The file is a row of blocks of 32 KiB; a record that does not fit into what is left of one is
/// continued in the next. wandb puts seven bytes of its own before the first record and takes
/// plain CRC-32 where LevelDB masks CRC-32C.
struct LevelDBLogReader {
  static let blockSize = 1 << 15
  /// Records longer than this are passed over, so that memory stays bounded.
  static let longest = 64 << 20
  static let magic: [UInt8] = [0x3A, 0x57, 0x26, 0x42]

  /// A record, whole, or why there is none.
  enum Record {
    case content([UInt8])
    case damaged
    case cutOff
  }

  private let stream: ByteStream
  private var buffer: [UInt8] = []
  private var position = 0
  /// The offset of `position` in the file.
  private(set) var offset = 0

  /// Passes the header; throws a `Fault` where there is none.
  init(_ stream: ByteStream) throws {
    stream.isText = false
    self.stream = stream
    try need(7)
    guard buffer.count >= 7, buffer.starts(with: Self.magic) else {
      throw Fault("is not a wandb file")
    }
    advance(7)
  }

  /// The next record; nil at the end.
  mutating func next() throws -> Record? {
    var content: [UInt8] = []
    var isInside = false
    while true {
      let left = Self.blockSize - offset % Self.blockSize
      if left < 7 {
        try need(left)
        advance(min(left, buffer.count - position))
        if buffer.count == position, left > 0 { try need(1) }
        if buffer.count == position { return isInside ? .cutOff : nil }
        continue
      }
      try need(7)
      let available = buffer.count - position
      guard available > 0 else { return isInside ? .cutOff : nil }
      guard available >= 7 else { return .cutOff }
      let header = buffer[position..<position + 7]
      let length = Int(WireReader.number(header.dropFirst(4).prefix(2)))
      let kind = header[position + 6]
      // Zeros fill what a writer set aside and did not use.
      guard kind != 0 || length != 0 else {
        try skipBlock()
        continue
      }
      guard length <= left - 7, (1...4).contains(kind) else {
        try skipBlock()
        return .damaged
      }
      try need(7 + length)
      guard buffer.count - position >= 7 + length else { return .cutOff }
      let part = buffer[position + 6..<position + 7 + length]
      let checksum = UInt32(
        truncatingIfNeeded: WireReader.number(buffer[position..<position + 4]))
      let isValid =
        part.withUnsafeBufferPointer {
          crc32(0, $0.baseAddress, UInt32(clamping: $0.count))
        } == UInt(checksum)
      advance(7 + length)
      guard isValid, content.count + length <= Self.longest, isInside == (kind >= 3) else {
        return .damaged
      }
      content += part.dropFirst()
      if kind == 1 || kind == 4 { return .content(content) }
      isInside = true
    }
  }

  private mutating func advance(_ count: Int) {
    position += count
    offset += count
  }

  /// Passes what is left of a block.
  private mutating func skipBlock() throws {
    let left = Self.blockSize - offset % Self.blockSize
    try need(left)
    advance(min(left, buffer.count - position))
  }

  private mutating func need(_ count: Int) throws {
    guard buffer.count - position < count else { return }
    buffer.removeFirst(position)
    position = 0
    while buffer.count < count, try stream.nextChunk({ buffer += $0 }) {}
  }
}
