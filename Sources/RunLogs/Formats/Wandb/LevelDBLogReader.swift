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

  private var window: ByteWindow

  /// Passes the header; throws where there is none.
  init(_ stream: ByteStream) throws {
    window = ByteWindow(stream)
    guard try window.available(7) == 7, window.next(7).starts(with: Self.magic) else {
      throw Fault("is not a wandb file")
    }
    window.pass(7)
  }

  /// The next record; nil at the end.
  mutating func next() throws -> Record? {
    var content: [UInt8] = []
    var isInside = false
    while true {
      let left = Self.blockSize - window.offset % Self.blockSize
      if left < 7 { _ = try window.skip(left) }
      let available = try window.available(7)
      guard available > 0 else { return isInside ? .cutOff : nil }
      guard left >= 7 else { continue }
      guard available == 7 else { return .cutOff }
      let header = window.next(7)
      let length = Int(WireReader.number(header.dropFirst(4).prefix(2)))
      let kind = header.last ?? 0
      // Zeros fill what a writer set aside and did not use.
      guard kind != 0 || length != 0 else {
        _ = try window.skip(left)
        continue
      }
      guard length <= left - 7, (1...4).contains(kind) else {
        _ = try window.skip(left)
        return .damaged
      }
      guard try window.available(7 + length) == 7 + length else { return .cutOff }
      let record = window.next(7 + length)
      window.pass(7 + length)
      let part = record.dropFirst(6)
      let isValid =
        part.withUnsafeBufferPointer {
          crc32(0, $0.baseAddress, UInt32(clamping: $0.count))
        } == UInt(WireReader.number(record.prefix(4)))
      guard isValid, content.count + length <= Self.longest, isInside == (kind >= 3) else {
        return .damaged
      }
      content += part.dropFirst()
      if kind == 1 || kind == 4 { return .content(content) }
      isInside = true
    }
  }
}
