import Plotting

/// Writes a scene as SVG, with each character's outline stored once.
///
/// Cairo's own SVG surface stores a character again for every size and direction and numbers its
/// ids by all surfaces that the process has made; ten times larger files would depend on what
/// was drawn before. The outlines are Cairo's, so that the three formats look alike.
///
/// Ids carry a prefix made from the content, so that several figures can stand in one web page.
struct SVGWriter {
  private let scene: Scene
  private let glyphs: [GlyphKey: (index: Int, advance: Double)]
  private let outlines: [GlyphOutline]
  /// Shapes that occur several times, such as markers, with their place among the definitions.
  private let shapes: [SVGShape: Int]

  init(_ scene: Scene, fonts: FontSet) throws {
    self.scene = scene
    var keys: [GlyphKey] = []
    var seen: Set<GlyphKey> = []
    for case .text(let text) in scene.elements {
      for scalar in text.string.unicodeScalars {
        let key = GlyphKey(scalar, text.font)
        if seen.insert(key).inserted { keys.append(key) }
      }
    }
    outlines = try fonts.outlines(of: keys)
    glyphs = Dictionary(
      uniqueKeysWithValues: zip(keys.indices, outlines).map {
        (keys[$0], (index: $0, advance: $1.advance))
      })
    shapes = SVGWriter.repeated(scene.elements)
  }

  /// The shapes that are worth a definition, numbered in order of their first appearance.
  private static func repeated(_ elements: [SceneElement]) -> [SVGShape: Int] {
    var counts: [SVGShape: Int] = [:]
    var order: [SVGShape] = []
    for case .path(let path, let fill, let stroke) in elements {
      guard let (shape, _) = SVGShape.split(path, fill, stroke) else { continue }
      counts[shape, default: 0] += 1
      if counts[shape] == 3 { order.append(shape) }
    }
    return Dictionary(uniqueKeysWithValues: zip(order, order.indices))
  }

  func document(_ metadata: FigureMetadata) -> [UInt8] {
    let parts = body.utf8.split(separator: SVGWriter.prefixMark, omittingEmptySubsequences: false)
    let prefix = "f" + SVGWriter.shortHash(parts.joined()) + "-"
    return Array(head(metadata, prefix: prefix).utf8) + parts.joined(separator: prefix.utf8)
      + "</svg>\n".utf8
  }

  // MARK: Parts

