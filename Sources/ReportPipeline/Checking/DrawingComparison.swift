import CairoRendering
import Foundation

/// Compares the files of figures: what they show, and what else they hold.
struct DrawingComparison {
  /// The digests of the manifests, which stand in the files.
  var oldDigest: String
  var newDigest: String
  /// Whether the committed report says that another version of Cairo, FreeType or the font drew it.
  var isOtherRenderer: Bool

  // MARK: PNG

  func compare(png old: Data, _ new: Data) -> [Difference.Finding] {
    guard let before = PNGChunks(old), let after = PNGChunks(new) else {
      return [.init(.pixels, "the committed file is not a readable PNG")]
    }
    // Before any pixel is: a header may ask for gigabytes.
    guard before.size == after.size else {
      return [
        .change(
          .pixels, at: "size", from: "\(before.size.width) × \(before.size.height)",
          to: "\(after.size.width) × \(after.size.height)")
      ]
    }
    guard let oldImage = try? PixelImage(png: Array(old)),
      let newImage = try? PixelImage(png: Array(new)),
      let worst = oldImage.worstTile(comparedWith: newImage)
    else { return [.init(.pixels, "the committed file is not a readable PNG")] }
    if worst.distance > Tolerance.tile {
      return [
        .init(
          .pixels,
          "worst tile at column \(worst.column), row \(worst.row): distance "
            + "\(NumberText.significant(worst.distance, 2)), above \(Tolerance.tile)")
      ]
    }
    guard !before.hasTail else { return [.init(.files, "bytes follow the end of the PNG")] }
    let texts = (before.others.map(without(oldDigest)), after.others.map(without(newDigest)))
    return texts.0 == texts.1 ? [] : [.init(.text, "what the PNG holds beside its pixels differs")]
  }

  // MARK: SVG

  /// Elements, attributes and text must be the same, coordinates nearly.
  func compare(svg old: Data, _ new: Data) -> [Difference.Finding] {
    let before = NumericText(plain(Array(old), oldDigest), .drawing)
    let after = NumericText(plain(Array(new), newDigest), .drawing)
    guard before.words == after.words else {
      return [.init(.text, "its elements, attributes or text differ")]
    }
    let isSame = isOtherRenderer ? Tolerance.isNearCoordinate : Tolerance.isSameCoordinate
    return before.agrees(with: after, isSame)
      ? [] : [.init(.pixels, "its coordinates differ")]
  }

  /// An SVG without its digest, the prefix of its ids, which follows from all coordinates, and,
  /// where another font may have drawn it, the outlines of its characters.
  private func plain(_ svg: [UInt8], _ digest: String) -> [UInt8] {
    var bytes = without(digest)(svg)
    let head = Array("aria-labelledby=\"".utf8)
    if let start = bytes.firstRange(of: head)?.upperBound {
      let prefix = Array(bytes[start...].prefix(10))
      let hexadecimal = Set("0123456789abcdef".utf8)
      if prefix.first == UInt8(ascii: "f"), prefix.last == UInt8(ascii: "-"), prefix.count == 10,
        prefix.dropFirst().dropLast().allSatisfy(hexadecimal.contains)
      {
        bytes = bytes.replacing(prefix, with: Array("f-".utf8))
      }
    }
    guard isOtherRenderer else { return bytes }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return Array(
      lines.map { line in
        String(validating: line, as: UTF8.self)?.wholeMatch(of: Self.outline) == nil
          ? Array(line) : Array("outline".utf8)
      }.joined(separator: [UInt8(ascii: "\n")]))
  }

  private static var outline: Regex<Substring> { /<path id="f-[0-9]+" d="[MLCZ0-9 .-]*"\/>/ }

  // MARK: PDF

  /// The same objects with the same content: streams are decoded, coordinates compared nearly.
  func compare(pdf old: Data, _ new: Data) -> [Difference.Finding] {
    guard let before = PDFContent(without(oldDigest)(Array(old))),
      let after = PDFContent(without(newDigest)(Array(new)))
    else { return [.init(.pixels, "the committed file is not a readable PDF")] }
    if isOtherRenderer {
      return before.isHarmless && before.says(what: after)
        ? [] : [.init(.text, "it does or says what the report's own does not")]
    }
    guard before.frame.agrees(with: after.frame, Tolerance.isSameCoordinate) else {
      return [.init(.text, "its objects differ")]
    }
    for (number, pair) in zip(before.streams, after.streams).enumerated() where pair.0 != pair.1 {
      guard NumericText(pair.0).agrees(with: NumericText(pair.1), Tolerance.isSameCoordinate) else {
        return [.init(.pixels, "its stream \(number + 1) differs")]
      }
    }
    return before.streams.count == after.streams.count ? [] : [.init(.text, "its objects differ")]
  }

  private func without(_ digest: String) -> ([UInt8]) -> [UInt8] {
    let digits = Array(digest.utf8)
    return { bytes in digits.isEmpty ? bytes : bytes.replacing(digits, with: []) }
  }
}

/// A PNG apart from its pixels.
private struct PNGChunks {
  var size: (width: UInt32, height: UInt32)
  /// Every chunk but the pixels', with its type.
  var others: [[UInt8]] = []
  /// Whether bytes follow the last chunk.
  var hasTail: Bool

  init?(_ data: Data) {
    let bytes = Array(data)
    func number(at index: Int) -> UInt32 {
      bytes[index..<index + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
    guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else { return nil }
    var index = 8
    var type: [UInt8] = []
    while index + 12 <= bytes.count, type != Array("IEND".utf8) {
      let length = Int(number(at: index))
      guard length <= bytes.count - index - 12 else { return nil }
      type = Array(bytes[index + 4..<index + 8])
      if type != Array("IDAT".utf8) { others.append(Array(bytes[index + 4..<index + 8 + length])) }
      index += length + 12
    }
    guard type == Array("IEND".utf8), let header = others.first, header.count == 17,
      header.starts(with: "IHDR".utf8)
    else { return nil }
    size = (number(at: 16), number(at: 20))
    hasTail = index < bytes.count
  }
}
