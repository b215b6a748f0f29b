import CCairo
import Plotting

/// A Cairo surface with its drawing context, owned by exactly one place.
///
/// Cairo's errors stick to the object they happen to, so the status is read when the canvas is
/// made and when it is finished.
struct Canvas: ~Copyable {
  let surface: OpaquePointer
  let context: OpaquePointer

  private init(surface: OpaquePointer, context: OpaquePointer) {
    self.surface = surface
    self.context = context
  }

  /// Takes over a surface and prepares it for drawing.
  static func make(_ surface: OpaquePointer?) throws -> Canvas {
    guard let surface else {
      throw RenderingError.cairo(operation: "make a surface", message: "out of memory")
    }
    guard let context = cairo_create(surface) else {
      cairo_surface_destroy(surface)
      throw RenderingError.cairo(operation: "make a context", message: "out of memory")
    }
    let canvas = Canvas(surface: surface, context: context)
    try canvas.check("make a surface")
    withFontOptions { cairo_set_font_options(context, $0) }
    cairo_set_antialias(context, CAIRO_ANTIALIAS_GRAY)
    cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    return canvas
  }

  deinit {
    cairo_destroy(context)
    cairo_surface_destroy(surface)
  }

  /// Completes the surface; nothing can be drawn afterwards.
  func finish() throws {
    try check("draw")
    cairo_surface_finish(surface)
    try check("complete the file")
  }

  func check(_ operation: String) throws {
    let states = [cairo_status(context), cairo_surface_status(surface)]
    for status in states where status != CAIRO_STATUS_SUCCESS {
      throw RenderingError.cairo(
        operation: operation, message: String(cString: cairo_status_to_string(status)))
    }
  }
}

/// The bytes that Cairo writes, collected in memory.
final class ByteSink {
  private(set) var bytes: [UInt8] = []

  /// A pointer for Cairo's closures; valid while the sink lives.
  var closure: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  static let write: cairo_write_func_t = { closure, data, length in
    guard let closure else { return CAIRO_STATUS_WRITE_ERROR }
    let sink = Unmanaged<ByteSink>.fromOpaque(closure).takeUnretainedValue()
    sink.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
    return CAIRO_STATUS_SUCCESS
  }
}
