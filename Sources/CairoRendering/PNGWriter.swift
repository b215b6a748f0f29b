import CCairo
import CZlib
import Foundation

/// Writes an image surface as PNG, with the resolution and texts that Cairo leaves out.
///
/// Rows are stored as their differences from the row above (filter 2 of the PNG specification):
/// figures are flat colour with few edges, so that most of what is left is zeros.
struct PNGWriter {
  private let width: Int
  private let height: Int
  /// A 2 for the filter and the row's red, green and blue bytes less those above, row after row.
  private let rows: [UInt8]

  /// Higher levels take longer for little.
  private static let compressionLevel: Int32 = 2

  init(_ surface: OpaquePointer) throws {
    guard let data = cairo_image_surface_get_data(surface) else {
      throw RenderingError.cairo(operation: "read pixels", message: "the surface has none")
    }
    let (width, height) = (
      Int(cairo_image_surface_get_width(surface)), Int(cairo_image_surface_get_height(surface))
    )
    let stride = Int(cairo_image_surface_get_stride(surface))
    let pixels = UnsafeRawPointer(data)
    rows = [UInt8](unsafeUninitializedCapacity: height * (1 + 3 * width)) { bytes, count in
      var target = 0
      for row in 0..<height {
        bytes[target] = 2
        target += 1
        let start = pixels + row * stride
        if row > 0, memcmp(start, start - stride, 4 * width) == 0 {
          bytes[target..<target + 3 * width].initialize(repeating: 0)
          target += 3 * width
          continue
        }
        for column in 0..<width {
          let place = 4 * column
          // A pixel is a 32-bit number in the machine's byte order, blue lowest.
          let pixel = start.load(fromByteOffset: place, as: UInt32.self)
          let above = row == 0 ? 0 : start.load(fromByteOffset: place - stride, as: UInt32.self)
          func difference(_ shift: UInt32) -> UInt8 {
            UInt8(truncatingIfNeeded: pixel >> shift) &- UInt8(truncatingIfNeeded: above >> shift)
          }
          bytes[target] = difference(16)
          bytes[target + 1] = difference(8)
          bytes[target + 2] = difference(0)
          target += 3
        }
      }
      count = target
    }
    self.width = width
    self.height = height
  }

  func document(_ metadata: FigureMetadata, pixelsPerInch: Double) throws -> [UInt8] {
    var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let size = UInt32(width).bigEndianBytes + UInt32(height).bigEndianBytes
    // Eight bits a component, red green blue, and the only methods there are.
    bytes += Self.chunk("IHDR", size + [8, 2, 0, 0, 0])
    let perMetre = UInt32((pixelsPerInch / 0.0254).rounded()).bigEndianBytes
    bytes += Self.chunk("pHYs", perMetre + perMetre + [1])
    var texts = [("Title", metadata.title), ("Description", metadata.description)]
    texts += metadata.properties.map { ($0.key, $0.value) }
    for (key, value) in texts where !value.isEmpty { bytes += Self.text(key, value) }
    bytes += Self.chunk("IDAT", try compressed())
    bytes += Self.chunk("IEND", [])
    return bytes
  }

  private func compressed() throws -> [UInt8] {
    let bound = compressBound(UInt(rows.count))
    var status: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(bound)) { target, count in
      var length = bound
      status = compress2(
        target.baseAddress, &length, rows, UInt(rows.count), Self.compressionLevel)
      count = status == 0 ? Int(length) : 0
    }
    guard status == 0 else {
      throw RenderingError.cairo(operation: "compress a PNG", message: "zlib error \(status)")
    }
    return bytes
  }

  /// A tEXt chunk where Latin-1 can hold the value, else an iTXt chunk (UTF-8).
  private static func text(_ key: String, _ value: String) -> [UInt8] {
    let keyword = latin1(key.withoutControls).map { Array($0.prefix(79)) } ?? []
    guard !keyword.isEmpty else { return [] }
    if let plain = latin1(value.withoutControls) { return chunk("tEXt", keyword + [0] + plain) }
    // After the keyword: uncompressed, no language, no translated keyword.
    return chunk("iTXt", keyword + [0, 0, 0, 0, 0] + Array(value.withoutControls.utf8))
  }

  private static func latin1(_ text: String) -> [UInt8]? {
    var result: [UInt8] = []
    for scalar in text.unicodeScalars {
      guard let byte = UInt8(exactly: scalar.value) else { return nil }
      result.append(byte)
    }
    return result
  }

  private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let content = Array(type.utf8) + data
    let checksum = UInt32(truncatingIfNeeded: crc32(0, content, UInt32(clamping: content.count)))
    return UInt32(clamping: data.count).bigEndianBytes + content + checksum.bigEndianBytes
  }
}

extension UInt32 {
  fileprivate var bigEndianBytes: [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: self >> $0) }
  }
}
