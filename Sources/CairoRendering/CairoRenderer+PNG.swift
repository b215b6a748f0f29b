import CCairo
import Plotting

extension CairoRenderer {
  /// Pixels per inch.
  package static let resolution = 300.0

  package func png(
    _ scene: Scene, _ metadata: FigureMetadata, pixelsPerInch: Double = resolution
  ) throws -> [UInt8] {
    let scale = pixelsPerInch / 72
    // A width that is whole but for rounding must not gain a pixel.
    func pixels(_ points: Double) -> Int32 { Int32((points * scale - 1e-6).rounded(.up)) }
    let image = try TextLock.held {
      let canvas = try Canvas.make(
        cairo_image_surface_create(
          CAIRO_FORMAT_RGB24, pixels(scene.size.width), pixels(scene.size.height)))
      cairo_scale(canvas.context, scale, scale)
      canvas.draw(scene, fonts: fonts)
      try canvas.check("draw")
      cairo_surface_flush(canvas.surface)
      let image = try PNGWriter(canvas.surface)
      try canvas.finish()
      return image
    }
    return try image.document(metadata, pixelsPerInch: pixelsPerInch)
  }
}
