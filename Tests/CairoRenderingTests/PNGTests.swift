import CZlib
import CairoRendering
import Plotting
import Testing

@Suite struct PNGTests {
  private struct Chunk {
    var type: String
    var data: [UInt8]
    var isIntact: Bool
  }

  /// The chunks of a PNG, each checked against its checksum.
  private func chunks(_ bytes: [UInt8]) -> [Chunk] {
    func number(_ at: Int) -> Int {
      bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    var result: [Chunk] = []
    var at = 8
    while at + 12 <= bytes.count {
      let length = number(at)
      let content = bytes[at + 4..<at + 8 + length]
      var crc: UInt32 = .max
      for byte in content {
        crc ^= UInt32(byte)
        for _ in 0..<8 { crc = crc & 1 == 1 ? 0xEDB8_8320 ^ (crc >> 1) : crc >> 1 }
      }
      result.append(
        Chunk(
          type: String(decoding: content.prefix(4), as: UTF8.self),
          data: Array(content.dropFirst(4)),
          isIntact: number(at + 8 + length) == Int(~crc)))
      at += 12 + length
    }
    return result
  }

  @Test func chunksAreIntactAndInOrder() throws {
    let bytes = try Sample.bytes(.png, Sample.renderer())
    #expect(bytes.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    let all = chunks(bytes)
    #expect(all.allSatisfy { $0.isIntact })
    #expect(all.first?.type == "IHDR" && all.last?.type == "IEND")
  }

  @Test func resolutionIsThreeHundredPerInch() throws {
    let all = chunks(try Sample.bytes(.png, Sample.renderer()))
    let physical = all.filter { $0.type == "pHYs" }
    #expect(physical.map(\.data) == [[0, 0, 0x2E, 0x23, 0, 0, 0x2E, 0x23, 1]])
    #expect(all.first?.data.prefix(4) == [0, 0, 3, 0xCF], "3.25 inches are 975 pixels")
  }

  @Test func textsAreInLatin1OrUnicode() throws {
    let all = chunks(try Sample.bytes(.png, Sample.renderer()))
    let plain = all.filter { $0.type == "tEXt" }.map { String(decoding: $0.data, as: UTF8.self) }
    #expect(plain.contains("Title\u{0}Loss <against> size & \"more\""))
    #expect(plain.contains("digest\u{0}0123abcd"))
    let unicode = all.filter { $0.type == "iTXt" }
    #expect(
      unicode.map { String(decoding: $0.data, as: UTF8.self) }
        == ["Description\u{0}\u{0}\u{0}\u{0}\u{0}\(Sample.metadata.description)"])
  }

  @Test func pixelsSurviveAndTheGroundIsWhite() throws {
    let image = try PixelImage(png: Sample.bytes(.png, Sample.renderer()))
    #expect(image.width == 975 && image.components.count == 975 * image.height * 3)
    #expect(image.components.prefix(3) == [255, 255, 255])
    #expect(image.components.contains { $0 < 60 })
  }

  /// Runs of every length, of one colour and of changing ones, above others of the same and of other
  /// lengths, and no runs at all: what the writer's own compression must tell apart.
  @Test func everyPixelSurvives() throws {
    let (width, height) = (611, 40)
    let colors: [(UInt8, UInt8, UInt8)] = [
      (0, 0, 0), (255, 255, 255), (255, 0, 0), (1, 2, 3), (1, 2, 4), (127, 128, 129), (128, 0, 255),
    ]
    var expected: [UInt8] = []
    var elements: [SceneElement] = []
    for row in 0..<height {
      var column = 0
      while column < width {
        let length = row % 4 == 3 ? 1 : min(1 + (column * 7 + row * row * 31) % 311, width - column)
        let (red, green, blue) = colors[(column * 5 + row / 2) % colors.count]
        for _ in 0..<length { expected += [red, green, blue] }
        let color = Color(
          red: Double(red) / 255, green: Double(green) / 255, blue: Double(blue) / 255)
        let place = Rect(
          x: Double(column), y: Double(row), width: Double(length), height: 1)
        elements.append(.path(Path(place), fill: color, stroke: nil))
        column += length
      }
    }
    let scene = Scene(
      size: Size(width: Double(width), height: Double(height)), elements: elements)
    let bytes = try Sample.renderer().png(
      scene, FigureMetadata(title: "runs"), pixelsPerInch: 72)
    #expect(try PixelImage(png: bytes).components == expected)

    let data = chunks(bytes).filter { $0.type == "IDAT" }.flatMap(\.data)
    var count = UInt(height * (1 + 3 * width))
    var raw = [UInt8](repeating: 0, count: Int(count))
    #expect(uncompress(&raw, &count, data, UInt(data.count)) == 0, "zlib checks code and checksum")
    #expect(Int(count) == raw.count)
  }

  @Test func theWorstTileIsFound() throws {
    let renderer = try Sample.renderer()
    func image(_ square: Rect) throws -> PixelImage {
      let scene = Scene(
        size: Size(width: 48, height: 48),
        elements: [.path(Path(square), fill: .black, stroke: nil)])
      return try PixelImage(
        png: renderer.render(scene, as: .png, metadata: FigureMetadata(title: "square")))
    }
    let a = try image(Rect(x: 0, y: 0, width: 6, height: 6))
    let b = try image(Rect(x: 30, y: 36, width: 6, height: 6))
    #expect(a.worstTile(comparedWith: a)?.distance == 0)
    let both = try #require(a.worstTile(comparedWith: b))
    #expect(both.distance > 0.9)
    #expect(both.column == 0 && both.row == 0 || both.column >= 120 && both.row >= 144)
    #expect(throws: RenderingError.self) { try PixelImage(png: Array("not a PNG".utf8)) }
    #expect(throws: RenderingError.self) { try PixelImage(png: []) }
  }
}
