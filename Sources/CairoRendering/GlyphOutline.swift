import CCairo
import Plotting

/// The outline of one character, in thousandths of the font size, y downwards.
struct GlyphOutline: Sendable {
  var path: Path
  /// From this character's origin to the next one's.
  var advance: Double

  static let unitsPerEm = 1000.0
}

extension FontSet {
  /// The outlines of characters as Cairo draws them.
  ///
  /// - Throws: `RenderingError.cairo`.
  func outlines(of characters: [GlyphKey]) throws -> [GlyphOutline] {
    try TextLock.held {
      let canvas = try Canvas.make(cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1))
      cairo_set_font_size(canvas.context, GlyphOutline.unitsPerEm)
      let outlines = characters.map { key -> GlyphOutline in
        cairo_set_font_face(canvas.context, face(for: key.font).pointer)
        cairo_new_path(canvas.context)
        cairo_move_to(canvas.context, 0, 0)
        let string = drawable(String(key.scalar), key.font)
        cairo_text_path(canvas.context, string)
        return GlyphOutline(
          path: Canvas.path(of: canvas.context),
          advance: advance(of: string, font: key.font) / key.font.size * GlyphOutline.unitsPerEm)
      }
      try canvas.finish()
      return outlines
    }
  }
}

/// A character in a face, whatever its size.
struct GlyphKey: Hashable, Sendable {
  let scalar: Unicode.Scalar
  let font: Font

  init(_ scalar: Unicode.Scalar, _ font: Font) {
    self.scalar = scalar
    self.font = Font(size: 1, isItalic: font.isItalic, isBold: font.isBold)
  }
}

extension Canvas {
  /// The current path of a context.
  fileprivate static func path(of context: OpaquePointer) -> Path {
    var result = Path()
    guard let copy = cairo_copy_path(context) else { return result }
    defer { cairo_path_destroy(copy) }
    guard copy.pointee.status == CAIRO_STATUS_SUCCESS, let data = copy.pointee.data else {
      return result
    }
    let count = Int(copy.pointee.num_data)
    var index = 0
    while index < count {
      let header = data[index].header
      func point(_ offset: Int) -> Point {
        Point(data[index + offset].point.x, data[index + offset].point.y)
      }
      switch header.type {
      case CAIRO_PATH_MOVE_TO: result.segments.append(.move(point(1)))
      case CAIRO_PATH_LINE_TO: result.segments.append(.line(point(1)))
      case CAIRO_PATH_CURVE_TO: result.segments.append(.curve(point(1), point(2), point(3)))
      default: result.segments.append(.close)
      }
      index += max(Int(header.length), 1)
    }
    return result
  }
}
