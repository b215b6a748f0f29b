/// Bytes in gzip without compression (RFC 1951, section 3.2.4), apart from the program's zlib.
func storedGzip(_ bytes: [UInt8]) -> [UInt8] {
  func little(_ value: UInt32, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }
  var crc: UInt32 = 0xFFFF_FFFF
  for byte in bytes {
    crc ^= UInt32(byte)
    for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
  }
  var result: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
  var at = 0
  repeat {
    let count = min(bytes.count - at, 65_535)
    result.append(at + count == bytes.count ? 1 : 0)
    result += little(UInt32(count), 2) + little(UInt32(65_535 - count), 2)
    result += bytes[at..<at + count]
    at += count
  } while at < bytes.count
  return result + little(~crc, 4) + little(UInt32(bytes.count), 4)
}
