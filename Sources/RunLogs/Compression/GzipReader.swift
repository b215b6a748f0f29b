/// Decompresses gzip (RFC 1952), several members one after the other included.
struct GzipReader {
  private var inflater: Inflater?
  private var bits: BitSource
  private var checksum: UInt32 = 0
  private var size: UInt32 = 0

  /// The bytes with which a gzip file of the only method, Deflate, starts.
  static let magic: [UInt8] = [0x1F, 0x8B, 0x08]

  init(_ bits: BitSource) {
    self.bits = bits
  }

  /// The next piece; nil at the end. Throws a `LogFault` where the data are damaged.
  mutating func next(about size: Int) throws -> ArraySlice<UInt8>? {
    while true {
      if inflater == nil {
        guard try readHeader() else { return nil }
        inflater = Inflater(bits)
        checksum = 0
        self.size = 0
      }
      guard let piece = try inflater?.next(about: size) else { return nil }
      if !piece.isEmpty {
        checksum = Checksum.crc32.update(checksum, piece)
        self.size &+= UInt32(truncatingIfNeeded: piece.count)
        return piece
      }
      if let finished = inflater { bits = finished.bits }
      inflater = nil
      try readTrailer()
    }
  }

  /// Reads a member's header; false at the end of the file.
  private mutating func readHeader() throws -> Bool {
    guard let first = try bits.byte() else { return false }
    var header = [first]
    while header.count < 10 {
      guard let byte = try bits.byte() else { break }
      header.append(byte)
    }
    // Padding with zeros after the last member is common on tapes and is passed over.
    if header.allSatisfy({ $0 == 0 }) {
      while let byte = try bits.byte() {
        guard byte == 0 else { throw LogFault("there is more after the compressed data") }
      }
      return false
    }
    guard header.starts(with: Self.magic) else {
      throw LogFault("there is more after the compressed data")
    }
    guard header.count == 10 else { throw BitSource.cutOff }
    let flags = header[3]
    if flags & 4 != 0 {
      let length = try bits.take(16)
      for _ in 0..<length { _ = try bits.take(8) }
    }
    for flag in [UInt8(8), 16] where flags & flag != 0 {
      while try bits.take(8) != 0 {}
    }
    if flags & 2 != 0 { _ = try bits.take(16) }
    return true
  }

  private mutating func readTrailer() throws {
    bits.skipToByte()
    let expected = UInt32(try bits.take(16)) | UInt32(try bits.take(16)) << 16
    let length = UInt32(try bits.take(16)) | UInt32(try bits.take(16)) << 16
    guard expected == checksum, length == size else {
      throw LogFault(
        "the checksum of the compressed data is wrong", fix: "copy the file again")
    }
  }
}
