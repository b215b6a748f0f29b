/// Cyclic redundancy checks, by table, four bytes at a time.
struct Checksum: Sendable {
  /// CRC-32 of gzip (RFC 1952).
  static let crc32 = Checksum(polynomial: 0xEDB8_8320)
  /// CRC-32C (Castagnoli), which TensorBoard's records carry.
  static let crc32c = Checksum(polynomial: 0x82F6_3B78)

  private let table: [UInt32]

  private init(polynomial: UInt32) {
    var table = [UInt32](repeating: 0, count: 1024)
    for byte in 0..<256 {
      var value = UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ polynomial : value >> 1 }
      table[byte] = value
    }
    for byte in 0..<256 {
      for slice in 1..<4 {
        let value = table[(slice - 1) * 256 + byte]
        table[slice * 256 + byte] = value >> 8 ^ table[Int(value & 0xFF)]
      }
    }
    self.table = table
  }

  /// The checksum of bytes, going on from that of the bytes before them.
  func update(_ previous: UInt32 = 0, _ bytes: ArraySlice<UInt8>) -> UInt32 {
    var value = ~previous
    table.withUnsafeBufferPointer { table in
      bytes.withUnsafeBufferPointer { bytes in
        var at = 0
        while at + 4 <= bytes.count {
          value ^=
            UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2]) << 16
            | UInt32(bytes[at + 3]) << 24
          value =
            table[768 + Int(value & 0xFF)] ^ table[512 + Int(value >> 8 & 0xFF)]
            ^ table[256 + Int(value >> 16 & 0xFF)] ^ table[Int(value >> 24)]
          at += 4
        }
        while at < bytes.count {
          value = value >> 8 ^ table[Int((value ^ UInt32(bytes[at])) & 0xFF)]
          at += 1
        }
      }
    }
    return ~value
  }
}