  private func head(_ metadata: FigureMetadata, prefix: String) -> String {
    let (width, height) = (number(scene.size.width, 3), number(scene.size.height, 3))
    var labels = "\(prefix)title"
    var texts = "<title id=\"\(prefix)title\">\(escaped(metadata.title))</title>\n"
    if !metadata.description.isEmpty {
      labels += " \(prefix)desc"
      texts += "<desc id=\"\(prefix)desc\">\(escaped(metadata.description))</desc>\n"
    }
    if !metadata.properties.isEmpty {
      let items = metadata.properties.map { "\($0.key)=\($0.value)" }
      texts += "<metadata>\(escaped(items.joined(separator: "; ")))</metadata>\n"
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" \
      version="1.1" width="\(width)pt" height="\(height)pt" viewBox="0 0 \(width) \(height)" \
      role="img" aria-labelledby="\(labels)">
      \(texts)
      """
  }

  /// Stands in the body where its prefix does, which follows from the rest of it.
  private static let prefixMark: UInt8 = 1

  private var body: String {
    let prefix = String(UnicodeScalar(SVGWriter.prefixMark))
    var body = ""
    if !shapes.isEmpty || outlines.contains(where: { !$0.path.segments.isEmpty }) {
      body += "<defs>\n"
      for (shape, index) in shapes.sorted(by: { $0.value < $1.value }) {
        write(shape.path, shape.fill, shape.stroke, id: "\(prefix)s\(index)", to: &body)
      }
      for (index, outline) in outlines.enumerated() where !outline.path.segments.isEmpty {
        body += "<path id=\"\(prefix)\(index)\" d=\"\(data(outline.path, decimals: 0))\"/>\n"
      }
      body += "</defs>\n"
    }
    let size = scene.size
    body += "<rect width=\"\(number(size.width, 3))\" height=\"\(number(size.height, 3))\""
    body += " fill=\"#fff\"/>\n<g stroke-linejoin=\"round\">\n"
    for element in scene.elements {
      switch element {
      case .path(let path, let fill, let stroke):
        if let (shape, place) = SVGShape.split(path, fill, stroke), let index = shapes[shape] {
          body += "<use xlink:href=\"#\(prefix)s\(index)\""
          body += " x=\"\(number(place.x, 2))\" y=\"\(number(place.y, 2))\"/>\n"
        } else {
          write(path, fill, stroke, to: &body)
        }
      case .text(let text): write(text, prefix: prefix, to: &body)
      }
    }
    return body + "</g>\n"
  }

  private func write(
    _ path: Path, _ fill: Color?, _ stroke: Stroke?, id: String? = nil, to body: inout String
  ) {
    body += "<path" + (id.map { " id=\"\($0)\"" } ?? "")
    body += " d=\"\(data(path, decimals: 2))\""
    body += fill.map { paint("fill", $0) } ?? " fill=\"none\""
    if let stroke {
      body += paint("stroke", stroke.color) + " stroke-width=\"\(number(stroke.width, 3))\""
      if !stroke.dash.isEmpty {
        let dash = stroke.dash.map { number($0, 3) }.joined(separator: " ")
        body += " stroke-dasharray=\"\(dash)\""
      }
      if stroke.cap == .round { body += " stroke-linecap=\"round\"" }
    }
    body += "/>\n"
  }

  private func write(_ text: PlacedText, prefix: String, to body: inout String) {
    let scale = text.font.size / GlyphOutline.unitsPerEm
    var uses = ""
    var x = 0.0
    for scalar in text.string.unicodeScalars {
      guard let glyph = glyphs[GlyphKey(scalar, text.font)] else { continue }
      if !outlines[glyph.index].path.segments.isEmpty {
        let shift = x == 0 ? "" : " x=\"\(number(x, 0))\""
        uses += "<use xlink:href=\"#\(prefix)\(glyph.index)\"\(shift)/>"
      }
      x += glyph.advance
    }
    guard !uses.isEmpty else { return }
    var transform = "translate(\(number(text.origin.x, 2)) \(number(text.origin.y, 2)))"
    if text.angle != 0 { transform += " rotate(\(number(text.angle * 180 / .pi, 3)))" }
    transform += " scale(\(number(scale, 6)))"
    if text.halo > 0 {
      let width = number(2 * text.halo / scale, 0)
      body += "<g transform=\"\(transform)\" fill=\"none\" stroke=\"#fff\""
      body += " stroke-width=\"\(width)\">\(uses)</g>\n"
    }
    body += "<g transform=\"\(transform)\"\(paint("fill", text.color))>\(uses)</g>\n"
  }

  // MARK: Attributes

  private func paint(_ attribute: String, _ color: Color) -> String {
    let parts = [color.red, color.green, color.blue].map { component -> String in
      let level = UInt8(min(max((component * 255).rounded(), 0), 255))
      return (level < 16 ? "0" : "") + String(level, radix: 16)
    }
    let opacity = color.alpha < 1 ? " \(attribute)-opacity=\"\(number(color.alpha, 3))\"" : ""
    return " \(attribute)=\"#\(parts.joined())\"\(opacity)"
  }

  private func data(_ path: Path, decimals: Int) -> String {
    func write(_ point: Point) -> String {
      let x = number(point.x, decimals)
      let y = number(point.y, decimals)
      return y.hasPrefix("-") ? x + y : x + " " + y
    }
    return path.segments.map { segment in
      switch segment {
      case .move(let point): "M" + write(point)
      case .line(let point): "L" + write(point)
      case .curve(let a, let b, let c): "C\(write(a)) \(write(b)) \(write(c))"
      case .close: "Z"
      }
    }.joined()
  }

  /// A decimal without trailing zeros, the same on every machine.
  private func number(_ value: Double, _ decimals: Int) -> String {
    let unit = [1.0, 10, 100, 1e3, 1e4, 1e5, 1e6][min(max(decimals, 0), 6)]
    let scaled = (value * unit).rounded()
    guard scaled.magnitude < 9e15 else { return "0" }
    let (whole, rest) = Int(scaled.magnitude).quotientAndRemainder(dividingBy: Int(unit))
    var digits = String(whole)
    if rest > 0 {
      let fraction = String(rest)
      let padded = String(repeating: "0", count: decimals - fraction.count) + fraction
      digits += "." + padded.trimmingTrailingZeros
    }
    return scaled < 0 ? "-" + digits : digits
  }

  private func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\n": result += "\n"
      case _ where scalar.isUndrawable: result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Eight hexadecimal digits that change with the content (FNV-1a, folded).
  private static func shortHash(_ bytes: some Sequence<UInt8>) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(UInt32(truncatingIfNeeded: hash ^ (hash >> 32)), radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}

extension String {
  fileprivate var trimmingTrailingZeros: String {
    var result = self
    while result.last == "0" { result.removeLast() }
    return result
  }
}
