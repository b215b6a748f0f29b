import Foundation

/// A TensorBoard event file of scalars, as `SummaryWriter` writes it.
///
/// Records are framed as length, masked CRC-32C of it, content, masked CRC-32C of that; the content
/// is an `Event` message (tensorflow/core/util/event.proto).
enum EventFile {
  static func bytes(steps: Int, _ loss: (Int) -> Double) -> Data {
    var bytes: [UInt8] = []
    for step in 1...steps {
      append(step, "tokens", Float(step * 1_024), to: &bytes)
      append(step, "val_loss", Float(loss(step)), to: &bytes)
    }
    return Data(bytes)
  }

  private static func append(
    _ step: Int, _ tag: String, _ value: Float, to bytes: inout [UInt8]
  ) {
    // Summary.Value: tag (1), simple_value (2); Summary: value (1); Event: wall_time (1), step (2),
    // summary (5). All lengths here are below 128 and take one byte.
    let scalar = [0x0A, UInt8(tag.utf8.count)] + tag.utf8 + [0x15] + little(value.bitPattern)
    let summary = [0x0A, UInt8(scalar.count)] + scalar
    let time = 1_700_000_000 + Double(step)
    let event =
      [0x09] + little(time.bitPattern) + [0x10] + varint(step) + [0x2A, UInt8(summary.count)]
      + summary
    let length = little(UInt64(event.count))
    bytes += length + masked(length) + event + masked(event)
  }

  private static func little(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian, Array.init)
  }

  private static func varint(_ value: Int) -> [UInt8] {
    var (rest, bytes) = (value, [UInt8]())
    while rest >= 128 {
      bytes.append(UInt8(rest & 127) | 128)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0x82F6_3B78 : crc >> 1 }
  }

  private static func masked(_ bytes: [UInt8]) -> [UInt8] {
    let crc = ~bytes.reduce(0xFFFF_FFFF as UInt32) {
      $0 >> 8 ^ table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)]
    }
    return little((crc >> 15 | crc << 17) &+ 0xA282_EAD8)
  }
}
