/// Cairo's PNG, completed with the resolution and texts that Cairo leaves out.
struct PNGDocument {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Signature (8 bytes) and the header chunk (25), which must come first.
  private static let headerLength = 33

  func annotated(with metadata: FigureMetadata, pixelsPerInch: Double) -> [UInt8] {
    guard bytes.count > PNGDocument.headerLength else { return bytes }
    let perMetre = UInt32((pixelsPerInch / 0.0254).rounded())
    var chunks = PNGDocument.chunk(
      "pHYs", perMetre.bigEndianBytes + perMetre.bigEndianBytes + [1])
    var texts = [("Title", metadata.title), ("Description", metadata.description)]
    texts += metadata.properties.map { ($0.key, $0.value) }
    for (key, value) in texts where !value.isEmpty {
      chunks += PNGDocument.text(key, value)
    }
    return bytes[..<PNGDocument.headerLength] + chunks + bytes[PNGDocument.headerLength...]
  }

  /// A tEXt chunk where Latin-1 can hold the value, else an iTXt chunk (UTF-8).
  private static func text(_ key: String, _ value: String) -> [UInt8] {
    let keyword = latin1(key.withoutControls).map { Array($0.prefix(79)) } ?? []
    guard !keyword.isEmpty else { return [] }
    if let plain = latin1(value.withoutNulls) { return chunk("tEXt", keyword + [0] + plain) }
    // After the keyword: uncompressed, no language, no translated keyword.
    return chunk("iTXt", keyword + [0, 0, 0, 0, 0] + Array(value.withoutNulls.utf8))
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
    return UInt32(clamping: data.count).bigEndianBytes + content + crc(content).bigEndianBytes
  }

  private static let crcTable: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { crc, _ in
      crc & 1 == 1 ? 0xEDB8_8320 ^ (crc >> 1) : crc >> 1
    }
  }

  /// The checksum of PNG, ISO 3309.
  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { crc, byte in
      crcTable[Int((crc ^ UInt32(byte)) & 0xFF)] ^ (crc >> 8)
    }
  }
}

extension UInt32 {
  fileprivate var bigEndianBytes: [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: self >> $0) }
  }
}

extension String {
  fileprivate var withoutNulls: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0.value == 0 ? " " : $0 }))
  }
}
