import CZlib
import Foundation

/// A PDF taken apart: its streams, decoded, and what stands between them.
///
/// Enough of the format to compare two files that Cairo wrote; no general reader.
struct PDFContent {
  /// What stands between the streams, without lengths and offsets, which follow from them.
  let frame: NumericText
  /// The content of each stream.
  private(set) var streams: [[UInt8]] = []
  private let frameBytes: [UInt8]

  /// The most bytes that all streams may decode to.
  private static let mostBytes = 256 << 20

  /// Nil where it is no PDF or a stream cannot be decoded.
  init?(_ bytes: [UInt8]) {
    guard bytes.starts(with: "%PDF-".utf8) else { return nil }
    let (open, close) = (Array("stream\n".utf8), Array("\nendstream".utf8))
    var frame: [UInt8] = []
    var rest = bytes[...]
    var left = Self.mostBytes
    while let start = rest.firstRange(of: open) {
      frame += rest[..<start.upperBound]
      // Also where nothing stands in the stream.
      let body = rest[(start.upperBound - 1)...]
      guard let end = body.firstRange(of: close) else { return nil }
      let content = body[..<end.lowerBound].dropFirst()
      let dictionary = Self.dictionary(before: start.lowerBound, in: bytes)
      if dictionary.firstRange(of: Array("/FlateDecode".utf8)) != nil {
        guard let decoded = Self.decoded(Array(content), atMost: left) else { return nil }
        streams.append(decoded)
      } else {
        streams.append(Array(content))
      }
      left -= streams[streams.count - 1].count
      rest = rest[end.upperBound...]
    }
    frameBytes = frame + rest
    self.frame = NumericText(Self.withoutLengths(frameBytes))
  }

  private static func dictionary(before end: Int, in bytes: [UInt8]) -> ArraySlice<UInt8> {
    let head = bytes[max(0, end - 2_000)..<end]
    guard let start = head.ranges(of: Array(" obj".utf8)).last?.upperBound else { return head }
    return head[start...]
  }

  /// Without the table of offsets, the lengths of streams and the objects that hold nothing else.
  private static func withoutLengths(_ frame: [UInt8]) -> [UInt8] {
    var lines: [ArraySlice<UInt8>] = []
    var isTable = false
    for line in frame.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if line.elementsEqual("xref".utf8) { isTable = true }
      if line.starts(with: "trailer".utf8) { isTable = false }
      let word = line.drop { $0 == 0x20 }
      let isNumber = !word.isEmpty && word.allSatisfy { (48...57).contains($0) }
      let isLength = word.starts(with: "/Length".utf8) || word.starts(with: "<< /Length".utf8)
      guard !isTable, !isNumber else { continue }
      // `<< /Length 7 0 R` keeps its names, not its numbers.
      lines.append(isLength ? ArraySlice(line.filter { !(48...57).contains($0) }) : line)
    }
    return Array(lines.joined(separator: [UInt8(ascii: "\n")]))
  }

  /// Nil where the bytes are not one zlib stream and nothing more, or decode to too many.
  private static func decoded(_ bytes: [UInt8], atMost most: Int) -> [UInt8]? {
    var stream = z_stream()
    guard
      inflateInit_(&stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { inflateEnd(&stream) }
    var input = bytes
    var result: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    let count = input.count
    return input.withUnsafeMutableBufferPointer { input -> [UInt8]? in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(clamping: count)
      while true {
        let (status, made) = piece.withUnsafeMutableBufferPointer { piece -> (Int32, Int) in
          stream.next_out = piece.baseAddress
          stream.avail_out = UInt32(piece.count)
          let status = inflate(&stream, Z_NO_FLUSH)
          return (status, piece.count - Int(stream.avail_out))
        }
        result += piece[..<made]
        guard result.count <= most else { return nil }
        if status == Z_STREAM_END { return stream.avail_in == 0 ? result : nil }
        guard status == Z_OK else { return nil }
      }
    }
  }

  // MARK: Of another renderer

  /// Whether nothing in it acts, opens or encloses anything.
  var isHarmless: Bool {
    let names = [
      "/JS", "/JavaScript", "/OpenAction", "/AA", "/Launch", "/URI", "/EmbeddedFile", "/RichMedia",
      "/SubmitForm", "/GoToR", "/GoToE", "/ImportData", "/Annots", "/AcroForm", "/XFA", "/Encrypt",
    ]
    return ([frameBytes] + streams.filter { !Self.isBinary($0) }).allSatisfy { bytes in
      !Self.hasDisguisedName(bytes)
        && !names.contains { bytes.firstRange(of: Array($0.utf8)) != nil }
    }
  }

  /// Whether a name is spelt with #xx, by which any other may be meant.
  private static func hasDisguisedName(_ bytes: [UInt8]) -> Bool {
    var isName = false
    for byte in bytes {
      if byte == UInt8(ascii: "/") {
        isName = true
      } else if byte <= 32 || "()<>[]{}%".utf8.contains(byte) {
        isName = false
      } else if isName, byte == UInt8(ascii: "#") {
        return true
      }
    }
    return false
  }

  private static func isBinary(_ bytes: [UInt8]) -> Bool {
    bytes.contains { $0 > 126 || ($0 < 32 && $0 != 9 && $0 != 10 && $0 != 13) }
  }

  /// Whether it has the title, description, keywords and page of another.
  func says(what other: PDFContent) -> Bool {
    func facts(_ content: PDFContent) -> [[UInt8]] {
      ["/Title ", "/Subject ", "/Keywords ", "/MediaBox "].map { key in
        ([content.frameBytes] + content.streams).lazy.compactMap { bytes -> [UInt8]? in
          guard let start = bytes.firstRange(of: Array(key.utf8))?.upperBound else { return nil }
          return bytes[start...].prefix { $0 != 10 && $0 != 13 }.filter { $0 != 32 }
        }.first ?? []
      }
    }
    return facts(self) == facts(other)
  }
}
