import CCairo
import CZlib

/// Writes an image surface as PNG, with the resolution and texts that Cairo leaves out.
///
/// Each row is stored as its difference from the one above, since figures are flat colour with few
/// edges.
struct PNGWriter {
  private let width: Int
  private let height: Int
  private var pixels = FlatPixels()

  init(_ surface: OpaquePointer) throws {
    guard let data = cairo_image_surface_get_data(surface) else {
      throw RenderingError.cairo(operation: "read pixels", message: "the surface has none")
    }
    width = Int(cairo_image_surface_get_width(surface))
    height = Int(cairo_image_surface_get_height(surface))
    let stride = Int(cairo_image_surface_get_stride(surface))
    let blank = [UInt8](repeating: 0, count: stride)
    blank.withUnsafeBytes { blank in
      let bytes = UnsafeRawBufferPointer(start: data, count: stride * height)
      for row in 0..<height {
        let above =
          row == 0
          ? blank
          : UnsafeRawBufferPointer(
            rebasing: bytes[((row - 1) * stride)..<(row * stride)])
        pixels.append(
          UnsafeRawBufferPointer(rebasing: bytes[(row * stride)..<((row + 1) * stride)]),
          above: above, width: width)
      }
    }
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
    bytes += Self.chunk("IDAT", pixels.compressed())
    bytes += Self.chunk("IEND", [])
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
