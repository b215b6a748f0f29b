import CCairo
import Plotting

extension Canvas {
  /// Draws a scene on an opaque white ground.
  func draw(_ scene: Scene, fonts: FontSet) {
    cairo_set_source_rgb(context, 1, 1, 1)
    cairo_paint(context)
    for element in scene.elements {
      switch element {
      case .path(let path, let fill, let stroke): draw(path, fill: fill, stroke: stroke)
      case .text(let text): draw(text, fonts: fonts)
      }
    }
  }

  private func draw(_ path: Path, fill: Color?, stroke: Stroke?) {
    cairo_new_path(context)
    for segment in path.segments {
      switch segment {
      case .move(let point): cairo_move_to(context, point.x, point.y)
      case .line(let point): cairo_line_to(context, point.x, point.y)
      case .curve(let a, let b, let c): cairo_curve_to(context, a.x, a.y, b.x, b.y, c.x, c.y)
      case .close: cairo_close_path(context)
      }
    }
    if let fill {
      setSource(fill)
      if stroke == nil { cairo_fill(context) } else { cairo_fill_preserve(context) }
    }
    if let stroke {
      setSource(stroke.color)
      cairo_set_line_width(context, stroke.width)
      cairo_set_line_cap(
        context, stroke.cap == .round ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT)
      cairo_set_dash(context, stroke.dash, Int32(stroke.dash.count), 0)
      cairo_stroke(context)
    }
  }

  private func draw(_ text: PlacedText, fonts: FontSet) {
    let string = fonts.drawable(text.string, text.font)
    cairo_save(context)
    cairo_translate(context, text.origin.x, text.origin.y)
    if text.angle != 0 { cairo_rotate(context, text.angle) }
    cairo_set_font_face(context, fonts.face(for: text.font).pointer)
    cairo_set_font_size(context, text.font.size)
    if text.halo > 0 {
      cairo_new_path(context)
      cairo_move_to(context, 0, 0)
      cairo_text_path(context, string)
      setSource(.white)
      cairo_set_line_width(context, text.halo * 2)
      cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND)
      cairo_set_dash(context, nil, 0, 0)
      cairo_stroke(context)
    }
    cairo_new_path(context)
    cairo_move_to(context, 0, 0)
    setSource(text.color)
    cairo_show_text(context, string)
    cairo_restore(context)
  }

  private func setSource(_ color: Color) {
    if color.alpha >= 1 {
      cairo_set_source_rgb(context, color.red, color.green, color.blue)
    } else {
      cairo_set_source_rgba(context, color.red, color.green, color.blue, color.alpha)
    }
  }
}
