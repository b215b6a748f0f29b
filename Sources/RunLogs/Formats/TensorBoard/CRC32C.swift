/// CRC-32C (Castagnoli, RFC 3720 section B.4), which TensorBoard's records carry: by table, four
/// bytes at a time.
enum CRC32C {
  /// For each of four places of a byte in a word, what each value of the byte makes of the sum.
  private static let table: [UInt32] = {
    var table = [UInt32](repeating: 0, count: 1024)
    for byte in 0..<256 {
      var value = UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0x82F6_3B78 : value >> 1 }
      table[byte] = value
    }
    for byte in 0..<256 {
      for slice in 1..<4 {
        let value = table[(slice - 1) * 256 + byte]
        table[slice * 256 + byte] = value >> 8 ^ table[Int(value & 0xFF)]
      }
    }
    return table
  }()

  /// The checksum of bytes.
  static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var value = ~UInt32(0)
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
