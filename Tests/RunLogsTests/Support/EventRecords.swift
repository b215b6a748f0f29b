import RunLogs

/// TFRecord files for tests: cut into records, and framed with right checksums.
enum EventRecords {
  static func cut(_ bytes: [UInt8]) -> [[UInt8]] {
    var records: [[UInt8]] = []
    var at = 0
    while at + 16 <= bytes.count {
      let length = bytes[at..<at + 8].reversed().reduce(0) { $0 << 8 | Int($1) }
      guard length >= 0, at + 16 + length <= bytes.count else { break }
      records.append(Array(bytes[at + 12..<at + 12 + length]))
      at += 16 + length
    }
    return records
  }

  static func framed(_ content: [UInt8]) -> [UInt8] {
    let length = (0..<8).map { UInt8(truncatingIfNeeded: content.count >> ($0 * 8)) }
    return length + masked(length) + content + masked(content)
  }

  /// CRC-32C bit by bit, as the polynomial says, apart from the program's tables.
  static func masked(_ bytes: [UInt8]) -> [UInt8] {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0x82F6_3B78 : crc >> 1 }
    }
    crc = ~crc
    let masked = (crc >> 15 | crc << 17) &+ 0xA282_EAD8
    return (0..<4).map { UInt8(truncatingIfNeeded: masked >> ($0 * 8)) }
  }
}
